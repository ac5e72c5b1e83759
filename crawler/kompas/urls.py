"""The grammar of Kompas addresses: which story, which page of it, which kanal, and what may be requested.

A story is ``/read/YYYY/MM/DD/<digits>/slug``. The site checks neither slug nor host, so the date and the digits alone
are the identity. Since 2025 a compact form ``/read/25H27130500368/slug`` exists (two-digit year, month letter A-L,
day, digits). Which kanals are collected stands in `sections`.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qs, urljoin, urlsplit

from crawler import bounds
from crawler.kompas.sections import MIXED, has_site_code, index_sites, is_collected, other_index_sites
from crawler.kompas.text.addresses import plain_address

SITE: Final = "kompas.com"
"""Every page of the site is on this host or on a subdomain of it."""

INDEX_URL: Final = "https://indeks.kompas.com/?site={site}&date={day}"

ALL_PAGES: Final = 0
"""What `page_number` returns for the `?page=all` form."""

_HOSTS_BY_PATH: Final = frozenset({"www", "amp", "m", ""})
"""Host labels under which the first path segment names the kanal. Any other label is the kanal itself."""
_PORTS: Final = {"http": 80, "https": 443}
"""A default port is the same address (RFC 3986, 6.2.3). Any other port is another server."""

_STORY: Final = re.compile(
    r"""^(?:/index\.php|/amp)*
        (?:/(?!read/|copy/)(?P<section>[a-z][a-z0-9-]*))?          # www.kompas.com/global/read/...
        (?:/(?!read/|copy/)[a-z][a-z0-9-]*)?
        /(?P<view>read|copy)                        # copy ("Salin Artikel") is the same text; robots.txt disallows it
        (?:/xml)?
        /(?P<identity>(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/(?P<digits>\d{7,9})
           |(?P<yy>\d\d)(?P<letter>[A-L])(?P<dd>\d\d)(?P<compact>\d{9}))
        (?=[/?#).~\s]|$)""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_OTHER_FORMS: Final = re.compile(r"^(?:/index\.php|/amp)+/")
_XML_OR_COPY: Final = re.compile(r"/(?:read|copy)/(?:xml/)?")
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]", re.ASCII)


def is_on_site(url: str) -> bool:
    """Return whether the host of an address is the site's.

    >>> is_on_site("https://WWW.Kompas.com./global"), is_on_site("https://kompas.com.example/")
    (True, False)
    """
    if len(url) > bounds.ADDRESS or SITE not in url.lower():  # archives hold millions of other addresses
        return False
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return False
    return host == SITE or host.endswith(f".{SITE}")


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address of the site, `netloc` in one spelling; None for a foreign or unreadable one.

    One with a user name, a password, another port, or more than `bounds.ADDRESS` characters is no page of the site.
    """
    return _parts(url) if len(url) <= bounds.ADDRESS else None


@lru_cache(maxsize=4096)  # several functions split the same address, and the next page repeats it
def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or port not in (None, _PORTS[parts.scheme]) or "@" in parts.netloc:
        return None
    return parts._replace(netloc=(parts.hostname or "").rstrip(".")) if is_on_site(url) else None


def host_label(url: str) -> str | None:
    """Return `www` for www.kompas.com, an empty string for kompas.com, None for an address of another site."""
    parts = _split(url)
    return parts.netloc.removesuffix(SITE).rstrip(".") if parts else None


def _path(url: str) -> str:
    """Return the path in one spelling: without empty segments and without escapes of unreserved characters."""
    parts = _split(url)
    return _ESCAPE.sub(_unreserved, re.sub(r"/{2,}", "/", parts.path.strip())) if parts else ""


def _unreserved(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0]


def _story(url: str) -> re.Match[str] | None:
    return _STORY.match(_path(url))


def absolute(link: str, page_url: str) -> str | None:
    """Return a link of a page as a full address; None for one that cannot be read.

    >>> absolute("/global/read/2021/04/22/160600870/judul", "https://www.kompas.com/global")
    'https://www.kompas.com/global/read/2021/04/22/160600870/judul'
    """
    try:
        return plain_address(urljoin(page_url, link.strip()))
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
    found = _story(url)
    if found is None:
        return None
    if found["compact"]:
        month = ord(found["letter"].upper()) - ord("A") + 1
        year, day, digits = 2000 + int(found["yy"]), int(found["dd"]), found["compact"]
    else:
        year, month, day = (int(found[part]) for part in ("year", "month", "day"))
        digits = found["digits"]
    try:
        date(year, month, day)
    except ValueError:
        return None
    return f"{year:04}/{month:02}/{day:02}/{digits}"


def section_of(url: str) -> str | None:
    """Return the kanal that an address names (`global`, `internasional`, `tren`); None where it names none."""
    label = host_label(url)
    if label is None or label not in _HOSTS_BY_PATH:
        return label
    found = _story(url)
    section: str | None = found["section"] if found else _path(url).strip("/").split("/")[0]
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
    found = _story(url)
    if found is None or found["view"].lower() != "read" or not is_ours(url):
        return False
    return set(_query(url)) <= {"page"}


def canonical(url: str) -> str:
    """Return the plain address: https, host in lower case, no query, no fragment; foreign addresses stay as they are.

    The amp, xml, copy and http forms of a story, and other spellings of its path, become its plain form.

    >>> canonical("http://amp.kompas.com//Global/read/2021/04/22/160600870/judul?utm_source=x#komentar")
    'https://www.kompas.com/global/read/2021/04/22/160600870/judul'
    """
    url = plain_address(url.strip())
    parts = _split(url)
    if parts is None:
        return url
    host, found = parts.netloc, _story(url)
    if found is None:
        return f"https://{host}{parts.path}".rstrip()
    if host_label(url) in _HOSTS_BY_PATH:
        host = f"www.{SITE}"
    start, end = found.span("identity")
    before = _OTHER_FORMS.sub("/", found.string[:start].lower(), count=1)
    before = _XML_OR_COPY.sub("/read/", before, count=1)
    return f"https://{host}{before}{found['identity'].upper()}{found.string[end:]}".rstrip(") ")


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
    parts = _split(url)
    return parse_qs(parts.query, keep_blank_values=True) if parts else {}


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
    if article_id(url) is None:
        return "not_an_article"
    return None if is_ours(url) else "other_section"


def story_urls(links: Iterable[str]) -> list[str]:
    """Return the stories of the collected kanals among links: canonical, each id once, in order."""
    first: dict[str, str] = {}
    for link in links:
        story = article_id(link)
        if story and is_ours(link):
            first.setdefault(story, canonical(link))
    return list(first.values())
