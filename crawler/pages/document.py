"""Bytes into a parsed document. parsel (lxml) parses; w3lib reads byte order marks and declared charsets."""

import codecs
import json
from functools import cached_property
from typing import Any, Final, Self

from parsel import Selector
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from crawler.errors import EmptyPage
from crawler.text.charsets import decode_as

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


def text_of(node: Selector | None) -> str | None:
    """All text below a node on one line, words neither parted nor glued by inline markup; None where there is none."""
    if node is None:
        return None
    return " ".join("".join(node.xpath(".//text()").getall()).split()) or None


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
        self.selector = Selector(text=text, type="html")
        if not self.selector.xpath("boolean(//body/*)").get() == "1":
            raise EmptyPage(f"{url} holds no HTML element")

    def __reduce__(self) -> tuple[type[Self], tuple[str, bytes, str | None]]:
        """A page travels as its bytes (a story of several pages, to another process)."""
        return type(self), (self.url, *self._bytes)

    @cached_property
    def metas(self) -> dict[str, str]:
        """`name` or `property` of every meta tag, in lower case -> its content; the first of a name wins.

        Attributes are asked for by name: parsel's `attrib` copies all of them, and fails on a mistyped name.
        """
        found: dict[str, str] = {}
        for meta in self.selector.xpath("//meta[@content]"):
            name = meta.root.get("name") or meta.root.get("property")
            if name:
                found.setdefault(name.lower(), meta.root.get("content").strip())
        return found

    def meta(self, *names: str) -> str | None:
        """Content of the first of these meta tags that has any; names in any case."""
        return next((content for name in names if (content := self.metas.get(name.lower()))), None)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Every class name on the page, and every id as `#id`: what a layout is recognised by, gathered in one pass."""
        classes = self.selector.xpath("//@class").getall()
        ids = self.selector.xpath("//@id").getall()
        return frozenset(name for value in classes for name in value.split()) | frozenset(f"#{name}" for name in ids)

    @cached_property
    def news_article(self) -> dict[str, Any]:
        """The JSON-LD object of type NewsArticle; empty where there is none that can be read."""
        for script in self.selector.xpath('//script[@type="application/ld+json"]/text()').getall():
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

    def css(self, *queries: str) -> Selector | None:
        """First element that the first fitting query finds."""
        for query in queries:
            found = self.selector.css(query)
            if found:
                return found[0]
        return None
