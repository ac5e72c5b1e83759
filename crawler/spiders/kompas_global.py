"""The spider: from index days and section fronts to articles, from articles to their other pages and latest links."""

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from itertools import chain
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.archive.files import expand
from crawler.archive.records import first_capture
from crawler.arguments import CrawlArguments, parse_arguments
from crawler.clock import stand_at, utc_now
from crawler.errors import FinishReason, PageError
from crawler.items import Discovery, Failure
from crawler.kompas.links import FOLLOWED, SECTION, excluded_by
from crawler.kompas.reading import Reading, ReadStory
from crawler.kompas.urls import ALL_PAGES, page_url
from crawler.ledger_facts import Exclusion, Fact, Visit
from crawler.spiders.ahead import not_far_ahead
from crawler.spiders.archived import archived_stories
from crawler.spiders.failures import page_failure, request_failure, story_failure
from crawler.spiders.index_walk import IndexWalk
from crawler.spiders.lists import AsyncOutput, ListSpider, Output
from crawler.spiders.responses import from_scrapy
from crawler.spiders.visits import NOT_MODIFIED, visit_of, visit_of_pages
from crawler.story_item import StoryItem, story_item


class KompasGlobalSpider(ListSpider):
    """``scrapy crawl kompas_global`` (see ``arguments`` for `-a`).

    Everything leaves as an item for the pipelines: articles, failures, and facts for the ledger. A fact leaves before
    the requests that follow from it. What is requested is decided by the plan.
    """

    name = "kompas_global"

    def __init__(self, arguments: CrawlArguments) -> None:
        super().__init__(arguments)
        self.loaded = 0
        self.archived: AsyncGenerator[StoryItem | Failure | Fact] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        """Make the spider of a run; a replay begins at the time of its first recorded response.

        :raises BadArgument: before the crawl starts.
        """
        begins = first_capture(expand(given["replay"])) if given.get("replay") else utc_now()
        spider = super().from_crawler(crawler, parse_arguments(given, begins))
        if spider.arguments.replay:
            stand_at(begins)
        return spider

    async def start(self) -> AsyncOutput:
        """Yield the stories of an archive, or the requests with which a crawl begins."""
        if not self.arguments.archive:
            async for request in self._requests():
                yield request
            return
        self.archived = archived_stories(self.crawler, self.arguments.archive)
        async for output in self.archived:
            self._stop_at_limit()
            self.loaded += isinstance(output, StoryItem)
            yield output

    async def _requests(self) -> AsyncIterator[Request]:
        """Yield what an earlier run left over, each index day, the pages beside the index, and the given list."""
        async for request in not_far_ahead(self._left_over(self.plan.pending()), self.plan):
            yield request
        for index_day in self.plan.days():
            yield self._index_request(IndexWalk(index_day))
            await self.plan.worked_off()
        async for request in not_far_ahead(self._left_over(self.plan.unfetched()), self.plan):
            yield request
        for url in self.arguments.fronts:
            yield self._link_page_request(url, SECTION)
        if self.arguments.is_daily:
            async for request in self._witness_requests():
                yield request
        listed = (self._article_requests([url], Discovery("urls", None), depth=0) for url in self.arguments.urls)
        async for request in not_far_ahead(chain.from_iterable(listed), self.plan):
            yield request

    async def closed(self, reason: str) -> None:
        """End the reading of an archive, also when the run ends early."""
        if self.archived:
            await self.archived.aclose()

    def parse_article(self, response: Response, discovery: Discovery, depth: int) -> Output:
        """Read the first page of a story: usually the whole of it (`?page=all`)."""
        answer = from_scrapy(response)
        visit = visit_of(response, answer.fetched_at)
        if response.status == NOT_MODIFIED:
            self._count("visits/unchanged")
            yield from filter(None, [visit])
            return
        reading = Reading(discovery)
        try:
            reading.add(answer, ALL_PAGES)
        except PageError as error:
            yield self._refused(error, page_failure(response, error, discovery.via), answer.fetched_at)
            return
        yield from self._go_on(reading, depth, visit)

    def article_failed(self, failure: TwistedFailure) -> Output:
        """Record a story whose request got no usable response."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        yield request_failure(failure, request.cb_kwargs["discovery"].via)

    def parse_page(self, response: Response, reading: Reading, number: int, depth: int, visit: Visit | None) -> Output:
        """Read another page of a story."""
        try:
            reading.add(from_scrapy(response), number)
        except PageError as error:
            reading.missing(number)
            yield page_failure(response, error, reading.via)
        yield from self._go_on(reading, depth, visit)

    def page_failed(self, failure: TwistedFailure) -> Output:
        """Record a page without a usable response; the story is kept and says that it is not complete."""
        given = failure.request.cb_kwargs  # type: ignore[attr-defined]  # set by Scrapy
        reading: Reading = given["reading"]
        reading.missing(given["number"])
        yield request_failure(failure, reading.via)
        yield from self._go_on(reading, given["depth"], given["visit"])

    def _go_on(self, reading: Reading, depth: int, visit: Visit | None) -> Output:
        """Request the next page of a story, or finish the story and follow its links."""
        self._stop_at_limit()
        number = reading.wanted()
        if number is not None:
            yield Request(
                page_url(reading.url, number),
                self.parse_page,
                errback=self.page_failed,
                cb_kwargs={"reading": reading, "number": number, "depth": depth, "visit": visit},
            )
            return
        try:
            read = reading.finish()
        except PageError as error:
            yield self._refused(error, story_failure(reading, error), reading.fetched_at)
        else:
            self.loaded += 1
            yield from self._keep(read, depth, visit)

    def _stop_at_limit(self) -> None:
        if self.arguments.limit is not None and self.loaded >= self.arguments.limit:
            raise CloseSpider(FinishReason.LIMIT.value)

    def _refused(self, error: PageError, failure: Failure, seen_at: datetime) -> Exclusion | Failure:
        """Return the exclusion of a story of another kanal, else its failure."""
        excluded = excluded_by(error, failure.url, seen_at)
        if excluded is None:
            return failure
        self._count("passed_over/other_section")
        return excluded

    def _keep(self, read: ReadStory, depth: int, visit: Visit | None) -> Output:
        """Yield the story, then requests for its neighbours of this section."""
        follows = self.arguments.lists and depth < self.arguments.latest_depth
        item = story_item(read, visit=visit_of_pages(visit, read.pages_read), follows=follows, depth=depth + 1)
        yield item
        for via in FOLLOWED if follows else ():
            urls = [entry.url for entry in item.links.boxes.get(via, ())]
            yield from self._article_requests(urls, Discovery(via, read.article.url), item.links.depth)
