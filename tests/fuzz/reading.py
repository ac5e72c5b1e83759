"""A page through the chain of the crawl, from bytes to a record that can be kept."""

from collections.abc import Iterator
from typing import Any, Final

from scrapy.utils.serialize import ScrapyJSONEncoder

from crawler.errors import PageError
from crawler.items import Article
from crawler.kompas.loaders import load_article
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.listing import front_links, read_index
from crawler.kompas.pages.multipage import Story
from crawler.kompas.pages.refusals import refuse_blocked
from crawler.kompas.processors import latest_link
from crawler.kompas.urls import page_number, story_urls
from crawler.pipelines.validate import broken_rules
from crawler.spiders.index_walk import ledger_entries
from crawler.storage.rows import to_row
from tests.fuzz.pages import Page
from tests.make import make_capture

LARGEST: Final = 2**63
"""SQLite keeps no larger number."""


def read_story(page: Page) -> Article | str:
    """The record, or the name of the reason why there is none; any other exception is a fault of the project."""
    try:
        one = read_article(_document(page))
        story = Story()
        story.add(one, page_number(page.url))
        story.next_page()
        article = load_article(story, make_capture())
        neighbours = [latest_link(entry) for entry in one.older()]
    except PageError as error:
        return type(error).__name__
    assert broken_rules(article) == {}
    keep([to_row(article), neighbours])
    return article


def read_lists(page: Page) -> str:
    """What an index page or a section front amounts to; any exception that is no named one is a fault."""
    try:
        document = _document(page)
        stories = story_urls(front_links(document))
        index = read_index(document)
    except PageError as error:
        return type(error).__name__
    entries = ledger_entries(index.entries)
    assert index.last_page >= 1
    keep([stories, index.last_page, entries])
    return f"{len(entries)} listed"


def keep(values: list[Any]) -> None:
    """Fails where the store or the feed would: on half characters and on numbers beyond a column."""
    ScrapyJSONEncoder(ensure_ascii=False).encode(values).encode()
    assert all(abs(number) < LARGEST for number in _numbers(values))


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _numbers(inner)


def _document(page: Page) -> Document:
    refuse_blocked(page.url, 200, page.body)
    return Document(page.url, page.body, page.content_type)
