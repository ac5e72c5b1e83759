"""A crawl with the parts that an extension uses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler

from crawler.extensions.open_store import OpenStore
from crawler.storage.ledger import Ledger
from tests.make import make_crawler


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    made = make_crawler(tmp_path)
    yield made
    OpenStore.of(made).close()


@pytest.fixture
def stats(crawler: Crawler) -> dict[str, Any]:
    """Return the statistics of the run."""
    return crawler.stats.get_stats()


@pytest.fixture
def ledger(crawler: Crawler) -> Ledger:
    return OpenStore.of(crawler).ledger
