"""fundus over pages. It has no parser of Kompas: this one is put together from its own parts, as its tutorial does."""

import datetime as dt
from importlib.metadata import version

from fundus.parser import ArticleBody, BaseParser, ParserProxy, attribute
from fundus.parser.utility import (
    extract_article_body_with_selector,
    generic_author_parsing,
    generic_date_parsing,
)
from lxml.cssselect import CSSSelector
from running import Record, run


class KompasParser(ParserProxy):
    class V1(BaseParser):
        _paragraphs = CSSSelector("div.read__content p, div.kcm-read-text p")
        _headings = CSSSelector("div.read__content h2, div.kcm-read-text h2")

        @attribute
        def body(self) -> ArticleBody | None:
            return extract_article_body_with_selector(
                self.precomputed.doc, paragraph_selector=self._paragraphs, subheadline_selector=self._headings
            )

        @attribute
        def authors(self) -> list[str]:
            return generic_author_parsing(self.precomputed.ld.bf_search("author"))

        @attribute
        def publishing_date(self) -> dt.datetime | None:
            return generic_date_parsing(self.precomputed.ld.bf_search("datePublished"))

        @attribute
        def title(self) -> str | None:
            return self.precomputed.meta.get("og:title")


parsers = KompasParser()


def extract(url: str, text: str) -> Record:
    found = parsers(dt.date(2021, 1, 1)).parse(text, "suppress")
    published, body = found.get("publishing_date"), found.get("body")
    return {
        "title": found.get("title"),
        "text": str(body) if body else "",
        "published": published.isoformat() if published else None,
        "authors": found.get("authors") or [],
    }


if __name__ == "__main__":
    run(f"fundus {version('fundus')}", extract)
