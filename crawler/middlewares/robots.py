"""Downloader middleware: robots.txt as RFC 9309 has it: what cannot be read forbids everything, and is kept per run."""

import asyncio
import logging
from dataclasses import dataclass
from time import monotonic
from typing import Final
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler

from crawler.clock import utc_now
from crawler.errors import Blocked, PageNotFound, UnusableStore
from crawler.extensions.brake import end_run, is_ending
from crawler.extensions.open_store import OpenStore
from crawler.kompas.pages.refusals import refuse_blocked
from crawler.middlewares.crawl_delay import CrawlDelay

logger = logging.getLogger(__name__)

ROBOTS_UNREACHABLE: Final = "robots_unreachable"
_PATH: Final = "/robots.txt"
_NO_RULES: Final = (404, 410)
"""The host has no robots.txt. Other errors are no answer to the question, or a refusal, and mean: do not crawl."""
_GOOD_FOR: Final = 24 * 60 * 60.0
"""Seconds after which a long run asks again (RFC 9309, 2.4)."""


@dataclass(frozen=True)
class Unreadable:
    """In place of a host's rules."""

    why: str


@dataclass(frozen=True)
class _Asked:
    rules: asyncio.Future[RobotParser | Unreadable]
    at: float


class RobotsTxt(RobotsTxtMiddleware):
    """Takes the place of Scrapy's own, which takes a robots.txt that cannot be had for one without rules.

    Here nothing of that host is asked for, and the run ends early (`robots_unreachable`). The file goes the way of all
    requests: slot, User-Agent, waits, retries. Its `Crawl-delay` is heeded (`crawl_delay`), its text is kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._delay = CrawlDelay(crawler)
        self._asked: dict[str, _Asked] = {}

    async def process_request(self, request: Request) -> Request | None:  # type: ignore[override]  # Scrapy's: None
        """
        :raises IgnoreRequest: a rule forbids it, or the rules are not known; `spiders.failures` knows both by name.
        """
        if _is_robots(request):
            if is_ending(self.crawler):
                raise IgnoreRequest("the run ends")
            return None
        rules = None if is_ending(self.crawler) else await self._rules(request)
        if rules is None or is_ending(self.crawler):  # back into the queue, which is not asked any more: not a failure
            return request.replace(dont_filter=True)
        if isinstance(rules, Unreadable):
            end_run(self.crawler, ROBOTS_UNREACHABLE, rules.why)
            raise IgnoreRequest(rules.why)
        self.process_request_2(rules, request)
        return None

    async def ask(self, url: str) -> None:
        """Learns the rules of an address's host, for `known_to_allow`."""
        await self._rules(Request(url))

    def known_to_allow(self, url: str) -> bool:
        """For who asks past the downloader, and while it waits for that: not for a host whose rules are not known."""
        asked = self._asked.get(urlsplit(url).netloc)
        if asked is None or not asked.rules.done() or asked.rules.cancelled():
            return False
        rules = asked.rules.result()
        if isinstance(rules, Unreadable):
            return False
        return rules.allowed(url, self._robotstxt_useragent or self._default_useragent)

    async def _rules(self, request: Request) -> RobotParser | Unreadable:
        """Of the request's host; asked for once a day, also where several requests wait for them."""
        host = urlsplit(request.url).netloc
        asked = self._asked.get(host)
        if asked is None or monotonic() - asked.at > _GOOD_FOR:
            asked = self._asked[host] = _Asked(asyncio.ensure_future(self._ask(host, request)), monotonic())
        return await asked.rules

    async def _ask(self, host: str, request: Request) -> RobotParser | Unreadable:
        assert self.crawler.engine is not None, "the run is on"
        robots = Request(urljoin(request.url, _PATH), callback=NO_CALLBACK, priority=self.DOWNLOAD_PRIORITY)
        download = asyncio.ensure_future(self.crawler.engine.download_async(robots))
        await asyncio.wait((download,))
        error = download.exception()  # any: whatever it is, there is no answer
        if error is not None:
            if not is_ending(self.crawler):  # else it was not asked to the end
                self._keep(host, None, "")
            detail = " ".join(str(error).split())
            return Unreadable(f"robots.txt of {host} is unreachable ({type(error).__name__}: {detail})")
        return await self._read(host, request, download.result())

    async def _read(self, host: str, request: Request, response: Response) -> RobotParser | Unreadable:
        self._keep(host, response.status, response.body.decode(errors="replace"))
        try:
            rules = _rules_in(response)
        except Blocked as blocked:
            return Unreadable(f"robots.txt of {host} is unreachable: {blocked}")
        if rules is None:
            return Unreadable(f"robots.txt of {host} is unreachable (status {response.status})")
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, rules)
        await self.crawler.signals.send_catch_log_async(signals.robots_parsed, robotparser=parser, request=request)
        self._delay.heed(host, parser.crawl_delay(self._robotstxt_useragent or self._default_useragent))
        return parser

    def _keep(self, host: str, status: int | None, text: str) -> None:
        """What was said, as evidence; a store that cannot write ends the run, as everywhere."""
        now = utc_now()
        run = OpenStore.run_of(self.crawler)
        try:
            OpenStore.of(self.crawler).runs.keep_robots(run.id, host, status, text, now)
        except UnusableStore as error:
            OpenStore.give_up(self.crawler, error)


def _is_robots(request: Request) -> bool:
    """Nobody needs leave to ask for the rules, nor to follow where they were moved to."""
    hops: list[str] = request.meta.get("redirect_urls") or [request.url]
    return urlsplit(hops[0]).path == _PATH


def _rules_in(response: Response) -> bytes | None:
    """The rules that an answer holds; None where it does not say what they are.

    :raises Blocked: a challenge or a checkpoint stands in their place, under a good status.
    """
    if response.status in _NO_RULES:
        return b""
    try:
        refuse_blocked(response.url, response.status, response.body)
    except PageNotFound:
        return b""
    return response.body if response.status == 200 else None
