"""Spider middleware: a story is fetched again only while it may still change, or when its listing did."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.archive.addon import is_crawl
from crawler.clock import utc_now
from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.kompas.urls import article_id, is_ours
from crawler.recent import Recent
from crawler.storage import Known, State, Store

NOT_MODIFIED = 304


class SkipKnown:
    """Drops requests for stories that need not be asked for. Reads `KOMPAS_REVISIT_HOURS`.

    Counts `kompas/skip_known/<state>`, each story once. A stored story that is due is asked for on the condition that
    it changed, where its server told how to ask. What this run asked for itself is left to the filter of repeated
    requests.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.store = store
        self.ages = [timedelta(hours=float(hours)) for hours in crawler.settings.getlist("KOMPAS_REVISIT_HOURS")]
        self.archived = not is_crawl(crawler.settings)
        self.asked = Recent()
        self.skipped = Recent()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SkipKnown":
        return cls(crawler, OpenStore.of(crawler))

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for output in self._due(start):
            yield output

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for output in self._due(result):
            yield output

    async def _due(self, outputs: AsyncIterator[Any]) -> AsyncIterator[Any]:
        try:
            async for output in outputs:
                if not self._is_skipped(output):
                    yield output
        except UnusableStore as error:
            OpenStore.give_up(self.crawler, error)

    def _is_skipped(self, output: Any) -> bool:
        if not isinstance(output, Request) or output.dont_filter or not is_ours(output.url):
            return False
        story = article_id(output.url) or ""
        if story in self.asked or story in self.skipped:
            return story in self.skipped
        known = self.store.known(story)
        if is_due(known, utc_now(), [] if self.archived else self.ages):
            self.asked.add(story)
            _ask_for_changes(output, known)
            return False
        self.skipped.add(story)
        if not self._is_of_this_run(known):
            self.stats.inc_value(f"kompas/skip_known/{known.state.value}")
        return True

    def _is_of_this_run(self, known: Known) -> bool:
        """Looked at so many stories ago that it was forgotten here."""
        return known.visited_at is not None and known.visited_at >= OpenStore.run_of(self.crawler).started_at


def is_due(known: Known, now: datetime, ages: list[timedelta]) -> bool:
    """Whether a story is to be asked for.

    What is excluded never is. What is not stored in full, or failed since, always is. The rest is asked for once after
    each of the ages, counted from its publication, and when the index gave it another headline.
    """
    if known.state is State.EXCLUDED:
        return False
    if not known.complete or known.failed or known.visited_at is None or known.published_at is None:
        return True
    if known.retitled_at is not None and known.retitled_at > known.visited_at:
        return True
    return any(known.visited_at < known.published_at + age <= now for age in ages)


def _ask_for_changes(request: Request, known: Known) -> None:
    """A complete story can be asked for with `If-None-Match` and `If-Modified-Since`; the answer may then be 304."""
    if not known.complete or known.failed or request.url != known.visited_url:
        return
    if known.etag:
        request.headers["If-None-Match"] = known.etag
    if known.last_modified:
        request.headers["If-Modified-Since"] = known.last_modified
    if known.etag or known.last_modified:
        request.meta["handle_httpstatus_list"] = [NOT_MODIFIED]
