"""A page through the chain of the crawl, from bytes to a record that can be kept."""

import json
from collections.abc import Iterator
from typing import Any, Final

from scrapy.utils.serialize import ScrapyJSONEncoder

from crawler.errors import InvalidRecord, PageError
from crawler.items import Article
from crawler.kompas.links import ledger_entries
from crawler.kompas.pages.listing import front_links, read_index
from crawler.kompas.processors import latest_link
from crawler.kompas.response import SiteResponse, document_of
from crawler.kompas.urls import story_urls
from crawler.storage.rows import to_row
from tests.fuzz.pages import Page
from tests.make import make_reading, make_response

LARGEST: Final = 2**63
"""SQLite keeps no larger number."""


def read_story(page: Page) -> Article | str:
    """The record, or the name of the reason why there is none; any other exception is a fault of the project."""
    try:
        reading = make_reading(_response(page))
        reading.wanted()
        read = reading.finish()
        neighbours = [latest_link(entry) for entry in read.older]
    except InvalidRecord:
        raise  # no page, however damaged, makes a record that breaks the data format
    except PageError as error:
        return error.reason
    keep([to_row(read.article), neighbours])
    return read.article


def read_lists(page: Page) -> str:
    """What an index page or a section front amounts to; any exception that is no named one is a fault."""
    try:
        document = document_of(_response(page))
        stories = story_urls(front_links(document))
        index = read_index(document)
    except PageError as error:
        return error.reason
    entries = ledger_entries(index.entries)
    assert index.last_page >= 1
    keep([stories, index.last_page, entries])
    return f"{len(entries)} listed"


def keep(values: list[Any]) -> None:
    """Fails where the store or the feed would: on half characters and on numbers beyond a column."""
    text = ScrapyJSONEncoder(ensure_ascii=False).encode(values)
    text.encode()
    assert all(abs(number) < LARGEST for number in _numbers(json.loads(text)))


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _numbers(inner)


def _response(page: Page) -> SiteResponse:
    return make_response(page.body, page.url, headers=[("Content-Type", page.content_type)])
