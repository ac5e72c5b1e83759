"""What Kompas addresses say: which story, which page of it, which kanal, and what may be requested.

`address` takes an address apart. Which kanals are collected stands in `sections`.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final
from urllib.parse import parse_qs, urljoin

from crawler.kompas.address import HOSTS_BY_PATH, site_address
from crawler.kompas.sections import MIXED, has_site_code, index_sites, is_collected, other_index_sites
from crawler.kompas.text.addresses import plain_address

INDEX_URL: Final = "https://indeks.kompas.com/?site={site}&date={day}"

ALL_PAGES: Final = 0
"""What `page_number` returns for the `?page=all` form."""

_ABSOLUTE: Final = re.compile(r"https?://[a-z0-9.-]+/[\w./%~:,@=&+()*'!-]*(?:\?[\w./%~:,@=&+()*'!?-]+)?", re.ASCII)
"""A full address of plain characters, which joining it with the page's address leaves as it is."""


def host_label(url: str) -> str | None:
    """Return `www` for www.kompas.com, an empty string for kompas.com, None for an address of another site."""
    address = site_address(url)
    return address.label if address else None


def absolute(link: str, page_url: str) -> str | None:
    """Return a link of a page as a full address; None for one that cannot be read.

    >>> absolute("/global/read/2021/04/22/160600870/judul", "https://www.kompas.com/global")
    'https://www.kompas.com/global/read/2021/04/22/160600870/judul'
    """
    link = link.strip()
    if _ABSOLUTE.fullmatch(link):
        return link
    try:
        return plain_address(urljoin(page_url, link))
    except ValueError:
        return None


def article_id(url: str) -> str | None:
    """Return ``YYYY/MM/DD/<digits>`` of a story address in any of its forms, None for anything else.

    >>> article_id("http://internasional.kompas.com/read/xml/2016/02/16/14112381/Judul.Lama.")
    '2016/02/16/14112381'
    >>> article_id("https://health.kompas.com/read/25H27130500368/judul?page=all")
    '2025/08/27/130500368'
    >>> article_id("https://video.kompas.com/watch/123") is None
    True
    """
    address = site_address(url)
    return address.story if address else None


def section_of(url: str) -> str | None:
    """Return the kanal that an address names (`global`, `internasional`, `tren`); None where it names none."""
    address = site_address(url)
    if address is None or address.label not in HOSTS_BY_PATH:
        return address.label if address else None
    section: str | None = address.form["section"] if address.form else address.path.strip("/").split("/")[0]
    return section.lower() if section else None


def is_ours(url: str) -> bool:
    """Return whether an address is a story of the collected kanals, in any form.

    An address without a kanal, or with one of `MIXED`, counts when its id ends in the site code of a collected kanal.
    """
    if (story := article_id(url)) is None:
        return False
    section = section_of(url)
    return has_site_code(story.rpartition("/")[2]) if section in (None, *MIXED) else is_collected(str(section))


def is_article(url: str) -> bool:
    """Return whether an address may be requested as an article of these kanals: no copy view, no query but `page`.

    robots.txt disallows ``/copy/*``, ``?source=``, ``?utm_source=`` and ``?jxrecoid=``.
    """
    address = site_address(url)
    if address is None or address.form is None or address.form["view"].lower() != "read" or not is_ours(url):
        return False
    return set(_query(url)) <= {"page"}


def canonical(url: str) -> str:
    """Return the plain address: https, host in lower case, no query, no fragment; foreign addresses stay as they are.

    The amp, xml, copy and http forms of a story, and other spellings of its path, become its plain form.

    >>> canonical("http://amp.kompas.com//Global/read/2021/04/22/160600870/judul?utm_source=x#komentar")
    'https://www.kompas.com/global/read/2021/04/22/160600870/judul'
    """
    url = plain_address(url.strip())
    address = site_address(url)
    return address.plain if address else url


def page_url(url: str, page: int) -> str:
    """Return the address of one page of a story; with `ALL_PAGES`, of the whole story on one page."""
    return f"{canonical(url)}?page={'all' if page == ALL_PAGES else page}"


def page_number(url: str) -> int:
    """Return which page of a story an address names: 1 without a `page`, `ALL_PAGES` for ``page=all``."""
    stated = _query(url).get("page", ["1"])[0]
    if stated == "all":
        return ALL_PAGES
    return int(stated) if re.fullmatch(r"[1-9][0-9]{0,8}", stated) else 1


def _query(url: str) -> dict[str, list[str]]:
    address = site_address(url)
    return parse_qs(address.query, keep_blank_values=True) if address and address.query else {}


def index_url(site: str, day: date, page: int = 1) -> str:
    """Return the index ("Indeks Berita") of a day; page 1 carries no number, as the site links it."""
    return INDEX_URL.format(site=site, day=day.isoformat()) + (f"&page={page}" if page > 1 else "")


def index_of(url: str) -> tuple[str, date] | None:
    """Return the `site` value and the day of an index address, whichever of its pages; None for anything else.

    >>> index_of("https://indeks.kompas.com/?site=global&date=2021-04-22&page=3")
    ('global', datetime.date(2021, 4, 22))
    """
    stated = _query(url)
    try:
        site, day = stated["site"][0], date.fromisoformat(stated["date"][0])
    except (KeyError, ValueError):
        return None
    known = (*index_sites(day), *other_index_sites(day))
    return (site, day) if canonical(url) == canonical(INDEX_URL) and site in known else None


def exclusion_of(url: str) -> str | None:
    """Return why a link is not collected: `not_an_article`, `other_section`; None for a story of these kanals."""
    if is_ours(url):
        return None
    return "not_an_article" if article_id(url) is None else "other_section"


def story_urls(links: Iterable[str]) -> list[str]:
    """Return the stories of the collected kanals among links: canonical, each id once, in order."""
    first: dict[str, str] = {}
    for link in links:
        story = article_id(link)
        if story and is_ours(link):
            first.setdefault(story, canonical(link))
    return list(first.values())
