"""The spider: index days and the section fronts lead to articles, articles to their other pages and latest links."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler import PARSER_VERSION
from crawler.archive.addon import ArchiveAddon
from crawler.archive.handler import CAPTURED
from crawler.errors import NotInArchive, OtherSection, PageError, UnknownLayout
from crawler.items import Article, Discovery, Failure, Provenance
from crawler.loaders import Capture, load_article
from crawler.pages.blocks import refuse_blocked
from crawler.pages.document import Document
from crawler.pages.layouts import read_article
from crawler.pages.listing import front_links, read_index
from crawler.pages.multipage import Story
from crawler.spiders.arguments import CrawlArguments, parse_arguments
from crawler.spiders.failures import page_failure, reason_of, request_failure, story_failure
from crawler.spiders.index_walk import IndexWalk
from crawler.urls import (
    ALL_PAGES,
    FRONT_URLS,
    article_id,
    index_sites,
    index_url,
    is_ours,
    page_url,
    story_urls,
)

Output = Iterator[Request | Article | Failure]


class KompasGlobalSpider(Spider):
    """``scrapy crawl kompas_global`` (see ``arguments`` for `-a`).

    Articles and failures both leave as items, so that the pipelines decide about both.
    """

    name = "kompas_global"

    def __init__(self, arguments: CrawlArguments) -> None:
        super().__init__()
        self.arguments = arguments
        self.loaded = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        """
        :raises BadArgument: before the crawl starts.
        """
        spider = super().from_crawler(crawler, parse_arguments(given, datetime.now(UTC)))
        if spider.arguments.archive:
            crawler.settings.set("KOMPAS_ARCHIVE", spider.arguments.archive, priority="spider")
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Index days newest first, each walked before the next is asked for; then the fronts on a daily run."""
        if self.arguments.archive:
            addon = self.crawler.get_addon(ArchiveAddon)
            assert addon is not None, "settings install it"
            for url in addon.index.addresses():
                yield self._article_request(url, Discovery("archive", None))
        elif self.arguments.urls:
            for url in story_urls(self.arguments.urls):
                yield self._article_request(url, Discovery("urls", None))
        else:
            for day in self.arguments.days:
                for site in index_sites(day):
                    self._count("days/asked")
                    yield self._index_request(IndexWalk(site, day))
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            if not self.arguments.is_range:
                for url in FRONT_URLS:
                    yield Request(url, self.parse_front, errback=self.listing_failed, cb_kwargs={"via": "section"})

    def parse_index(self, response: Response, via: str, walk: IndexWalk) -> Output:
        """One page of an index day: its articles, then the next page while there is anything new."""
        try:
            index = read_index(self._document(response))
        except PageError as error:
            yield page_failure(response, error, via)
            return
        ours = [entry.url for entry in index.entries if is_ours(entry.url)]
        addresses = frozenset(entry.url for entry in index.entries)
        self._count(f"listed/{via}", len({article_id(url) for url in ours} - walk.stories))
        self._count(f"passed_over/{via}", len(index.entries) - len(ours))
        yield from self._article_requests(ours, Discovery(via, response.url), depth=0)
        if (walk.page < index.last_page or index.may_go_on) and not addresses <= walk.addresses:
            stories = frozenset(filter(None, map(article_id, ours)))
            yield self._index_request(walk.next(addresses, stories, promised=walk.page < index.last_page))
        else:
            self._count("days/done")

    def parse_front(self, response: Response, via: str) -> Output:
        """A section front: every link to a story of these kanals."""
        try:
            links = front_links(self._document(response))
        except PageError as error:
            yield page_failure(response, error, via)
            return
        urls = story_urls(links)
        self._count(f"listed/{via}", len(urls))
        if not urls:
            yield page_failure(response, UnknownLayout(f"{response.url} links no story of this section"), via)
        yield from self._article_requests(urls, Discovery(via, response.url), depth=0)

    def parse_article(self, response: Response, discovery: Discovery, depth: int) -> Output:
        """The first page of a story that was read: usually the whole of it (`?page=all`)."""
        story = Story()
        try:
            story.add(read_article(self._document(response)), asked=ALL_PAGES)
        except PageError as error:
            yield page_failure(response, error, discovery.via)
            return
        yield from self._go_on(story, self._capture(response, discovery), depth)

    def article_failed(self, failure: TwistedFailure) -> Output:
        """No answer for a story."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        yield request_failure(failure, request.cb_kwargs["discovery"].via)

    def parse_page(self, response: Response, story: Story, capture: Capture, depth: int, asked: int) -> Output:
        """Another page of a story."""
        try:
            story.add(read_article(self._document(response)), asked)
        except PageError as error:
            story.unavailable.add(asked)
            yield page_failure(response, error, capture.discovery.via)
        yield from self._go_on(story, capture, depth)

    def page_failed(self, failure: TwistedFailure) -> Output:
        """No answer for another page: the story is kept, and says that it is not complete."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        story, capture = request.cb_kwargs["story"], request.cb_kwargs["capture"]
        story.unavailable.add(request.cb_kwargs["asked"])
        if not isinstance(failure.value, NotInArchive):  # an archive need not hold every page
            yield request_failure(failure, capture.discovery.via)
        yield from self._go_on(story, capture, request.cb_kwargs["depth"])

    def listing_failed(self, failure: TwistedFailure) -> Output:
        """No answer for an index or front page. Beyond the last page that is linked, none is the end of the day."""
        request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        walk = request.cb_kwargs.get("walk")
        if walk and not walk.promised and reason_of(failure.value)[0] == "HttpStatus 404":
            self._count("days/done")
        else:
            yield request_failure(failure, request.cb_kwargs["via"])

    def _go_on(self, story: Story, capture: Capture, depth: int) -> Output:
        """Asks for the story's next page, or loads it and follows the links to its neighbours."""
        if self.arguments.limit is not None and self.loaded >= self.arguments.limit:
            raise CloseSpider("limit")
        number = story.next_page()
        if number is not None:
            yield Request(
                page_url(story.front.document.url, number),
                self.parse_page,
                errback=self.page_failed,
                cb_kwargs={"story": story, "capture": capture, "depth": depth, "asked": number},
                dont_filter=True,  # asked for once a story; dropping it would drop the story
            )
            return
        try:
            article = load_article(story, capture)
        except OtherSection:
            self._count("passed_over/other_section")
            return
        except PageError as error:
            yield story_failure(story.front.document.url, error, capture.discovery.via)
            return
        self.loaded += 1
        self._count_reading(story, article)
        yield article
        yield from self._neighbours(story, depth)

    def _neighbours(self, story: Story, depth: int) -> Output:
        """The boxes of newer and older stories, as far as the depth allows; stories of this section only."""
        if depth >= self.arguments.latest_depth or self.arguments.archive or self.arguments.urls:
            return
        page = story.front
        for via, entries in (("latest", page.latest()), ("older", page.older())):
            yield from self._article_requests([entry.url for entry in entries], Discovery(via, page.address), depth + 1)

    def _index_request(self, walk: IndexWalk) -> Request:
        return Request(
            index_url(walk.site, walk.day, walk.page),
            self.parse_index,
            errback=self.listing_failed,
            cb_kwargs={"via": "index", "walk": walk},
            dont_filter=True,
        )

    def _article_requests(self, links: Iterable[str], discovery: Discovery, depth: int) -> Iterator[Request]:
        for url in story_urls(links):
            yield self._article_request(url, discovery, depth)

    def _article_request(self, url: str, discovery: Discovery, depth: int = 0) -> Request:
        """One page with everything is asked for first: most stories are divided into pages otherwise."""
        return Request(
            page_url(url, ALL_PAGES),
            self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"discovery": discovery, "depth": depth},
        )

    @staticmethod
    def _document(response: Response) -> Document:
        """
        :raises PageError: the answer is no page to be read.
        """
        refuse_blocked(response.url, response.status, response.body)
        content_type = response.headers.get("Content-Type") or b""
        return Document(response.url, response.body, content_type.decode("latin-1"))

    @staticmethod
    def _capture(response: Response, discovery: Discovery) -> Capture:
        """When the bytes came and where they lie: the archive says so, else now and nowhere."""
        nowhere = (datetime.now(UTC).replace(microsecond=0), Provenance(None, None, None, None, PARSER_VERSION))
        fetched_at, provenance = response.meta.get(CAPTURED, nowhere)
        return Capture(fetched_at, provenance, discovery)

    def _count_reading(self, story: Story, article: Article) -> None:
        """What was read and what cleaning took away, by rule."""
        self._count(f"layout/{article.layout}")
        for page in story.pages.values():
            for removal in page.body.removed:
                self._count(f"cleaning/{removal.rule}")

    def _count(self, name: str, count: int = 1) -> None:
        self.crawler.stats.inc_value(f"kompas/{name}", count)
