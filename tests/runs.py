"""What whole crawls are held against: what was asked of the site, and what the store says afterwards."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from crawler.kompas.urls import article_id
from crawler.storage import Day, Store
from tests.conftest import Crawl, Run
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST

ONCE = ("-s", "RETRY_ENABLED=False")
"""For tests in which it does not matter how often something is tried."""


def crawl_range(crawl: Crawl, site: LookAlike, since: date, until: date, *more: str) -> Run:
    return crawl("-a", f"since={since}", "-a", f"until={until}", *FAST, *ONCE, *more, env=site.env())


def index_pages(site: LookAlike) -> list[str]:
    """Return the index pages that were requested, in order: day and page."""
    return [asked.path_qs.partition("date=")[2] for asked in site.requests if "date=" in asked.path_qs]


def stories_asked(site: LookAlike) -> list[str]:
    """Return the ids of the stories that were requested, in order, once for each request."""
    return [story for asked in site.requests if (story := article_id(asked.url))]


def robots_asked(site: LookAlike) -> int:
    return sum(asked.path_qs == "/robots.txt" for asked in site.requests)


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the store, as another program sees them."""
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(sql).fetchall()


def covered(path: Path, since: date | None = None, until: date | None = None) -> list[Day]:
    with closing(Store(str(path))) as store:
        return list(store.coverage(since, until))


def make_due(path: Path) -> None:
    """As if every stored story had been looked at for the last time in the hour of its publication."""
    query(path, "update visits set visited_at = (select published_utc from articles where id = article_id)")
