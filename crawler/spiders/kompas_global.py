"""The spider: index days and the section fronts lead to articles, articles to their other pages and latest links."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.archive.files import expand
from crawler.archive.records import first_capture
from crawler.arguments import CrawlArguments, parse_arguments
from crawler.clock import stand_at, utc_now
from crawler.errors import OtherSection, PageError, UnknownLayout
from crawler.archive.extract.story import reading_stats
from crawler.health.facts import listing_counts
from crawler.items import Article, Discovery, Failure
from crawler.kompas.loaders import load_article
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.listing import front_links, read_index
from crawler.kompas.pages.multipage import Story
from crawler.kompas.urls import ALL_PAGES, FRONT_URLS, index_of, index_sites, index_url, page_url, story_urls
from crawler.ledger_facts import INDEX_DAY, Fact
from crawler.spiders.answers import answered_at, capture_of, document_of, place_of
from crawler.spiders.archived import archived_stories
from crawler.spiders.failures import page_failure, reason_of, request_failure, story_failure
from crawler.spiders.index_walk import IndexWalk
from crawler.spiders.seen import FOLLOWED, NOT_MODIFIED, Reading, exclusion, front_links_of, links_of, some, visit_of

Output = Iterator[Request | Article | Failure | Fact]


class KompasGlobalSpider(Spider):
    """``scrapy crawl kompas_global`` (see ``arguments`` for `-a`).

    Articles and failures both leave as items, so that the pipelines decide about both; what else was seen leaves as
    facts for the ledger, in front of the requests that follow from it.
    """

    name = "kompas_global"

    def __init__(self, arguments: CrawlArguments) -> None:
        super().__init__()
        self.arguments = arguments
        self.loaded = 0
        self.archived: AsyncGenerator[Article | Failure | Fact] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        """
        :raises BadArgument: before the crawl starts.
        """
        begins = first_capture(expand(given["replay"])) if given.get("replay") else utc_now()
        spider = super().from_crawler(crawler, parse_arguments(given, begins))
        for name in ("archive", "replay"):
            if name in given:
                crawler.settings.set(f"KOMPAS_{name.upper()}", given[name], priority="spider")
        if spider.arguments.replay:
            stand_at(begins)
        return spider

    async def start(self) -> AsyncIterator[Request | Article | Failure | Fact]:
        """Index days, each walked before the next is asked for (see `middlewares.index_days`), then the fronts."""
        if self.arguments.archive:
            self.archived = archived_stories(self.crawler, self.arguments.archive)
            async for output in self.archived:
                self._stop_at_limit()
                self.loaded += isinstance(output, Article)
                yield output
        elif self.arguments.urls:
            for request in self._listed_requests(self.arguments.urls):
                yield request
        else:
            for day in (*self.arguments.days, *self.arguments.earlier_days):
                for site in index_sites(day):
                    yield self._index_request(IndexWalk.of(site, day))
            if not self.arguments.is_range:
                for url in FRONT_URLS:
                    yield self._front_request(url)

    async def closed(self, reason: str) -> None:
        """What reads an archive ends with the run, also with one that is told to end early."""
        if self.archived:
            await self.archived.aclose()

    def parse_index(self, response: Response, via: str, walk: IndexWalk) -> Output:
        """One page of an index day goes into the ledger; then its stories and the next page are asked for."""
        try:
            raw = read_index(document_of(response))
            page, onward = walk.read(raw, response.url, answered_at(response))
        except PageError as error:
            yield page_failure(response, error, via)
            return
        yield page
        ours = [entry.url for entry in page.entries if entry.excluded is None]
        for name in listing_counts(raw.entries):
            self._count(name)
        self._count(f"listed/{via}", len(ours))
        self._count(f"passed_over/{via}", len(page.entries) - len(ours))
        yield from self._article_requests(ours, Discovery(via, response.url), depth=0)
        if onward:
            yield self._index_request(onward)
        else:
            self._count("days/done")

    def parse_front(self, response: Response, via: str) -> Output:
        """A section front: every link to a story of these kanals."""
        try:
            urls = story_urls(front_links(document_of(response)))
        except PageError as error:
            yield page_failure(response, error, via)
            return
        self._count(f"listed/{via}", len(urls))
        if not urls:
            yield page_failure(response, UnknownLayout(f"{response.url} links no story of this section"), via)
            return
        links = front_links_of(response, urls, answered_at(response))
        yield links
        yield from self._article_requests(urls, Discovery(via, links.from_url), depth=0)

    def parse_article(self, response: Response, discovery: Discovery, depth: int) -> Output:
        """The first page of a story that was read: usually the whole of it (`?page=all`)."""
        if response.status == NOT_MODIFIED:
            self._count("visits/unchanged")
            yield from some(visit_of(response, answered_at(response)))
            return
        story = Story()
        try:
            story.add(read_article(document_of(response)), asked=ALL_PAGES)
        except PageError as error:
            yield page_failure(response, error, discovery.via)
            return
        visit = visit_of(response, answered_at(response))
        yield from self._go_on(Reading(story, capture_of(response, discovery), depth, visit))

    def article_failed(self, failure: TwistedFailure) -> Output:
        """No answer for a story."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        yield request_failure(failure, request.cb_kwargs["discovery"].via)

    def parse_page(self, response: Response, reading: Reading, asked: int) -> Output:
        """Another page of a story."""
        try:
            reading.add(read_article(document_of(response)), asked, place_of(response))
        except PageError as error:
            reading.story.unavailable.add(asked)
            yield page_failure(response, error, reading.via)
        yield from self._go_on(reading)

    def page_failed(self, failure: TwistedFailure) -> Output:
        """No answer for another page: the story is kept, and says that it is not complete."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        reading: Reading = request.cb_kwargs["reading"]
        reading.story.unavailable.add(request.cb_kwargs["asked"])
        yield request_failure(failure, reading.via)
        yield from self._go_on(reading)

    def listing_failed(self, failure: TwistedFailure) -> Output:
        """No answer for an index or front page. Beyond the last page that is linked, none is the end of the day."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        walk = request.cb_kwargs.get("walk")
        if walk and not walk.promised and reason_of(failure.value)[0] == "HttpStatus 404":
            yield walk.read_nothing(request.url, utc_now())
            self._count("days/done")
        else:
            yield request_failure(failure, request.cb_kwargs["via"])

    def _go_on(self, reading: Reading) -> Output:
        """Asks for the story's next page, or loads it and follows the links to its neighbours."""
        self._stop_at_limit()
        story, capture = reading.story, reading.capture
        number = story.next_page()
        if number is not None:
            yield Request(
                page_url(story.front.document.url, number),
                self.parse_page,
                errback=self.page_failed,
                cb_kwargs={"reading": reading, "asked": number},
                dont_filter=True,  # asked for once a story; dropping it would drop the story
            )
            return
        url = story.front.document.url
        try:
            article = load_article(story, capture)
        except OtherSection as error:
            self._count("passed_over/other_section")
            yield from some(exclusion(url, type(error).__name__, str(error), capture.fetched_at))
        except PageError as error:
            yield story_failure(url, error, reading.via, capture.provenance)
        else:
            self.loaded += 1
            yield from self._keep(reading, article)

    def _stop_at_limit(self) -> None:
        if self.arguments.limit is not None and self.loaded >= self.arguments.limit:
            raise CloseSpider("limit")

    def _keep(self, reading: Reading, article: Article) -> Output:
        """The article between where it leads to and when it was looked at, then its neighbours of this section."""
        older = reading.story.front.older()
        for name in reading_stats(reading.story, article, len(older)):
            self._count(name)
        follows = self.arguments.lists and reading.depth < self.arguments.latest_depth
        links = links_of(article, older, follows, reading.depth + 1)
        yield links  # before the article: whoever finds it stored finds where it led to
        yield article
        yield from some(reading.visit)
        for via in FOLLOWED if follows else ():
            urls = [entry.url for entry in links.boxes.get(via, ())]
            yield from self._article_requests(urls, Discovery(via, article.url), links.depth)

    def _listed_requests(self, urls: Iterable[str]) -> Iterator[Request]:
        """Each address of a list as what it is."""
        for site, day in dict.fromkeys(filter(None, map(index_of, urls))):
            yield self._index_request(IndexWalk.of(site, day))
        yield from (self._front_request(url) for url in urls if url in FRONT_URLS)
        for url in story_urls(urls):
            yield self.article_request(url, Discovery("urls", None))

    def _front_request(self, url: str) -> Request:
        return Request(
            url, self.parse_front, errback=self.listing_failed, cb_kwargs={"via": "section"}, dont_filter=True
        )

    def _index_request(self, walk: IndexWalk) -> Request:
        return Request(
            index_url(walk.index_day.site, walk.index_day.day, walk.page),
            self.parse_index,
            errback=self.listing_failed,
            cb_kwargs={"via": "index", "walk": walk},
            meta={INDEX_DAY: walk.index_day},
            dont_filter=True,
        )

    def _article_requests(self, links: Iterable[str], discovery: Discovery, depth: int) -> Iterator[Request]:
        return (self.article_request(url, discovery, depth) for url in story_urls(links))

    def article_request(self, url: str, discovery: Discovery, depth: int = 0) -> Request:
        """One page with everything is asked for first: most stories are divided into pages otherwise."""
        return Request(
            page_url(url, ALL_PAGES),
            self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"discovery": discovery, "depth": depth},
        )

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(f"kompas/{name}", count)
