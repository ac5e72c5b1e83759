"""A crawl with the parts that a pipeline uses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler

from crawler.extensions.open_store import OpenStore
from tests.make import make_crawler


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    made = make_crawler(tmp_path)
    yield made
    OpenStore.of(made).close()


@pytest.fixture
def stats(crawler: Crawler) -> dict[str, Any]:
    """The statistics of the run, as they are at the moment."""
    return crawler.stats.get_stats()
