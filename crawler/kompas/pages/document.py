"""Bytes into a parsed document. lxml parses (`tree`); w3lib reads byte order marks and declared charsets."""

import codecs
import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final, Self

from lxml.etree import _Element as Element
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from crawler.errors import EmptyPage
from crawler.kompas import tree
from crawler.kompas.text.charsets import decode_as

_REPAIR: Final = "kompas-cp1252"


def _cp1252_byte(error: UnicodeError) -> tuple[str, int]:
    """Windows-1252 bytes that an editor pasted into a utf-8 page, one by one."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.start + 1]
    return wrong.decode("cp1252", errors="replace"), error.start + 1


codecs.register_error(_REPAIR, _cp1252_byte)


def decode(body: bytes, content_type: str | None = None) -> str:
    """utf-8 where the bytes are utf-8, whatever is declared; else what is declared; else utf-8 with stray cp1252 bytes.

    The site is utf-8 since its first archived pages; a text in another charset that is valid multi-byte utf-8
    does not occur by accident, while wrong declarations do.
    """
    encoding, mark = read_bom(body)
    if encoding and mark:
        return body.removeprefix(mark).decode(encoding, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
        encoding = resolve_encoding(declared) if declared else None
        text = decode_as(body, encoding) if encoding and encoding != "utf-8" else None
        return body.decode("utf-8", errors=_REPAIR) if text is None else text


class Document:
    """A parsed page with its address; metas and JSON-LD are read once."""

    def __init__(self, url: str, body: bytes, content_type: str | None = None) -> None:
        """
        :raises EmptyPage: the body holds no element at all.
        """
        text = decode(body, content_type)
        if not text.strip():
            raise EmptyPage(f"{url} answered with an empty body")
        self.url = url
        self._bytes = body, content_type
        self.root: Element = tree.parse(text)
        if not tree.xpath(self.root, "body/*"):
            raise EmptyPage(f"{url} holds no HTML element")

    def __reduce__(self) -> tuple[type[Self], tuple[str, bytes, str | None]]:
        """A page travels as its bytes (a story of several pages, to another process)."""
        return type(self), (self.url, *self._bytes)

    @cached_property
    def metas(self) -> dict[str, str]:
        """`name` or `property` of every meta tag, in lower case -> its content; the first of a name wins."""
        found: dict[str, str] = {}
        for meta in self.root.iter("meta"):
            name, content = meta.get("name") or meta.get("property"), meta.get("content")
            if name and content is not None:
                found.setdefault(name.lower(), content.strip())
        return found

    def meta(self, *names: str) -> str | None:
        """Content of the first of these meta tags that has any; names in any case."""
        return next((content for name in names if (content := self.metas.get(name.lower()))), None)

    @cached_property
    def marks(self) -> tree.Marks:
        """What a layout is recognised by."""
        return tree.marks_of(self.root)

    def has(self, marks: Iterable[str]) -> bool:
        """Any of these marks."""
        return any(mark in self.marks for mark in marks)

    @cached_property
    def news_article(self) -> dict[str, Any]:
        """The JSON-LD object of type NewsArticle; empty where there is none that can be read."""
        scripts = (script.text for script in self.root.iter("script") if script.get("type") == "application/ld+json")
        for script in filter(None, scripts):
            try:
                data = json.loads(script, strict=False)
            except (ValueError, RecursionError):
                continue  # the site prints raw quotes in some years; other sources carry the same facts
            graph = data.get("@graph") if isinstance(data, dict) else data
            for item in graph if isinstance(graph, list) else [data]:
                kind = item.get("@type") if isinstance(item, dict) else None
                if isinstance(kind, str | list) and "NewsArticle" in kind:  # a name or a list of names
                    return dict(item)
        return {}

    def json_ld(self, name: str) -> str | None:
        """A plain string of the NewsArticle; a half character of its escapes, which nothing can store, becomes "?"."""
        value = self.news_article.get(name)
        return value.encode(errors="replace").decode() if isinstance(value, str) and value else None

    def select(self, query: str) -> list[Any]:
        """What the page holds (see `tree.css`)."""
        return tree.select(self.root, query, self.marks)

    def select_xpath(self, query: str) -> list[Any]:
        """The same for XPath."""
        return tree.xpath(self.root, query)

    def first(self, *queries: str) -> Element | None:
        """First element that the first fitting query finds."""
        return next((found[0] for query in queries if (found := self.select(query))), None)
