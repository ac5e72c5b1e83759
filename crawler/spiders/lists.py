"""The lists of a crawl: index days, section fronts, the undated index and sitemaps, and the stories that they name."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable, Iterator

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.arguments import CrawlArguments
from crawler.clock import utc_now
from crawler.errors import Blocked, FailureReason, PageError
from crawler.health.facts import listing_counts
from crawler.items import Discovery, Failure
from crawler.kompas.pages.listing import read_index
from crawler.kompas.response import document_of
from crawler.kompas.urls import story_urls
from crawler.kompas.witnesses import MOST_SITEMAPS, SITEMAP, UNDATED, undated_index_urls
from crawler.ledger_facts import Fact
from crawler.plan import PendingStory, Plan
from crawler.spiders.failures import page_failure, reason_of, request_failure
from crawler.spiders.index_walk import IndexWalk
from crawler.spiders.link_pages import OPTIONAL, read_link_page
from crawler.spiders.requests import link_page_request, on, story_request
from crawler.spiders.responses import from_scrapy
from crawler.story_item import StoryItem

Output = Iterator[Request | StoryItem | Failure | Fact]
AsyncOutput = AsyncIterator[Request | StoryItem | Failure | Fact]


class ListSpider(Spider):
    """Reads lists and requests the stories that they name and the plan wants; a subclass reads the stories."""

    plan: Plan
    """Set by `extensions.crawl_plan`."""

    def __init__(self, arguments: CrawlArguments) -> None:
        super().__init__()
        self.arguments = arguments
        self.sitemaps: set[str] = set()
        """Sitemaps that were requested."""

    def follow(self, plan: Plan) -> None:
        """Take the plan that decides what is requested."""
        self.plan = plan

    @abstractmethod
    def parse_article(self, response: Response, discovery: Discovery, depth: int) -> Output:
        """Read the first page of a story."""

    @abstractmethod
    def article_failed(self, failure: TwistedFailure) -> Output:
        """Record a story whose request got no usable response."""

    async def parse_index(self, response: Response, via: str, walk: IndexWalk) -> AsyncOutput:
        """Read one page of an index day, then request its stories and the next page."""
        answer = from_scrapy(response)
        try:
            raw = read_index(document_of(answer))
            page, onward = walk.read(raw, response.url, answer.fetched_at)
        except PageError as error:
            yield page_failure(response, error, via)
            return
        async with self.plan.kept(page):  # a headline that it changes makes its story due
            yield page
        ours = [entry.url for entry in page.entries if entry.excluded is None]
        for name in listing_counts(raw.entries):
            self._count(name)
        self._count(f"listed/{via}", len(ours))
        self._count(f"passed_over/{via}", len(page.entries) - len(ours))
        for request in self._article_requests(ours, Discovery(via, response.url), depth=0):
            yield request
        if onward:
            yield self._index_request(onward)
        else:
            self._count("days/done")

    def parse_links(self, response: Response, via: str) -> Output:
        """Request every story of these kanals that a front, the undated index or a sitemap names."""
        try:
            links, sitemaps = read_link_page(from_scrapy(response), via, self.arguments.first_day)
        except PageError as error:
            yield from self._without_links(page_failure(response, error, via))
            return
        urls = [entry.url for entry in links.boxes.get(via, ())]
        self._count(f"listed/{via}", len(urls))
        yield links
        yield from self._article_requests(urls, Discovery(via, links.from_url), depth=0)
        yield from self._sitemap_requests(sitemaps)

    def listing_failed(self, failure: TwistedFailure) -> Output:
        """Yield the failure of an index page or front. A 404 beyond the last linked page is the end of the day."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        walk = request.cb_kwargs.get("walk")
        if walk and not walk.promised and reason_of(failure.value)[0] == f"{FailureReason.HTTP_STATUS} 404":
            yield walk.read_nothing(request.url, utc_now())
            self._count("days/done")
        else:
            yield from self._without_links(request_failure(failure, request.cb_kwargs["via"]))

    def _without_links(self, failure: Failure) -> Output:
        """Yield the failure of a page that names stories; one of `OPTIONAL` is counted and logged."""
        if failure.via not in OPTIONAL or failure.reason == Blocked.__name__:
            yield failure
            return
        self._count(f"unread/{failure.via}")
        self.logger.warning("%s cannot be read (%s: %s)", failure.url, failure.reason, failure.detail)

    def _index_request(self, walk: IndexWalk) -> Request:
        return Request(
            walk.url, self.parse_index, errback=self.listing_failed, cb_kwargs={"via": "index", "walk": walk}
        )

    def _link_page_request(self, url: str, via: str) -> Request:
        return link_page_request(url, via, self.parse_links, self.listing_failed)

    async def _witness_requests(self) -> AsyncIterator[Request]:
        """Request the undated index, then sitemaps: the robots.txt files that name them have been read by then."""
        for url in undated_index_urls(self.arguments.until):
            yield self._link_page_request(url, UNDATED)
        await self.plan.worked_off()
        for request in self._sitemap_requests(self.plan.sitemaps()):
            yield request

    def _sitemap_requests(self, urls: Iterable[str]) -> Iterator[Request]:
        """Request sitemaps, each once and no more than `MOST_SITEMAPS` in a run."""
        for url in urls:
            if url not in self.sitemaps and len(self.sitemaps) < MOST_SITEMAPS:
                self.sitemaps.add(url)
                yield self._link_page_request(url, SITEMAP)

    def _left_over(self, stories: Iterable[PendingStory]) -> Iterator[Request]:
        """Request stories that earlier runs listed or followed, and did not fetch."""
        for story in stories:
            yield from self._article_requests([story.url], Discovery(story.via, story.from_url), story.depth)

    def _article_requests(self, links: Iterable[str], discovery: Discovery, depth: int) -> Iterator[Request]:
        """Request the stories among these links that the plan wants."""
        for url in story_urls(links):
            request = story_request(url, discovery, depth, self.parse_article, self.article_failed)
            conditions = self.plan.wants(request.url)
            if conditions is not None:
                yield on(conditions, request)

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(f"kompas/{name}", count)
