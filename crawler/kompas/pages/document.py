"""Bytes into a parsed document. lxml parses (`tree`); w3lib reads byte order marks and declared charsets."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final, Self

from lxml.etree import _Element as Element
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from crawler import bounds
from crawler.errors import EmptyPage, TooLarge
from crawler.kompas import tree
from crawler.kompas.marks import MarkIndex, marks_of, select
from crawler.kompas.pages.json_ld import news_article_of
from crawler.kompas.pages.printed import printed
from crawler.kompas.text.charsets import decode_as, decode_mended, is_mostly_utf_8
from crawler.kompas.text.whitespace import printable
from crawler.kompas.urls import absolute, article_id, canonical

_META_NAMES: Final = ("name", "property", "itemprop")
"""Attributes that name a meta tag. A tag may carry two of them."""

_ELEMENT: Final = 160


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of a page.

    It is utf-8 where most multi-byte characters are valid utf-8, whatever is declared; else what is declared; else
    utf-8 with damaged places mended. The site is utf-8 since its first archived pages. A text in another charset is not
    valid multi-byte utf-8 by accident, while wrong declarations occur.
    """
    encoding, mark = read_bom(body)
    if encoding and mark:
        return body.removeprefix(mark).decode(encoding, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
        encoding = resolve_encoding(declared) if declared else None
        if not encoding or encoding == "utf-8" or is_mostly_utf_8(body):
            return decode_mended(body)
        text = decode_as(body, encoding)
        return decode_mended(body) if text is None else text


class Document:
    """A parsed page with its address. Metas and JSON-LD are read once."""

    def __init__(self, url: str, body: bytes, content_type: str | None = None) -> None:
        """Parse a page.

        :raises EmptyPage: the body holds no element at all.
        :raises TooDeep: see `tree.parse`.
        :raises TooLarge: see `tree.parse`; or more links than `bounds.PAGE_LINKS`.
        """
        text = decode(body, content_type).strip()
        if not text:
            raise EmptyPage(f"{url} answered with an empty body")
        self.url = url
        self._bytes = body, content_type
        self.root: Element = tree.parse(text)
        if not any(True for body in self.root.iterchildren("body") for _ in body.iterchildren("*")):
            raise EmptyPage(f"{url} holds no HTML element")
        links = sum(1 for _ in self.root.iter("a"))
        if links > bounds.PAGE_LINKS:
            raise TooLarge(f"{url} has {links:,} links; a page of more than {bounds.PAGE_LINKS:,} is not read")
        self.weight = len(body) + _ELEMENT * len(self.marks.elements)
        """What the page costs in memory (see `bounds.STORY_BYTES`)."""

    def __reduce__(self) -> tuple[type[Self], tuple[str, bytes, str | None]]:
        """Pickle a page as its bytes: another process parses it again."""
        return type(self), (self.url, *self._bytes)

    @cached_property
    def stated_address(self) -> str | None:
        """Canonical form of the address that the page states for itself; None where it states none of a story."""
        link = next(iter(self.hrefs("link[rel=canonical]")), None)
        stated = absolute(link, self.url) if link else None
        return canonical(stated) if stated and article_id(stated) else None

    @property
    def address(self) -> str:
        """The stated address, else the canonical form of the one that answered."""
        return self.stated_address or canonical(self.url)

    @cached_property
    def base_url(self) -> str:
        """The address against which relative links are read: that of `<base href>`, else the page's own."""
        base = next((href for one in self.root.iter("base") if (href := one.get("href"))), None)
        return (absolute(base, self.url) if base else None) or self.url

    @cached_property
    def metas(self) -> dict[str, str]:
        """Name of every meta tag, in lower case -> the first content under that name that says something.

        `name` and `property` are read before `itemprop`, which may belong to another item than the page. Characters
        that print nothing say nothing.
        """
        found: dict[str, str] = {}
        metas = list(self.root.iter("meta"))
        for attribute in _META_NAMES:
            for meta in metas:
                name = meta.get(attribute)
                if name and (said := printable(meta.get("content") or "").strip()):
                    found.setdefault(name.strip().lower(), said)
        return found

    def meta(self, *names: str) -> str | None:
        """Return the content of the first of these meta tags that says something; names in any case."""
        return next((content for name in names if (content := self.metas.get(name.lower()))), None)

    @cached_property
    def marks(self) -> MarkIndex:
        """Classes and ids on the page: a layout is recognised by them."""
        return marks_of(self.root)

    def has(self, marks: Iterable[str]) -> bool:
        """Return whether the page has any of these marks."""
        return self.marks.has_any(marks)

    @cached_property
    def scripts(self) -> list[Element]:
        """The <script> elements, in order."""
        return list(self.root.iter("script"))

    @cached_property
    def news_article(self) -> dict[str, Any]:
        """The JSON-LD object of type NewsArticle that is about this story; empty where there is none."""
        return news_article_of(self._json_ld_scripts(), {article_id(self.url), article_id(self.address)} - {None})

    def json_ld(self, name: str) -> str | None:
        """Return a plain string of the NewsArticle.

        A half character of its escapes, which no store can keep, becomes "?".
        """
        value = self.news_article.get(name)
        return value.encode(errors="replace").decode() if isinstance(value, str) and value else None

    def _json_ld_scripts(self) -> Iterator[str]:
        for script in self.scripts:
            kind = (script.get("type") or "").partition(";")[0].strip().lower()
            if kind == "application/ld+json" and script.text:
                yield script.text

    def select(self, query: str) -> list[Element]:
        """Return what a CSS query finds on the page (see `tree.css`)."""
        return select(self.root, query, self.marks)

    def hrefs(self, query: str) -> list[str]:
        """Return the addresses, as written, of the links that a CSS query finds."""
        return [href for link in self.select(query) if (href := link.get("href")) is not None]

    def listed(self, query: str) -> list[Element]:
        """Return what a CSS query for the entries of a list finds on the page.

        :raises TooLarge: more than `bounds.LIST_ENTRIES`.
        """
        found = self.select(query)
        if len(found) > bounds.LIST_ENTRIES:
            raise TooLarge(f"{self.url} lists {len(found):,} entries; at most {bounds.LIST_ENTRIES} are read ({query})")
        return found

    def first(self, *queries: str) -> Element | None:
        """Return the first element that the first fitting query finds."""
        return next((found[0] for query in queries if (found := self.select(query))), None)

    def first_text(self, *queries: str) -> str | None:
        """Return the text of the first element that prints any, in the order of the queries."""
        return next((text for query in queries for node in self.listed(query) if (text := printed(node))), None)
