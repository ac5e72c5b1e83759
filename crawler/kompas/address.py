"""One address of the site, taken apart.

A story is ``/read/YYYY/MM/DD/<digits>/slug``. The site checks neither slug nor host, so the date and the digits alone
are the identity. Since 2025 a compact form ``/read/25H27130500368/slug`` exists (two-digit year, month letter A-L,
day, digits).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

from crawler import bounds

SITE: Final = "kompas.com"
"""Every page of the site is on this host or on a subdomain of it."""

HOSTS_BY_PATH: Final = frozenset({"www", "amp", "m", ""})
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
        return _is_host(_host(urlsplit(url.strip())))
    except ValueError:
        return False


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")


def _is_host(name: str) -> bool:
    return name == SITE or name.endswith(f".{SITE}")


@dataclass(frozen=True)
class SiteAddress:
    """An address of the site, taken apart."""

    label: str
    """`www` of www.kompas.com, an empty string of kompas.com."""
    path: str
    """In one spelling: without empty segments and without escapes of unreserved characters."""
    query: str
    form: re.Match[str] | None
    """The path as that of a story; None for any other address."""
    story: str | None
    """See `article_id`."""
    plain: str
    """See `canonical`."""


def site_address(url: str) -> SiteAddress | None:
    """Return an address of the site, taken apart; None for a foreign or unreadable one.

    One with a user name, a password, another port, or more than `bounds.ADDRESS` characters is no page of the site.
    """
    return _taken_apart(url) if len(url) <= bounds.ADDRESS else None


@lru_cache(maxsize=1024)  # a page has some 40 links to stories, which several functions and the next pages read again
def _taken_apart(url: str) -> SiteAddress | None:
    try:
        parts = urlsplit(url.strip())
        host, port = _host(parts), parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or port not in (None, _PORTS[parts.scheme]) or "@" in parts.netloc:
        return None
    if not _is_host(host):
        return None
    label = host.removesuffix(SITE).rstrip(".")
    path = _ESCAPE.sub(_unreserved, re.sub(r"/{2,}", "/", parts.path.strip()))
    form = _STORY.match(path)
    plain = f"https://{host}{parts.path}".rstrip() if form is None else _plain(host, label, form)
    return SiteAddress(label, path, parts.query, form, _identity(form) if form else None, plain)


def _unreserved(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0]


def _identity(form: re.Match[str]) -> str | None:
    """Return the id of a story; None where no calendar has its date."""
    if form["compact"]:
        month = ord(form["letter"].upper()) - ord("A") + 1
        year, day, digits = 2000 + int(form["yy"]), int(form["dd"]), form["compact"]
    else:
        year, month, day = (int(form[part]) for part in ("year", "month", "day"))
        digits = form["digits"]
    try:
        date(year, month, day)
    except ValueError:
        return None
    return f"{year:04}/{month:02}/{day:02}/{digits}"


def _plain(host: str, label: str, form: re.Match[str]) -> str:
    """Return the canonical address of a story."""
    host = f"www.{SITE}" if label in HOSTS_BY_PATH else host
    start, end = form.span("identity")
    before = _OTHER_FORMS.sub("/", form.string[:start].lower(), count=1)
    before = _XML_OR_COPY.sub("/read/", before, count=1)
    return f"https://{host}{before}{form['identity'].upper()}{form.string[end:]}".rstrip(") ")
