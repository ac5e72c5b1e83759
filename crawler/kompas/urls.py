"""The grammar of Kompas URLs: which story, which page of it, which kanal, and what may be asked for.

Every assumption about addresses of the live site stands in the tables at the top. Facts: a story is
``/read/YYYY/MM/DD/<digits>/slug``; the slug and the host are not checked by the site, so the date and
the digits alone are the identity. Since 2025 a compact form ``/read/25H27130500368/slug`` exists
(two-digit year, month letter A-L, day, digits).
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qs, urljoin, urlsplit

SECTIONS: Final = ("global", "internasional")
"""The kanal names this project collects: `global` since 2020, `internasional` before and beside it."""

SITE_CODE: Final = "70"
"""Last two of nine id digits on stories of both kanals, on whatever host they stand."""

FRONT_URLS: Final = ("https://www.kompas.com/global", "https://internasional.kompas.com/")

INDEX_URL: Final = "https://indeks.kompas.com/?site={site}&date={day}"

INDEX_SITES: Final[tuple[tuple[str, date, date], ...]] = (
    # site value, first day, last day: the kanal moved between October 2019 and March 2020
    ("internasional", date.min, date(2020, 3, 31)),
    ("global", date(2019, 10, 1), date.max),
)

ALL_PAGES: Final = 0
"""What `page_number` says of the `?page=all` form."""

_HOSTS_BY_PATH: Final = frozenset({"www", "amp", "m", ""})
"""Host labels under which the first path segment names the kanal; any other label is the kanal itself."""

_STORY = re.compile(
    r"""^(?:/index\.php|/amp)*
        (?:/(?!read/|copy/)(?P<section>[a-z][a-z0-9-]*))?          # www.kompas.com/global/read/...
        (?:/(?!read/|copy/)[a-z][a-z0-9-]*)?
        /(?P<view>read|copy)                        # copy ("Salin Artikel") is the same text; robots.txt disallows it
        (?:/xml)?
        /(?:(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/(?P<digits>\d{7,9})
           |(?P<yy>\d\d)(?P<letter>[A-L])(?P<dd>\d\d)(?P<compact>\d{9}))
        (?=[/?#).~\s]|$)""",
    re.VERBOSE | re.ASCII,
)
_OTHER_FORMS: Final = re.compile(r"^(?:/index\.php|/amp)+/")
_XML_OR_COPY: Final = re.compile(r"/(?:read|copy)/(?:xml/)?")


@lru_cache(maxsize=4096)  # each address is asked several things, and comes again on the next page
def _split(url: str) -> SplitResult | None:
    """The parts of a web address; None for anything else, "https://[" among it."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def _host_label(url: str) -> str | None:
    """`www` of www.kompas.com, `` of kompas.com, None of any other site."""
    parts = _split(url)
    host = (parts.hostname or "").rstrip(".") if parts else ""
    if host == "kompas.com":
        return ""
    label, dot, rest = host.partition(".")
    return label if dot and rest == "kompas.com" else None


def _path(url: str) -> str:
    parts = _split(url)
    return parts.path.strip() if parts else ""


def _story(url: str) -> re.Match[str] | None:
    return None if _host_label(url) is None else _STORY.match(_path(url))


def absolute(link: str, page_url: str) -> str | None:
    """A link of a page as a full address; None for one that is mistyped beyond reading.

    >>> absolute("/global/read/2021/04/22/160600870/judul", "https://www.kompas.com/global")
    'https://www.kompas.com/global/read/2021/04/22/160600870/judul'
    >>> absolute("https://[x", "https://www.kompas.com/global") is None
    True
    """
    try:
        return urljoin(page_url, link.strip())
    except ValueError:
        return None


def article_id(url: str) -> str | None:
    """``YYYY/MM/DD/<digits>`` of a story URL in any of its forms, None for anything else.

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
        month = ord(found["letter"]) - ord("A") + 1
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
    """Kanal that the address names: `global`, `internasional`, `tren`, ...; None where it names none."""
    label = _host_label(url)
    if label is None:
        return None
    if label not in _HOSTS_BY_PATH:
        return label
    found = _story(url)
    if found:
        return found["section"]
    return _path(url).strip("/").split("/")[0] or None


def is_ours(url: str) -> bool:
    """A story of the kanals this project collects, in any URL form.

    An address without a kanal counts when its id ends in the kanals' site code.
    """
    story = article_id(url)
    if story is None:
        return False
    section = section_of(url)
    if section is None:
        digits = story.rpartition("/")[2]
        return len(digits) == 9 and digits.endswith(SITE_CODE)
    return section in SECTIONS


def is_article(url: str) -> bool:
    """A page that may be asked for and read as an article of these kanals: no copy view, no query but `page`.

    robots.txt disallows ``/copy/*``, ``?source=``, ``?utm_source=`` and ``?jxrecoid=``.
    """
    found = _story(url)
    if found is None or found["view"] != "read" or not is_ours(url):
        return False
    return set(_query(url)) <= {"page"}


def canonical(url: str) -> str:
    """https, no query, no fragment; the amp, xml, copy and http forms of a story become its plain one.

    >>> canonical("http://amp.kompas.com/global/read/2021/04/22/160600870/judul?utm_source=x#komentar")
    'https://www.kompas.com/global/read/2021/04/22/160600870/judul'
    """
    url = url.strip()
    parts = _split(url)
    if parts is None or _host_label(url) is None:
        return url
    host, path = parts.hostname or "", parts.path
    if _story(url):
        path = _OTHER_FORMS.sub("/", path.strip().rstrip(") "), count=1)
        path = _XML_OR_COPY.sub("/read/", path, count=1)
        host = "www.kompas.com" if host in ("amp.kompas.com", "kompas.com", "m.kompas.com") else host
    return f"https://{host}{path}".rstrip()


def page_url(url: str, page: int) -> str:
    """Address of one page of a story; `ALL_PAGES` for the whole of it on one page."""
    return f"{canonical(url)}?page={'all' if page == ALL_PAGES else page}"


def page_number(url: str) -> int:
    """Which page of a story an address asks for: 1 without a `page`, `ALL_PAGES` for ``page=all``."""
    asked = _query(url).get("page", ["1"])[0]
    if asked == "all":
        return ALL_PAGES
    return int(asked) if re.fullmatch(r"[1-9][0-9]{0,8}", asked) else 1


def _query(url: str) -> dict[str, list[str]]:
    parts = _split(url)
    return parse_qs(parts.query, keep_blank_values=True) if parts else {}


def index_sites(day: date) -> list[str]:
    """`site` values under which the index lists this section on a day."""
    return [site for site, first, last in INDEX_SITES if first <= day <= last]


def index_url(site: str, day: date, page: int = 1) -> str:
    """Index ("Indeks Berita") of a day; the first page is asked for without a number, as the site links it."""
    return INDEX_URL.format(site=site, day=day.isoformat()) + (f"&page={page}" if page > 1 else "")


def index_of(url: str) -> tuple[str, date] | None:
    """Kanal and day of an index address, whichever of its pages; None for anything else.

    >>> index_of("https://indeks.kompas.com/?site=global&date=2021-04-22&page=3")
    ('global', datetime.date(2021, 4, 22))
    """
    asked = _query(url)
    try:
        site, day = asked["site"][0], date.fromisoformat(asked["date"][0])
    except (KeyError, ValueError):
        return None
    return (site, day) if canonical(url) == canonical(INDEX_URL) and site in index_sites(day) else None


def exclusion_of(url: str) -> str | None:
    """Why a link is none of ours: `not_an_article`, `other_section`; None for a story of these kanals."""
    if article_id(url) is None:
        return "not_an_article"
    return None if is_ours(url) else "other_section"


def story_urls(links: Iterable[str]) -> list[str]:
    """The stories of this section among links: canonical, each id once, in order."""
    first: dict[str, str] = {}
    for link in links:
        story = article_id(link)
        if story and is_ours(link):
            first.setdefault(story, canonical(link))
    return list(first.values())
