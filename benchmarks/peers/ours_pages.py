"""This project over pages: from the page to a record that passed validation."""

from datetime import UTC, datetime
from typing import Final

from running import Record, run

from crawler import __version__
from crawler.errors import PageError
from crawler.items import Discovery, Provenance
from crawler.kompas.loaders import Capture, load_article
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.multipage import Story
from crawler.kompas.urls import _split, page_number
from crawler.pipelines.validate import broken_rules

CAPTURE: Final = Capture(
    datetime(2026, 1, 1, tzinfo=UTC), Provenance(None, None, None, None, ""), Discovery("urls", None)
)


def extract(url: str, text: str) -> Record | None:
    story = Story()
    try:
        story.add(read_article(Document(url, text.encode())), asked=page_number(url))
        article = load_article(story, CAPTURE)
    except PageError:
        return None
    assert not broken_rules(article)
    return {
        "title": article.title,
        "text": article.text,
        "published": article.published_at.isoformat(),
        "authors": article.authors,
    }


if __name__ == "__main__":
    run(f"kompas_global {__version__}", extract, _split.cache_clear)
