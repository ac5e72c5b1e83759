"""Responses that are no page of the site: challenges and denials of bot protections, checkpoints, the not-found page.

No refusal is worked around: it is named, and a second one in a row ends the crawl (`extensions.brake`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from crawler.errors import Blocked, PageError, PageNotFound
from crawler.kompas.pages.document import Document
from crawler.kompas.urls import absolute, article_id

Headers = Iterable[tuple[str, str]]

LARGEST_REFUSAL: Final = 100_000
"""Bytes. The largest challenge page seen, Cloudflare's, has some 30 kB. Pages of the site have 150 to 600 kB."""
FEWEST_LINKS: Final = 3
"""Links to stories that a page of the site has at least: an index day, a section page, an article with its boxes."""
CHECKPOINT: Final = "checkpoint"
"""In the path of an address that is no story: border checkpoints are in the news."""
NOT_FOUND_MARKS: Final = (b"<title>Halaman tidak ditemukan", b"MAAF KAMI TIDAK MENEMUKAN HALAMAN")
_NOT_FOUND_HEAD: Final = 20_000


@dataclass(frozen=True)
class BotProtection:
    """The signs of one vendor's refusals. A sign that ordinary pages behind the vendor have as well is left out."""

    vendor: str
    statuses: frozenset[int]
    """Statuses of its refusals."""
    headers: tuple[tuple[str, str], ...]
    """Headers of refusals only: name, and a part of the value, both in lower case."""
    marks: tuple[bytes, ...]
    """Parts of the markup: ids, addresses of scripts, names in scripts; of a page without content also of its text."""
    server: tuple[tuple[str, str], ...] = ()
    """Headers of refusals and of errors: a sign beside a mark, none by themselves."""


BOT_PROTECTIONS: Final = (
    BotProtection(  # AWS documents status and header: 202 with `challenge`, 405 with `captcha`
        "AWS WAF",
        frozenset((202, 405)),
        (("x-amzn-waf-action", ""),),
        (b"awsWafCookieDomainList", b"gokuProps", b"token.awswaf.com", b"captcha.awswaf.com", b"challenge-container"),
    ),
    BotProtection(  # Cloudflare documents the header; its script `jsd` stands on ordinary pages, so the path is no mark
        "Cloudflare",
        frozenset((403, 429, 503)),
        (("cf-mitigated", "challenge"),),
        (b"_cf_chl_opt", b"/cdn-cgi/challenge-platform/h/", b"cf-browser-verification", b"cf-error-details"),
    ),
    BotProtection(  # a challenge comes with 200 or 428; a denial names the server of its errors
        "Akamai",
        frozenset((403, 428, 429)),
        (),
        (b"sec-if-cpt-container", b"sec-cpt-if", b"errors.edgesuite.net"),
        (("server", "akamaighost"),),
    ),
    BotProtection(  # `x-datadome` is on every response; the tag `js.datadome.co` on every page
        "DataDome",
        frozenset((403, 429)),
        (("x-dd-b", ""),),
        (b"captcha-delivery.com",),
    ),
    BotProtection(  # the script `_Incapsula_Resource?SWJIYLWA` is on every page; the frame only on refusals
        "Incapsula",
        frozenset((403,)),
        (),
        (b"_Incapsula_Resource?SWUDNSAI", b"_Incapsula_Resource?CWUDNSAI", b"Incapsula incident ID"),
    ),
    BotProtection(  # comes with 200 by default
        "Anubis",
        frozenset((401, 403)),
        (),
        (b"anubis_challenge", b"/.within.website/x/cmd/anubis/"),
    ),
)
"""A row a vendor. Of the vendors only AWS WAF has been reported for this site (2026)."""


def refuse_blocked(url: str, status: int, body: bytes, headers: Headers = ()) -> None:
    """Refuse challenges, denials, checkpoints and the not-found page.

    :raises Blocked: see `blocked_by`.
    :raises PageNotFound: the not-found page, whatever the status.
    """
    refusal = blocked_by(url, status, body, headers)
    if refusal:
        raise Blocked(refusal)
    head = body[:_NOT_FOUND_HEAD]
    if any(mark in head for mark in NOT_FOUND_MARKS):
        raise PageNotFound(f"the site says that {url} does not exist")


def blocked_by(url: str, status: int, body: bytes, headers: Headers = ()) -> str | None:
    """Return what stands in the way, with the name of the vendor where it is known; None for a page of the site.

    One sign is no refusal: a vendor's mark counts together with its status or header, or on a page without content. A
    mark in a comment, or in the text of an article, does not count.
    """
    if CHECKPOINT in urlsplit(url).path.lower() and article_id(url) is None:
        return f"sent to the checkpoint {url}"
    vendor = _refusing(url, status, body, [(name.lower(), value.lower()) for name, value in headers])
    return f"a challenge page stands at {url} (status {status}, {vendor})" if vendor else None


def _refusing(url: str, status: int, body: bytes, headers: list[tuple[str, str]]) -> str | None:
    """Return the vendor that refuses, `unknown vendor` for a bare 202; None for a page of the site."""
    text = _unescaped(body) if len(body) <= LARGEST_REFUSAL else b""
    named = [one for one in BOT_PROTECTIONS if _has_any(one.headers, headers)]
    marked = [one for one in BOT_PROTECTIONS if any(mark in text for mark in one.marks)]
    if not named and not marked and status != HTTPStatus.ACCEPTED:
        return None
    document = _parsed(url, body)
    if document is None or not _has_content(document):
        found = [one for one in (*named, *marked) if status < HTTPStatus.BAD_REQUEST or status in one.statuses]
        return found[0].vendor if found else "unknown vendor" if status == HTTPStatus.ACCEPTED else None
    markup = _markup_of(document) if marked else b""
    for one in marked:
        is_second_sign = status in one.statuses or _has_any((*one.headers, *one.server), headers)
        if is_second_sign and any(mark in markup for mark in one.marks):
            return one.vendor
    return None


def _has_any(wanted: Headers, headers: list[tuple[str, str]]) -> bool:
    return any(name == wanted_name and part in value for name, value in headers for wanted_name, part in wanted)


def _unescaped(body: bytes) -> bytes:
    """Return a body with the escapes in which Akamai prints addresses undone."""
    return body.replace(b"&#46;", b".").replace(b"&#47;", b"/") if b"&#46;" in body else body


def _parsed(url: str, body: bytes) -> Document | None:
    """Return the page; None for a body that holds no HTML."""
    try:
        return Document(url, body)
    except PageError:
        return None


def _has_content(document: Document) -> bool:
    """Return whether a page is one of the site: it states an article, or links stories."""
    if document.news_article or document.meta("og:type") == "article" or document.select("h1.read__title"):
        return True
    links = (absolute(link, document.base_url) for link in document.hrefs("a"))
    return len({story for link in links if link and (story := article_id(link))}) >= FEWEST_LINKS


def _markup_of(document: Document) -> bytes:
    """Return the values of all attributes and the code of all scripts of a page, without comments and text."""
    parts: list[str] = []
    for element in document.root.iter("*"):
        parts += map(str, element.attrib.values())
        parts += [element.text or ""] if element.tag == "script" else []
    return "\n".join(parts).encode()
