"""Downloader middleware: robots.txt by RFC 9309: an unreachable file forbids everything. Each run stores the text."""

import asyncio
import logging
import re
from dataclasses import dataclass
from time import monotonic
from typing import Final
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Headers, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler

from crawler import bounds
from crawler.clock import utc_now
from crawler.ending import end_run, is_ending
from crawler.errors import Blocked, FinishReason, PageNotFound, UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.http_headers import header_pairs
from crawler.kompas.pages.refusals import refuse_blocked
from crawler.middlewares.crawl_delay import CrawlDelay

logger = logging.getLogger(__name__)

_PATH: Final = "/robots.txt"
_NO_RULES: Final = (404, 410)
"""Statuses of a host without robots.txt. Any other error leaves the rules unknown, or is a refusal: do not crawl."""
_BYTES_LEFT: Final = "robots_bytes_left"
"""Key of `Request.meta`: bytes of a robots.txt that are still wanted; None for a packed one, which is read whole."""
_GOOD_FOR: Final = 24 * 60 * 60.0
"""Seconds after which a long run requests the file again (RFC 9309, 2.4)."""

_USER_AGENT: Final = re.compile(rb"(?im)^([ \t]*user-?agent[ \t]*:[ \t]*[a-z_-]+)[^\r\n]*")
"""A line that names a crawler. What follows the name, as a version does, is no part of it (RFC 9309, 2.2.1)."""


@dataclass(frozen=True)
class Unreadable:
    """Stands in place of the rules of a host that cannot be read."""

    why: str


@dataclass(frozen=True)
class _Asked:
    rules: asyncio.Future[RobotParser | Unreadable]
    at: float


class RobotsTxt(RobotsTxtMiddleware):
    """Replaces Scrapy's own, which crawls a host whose robots.txt cannot be read.

    Here nothing of that host is requested, and the run ends early (`robots_unreachable`), unless a redirect led to that
    host: the page that redirects then costs its own request only. The request for the file
    takes the way of all requests: slot, User-Agent, waits, retries. Its `Crawl-delay` is respected (`crawl_delay`),
    its text is stored.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._delay = CrawlDelay(crawler)
        crawler.signals.connect(self.note_headers, signals.headers_received)
        crawler.signals.connect(self.stop_long, signals.bytes_received)
        self._asked: dict[str, _Asked] = {}

    async def process_request(self, request: Request) -> Request | None:  # type: ignore[override]  # Scrapy's: None
        """Let a request pass that the rules of its host allow.

        :raises IgnoreRequest: a rule forbids it, or the rules are unknown; `spiders.failures` has a reason for both.
        """
        if _is_robots(request):
            if is_ending(self.crawler):
                raise IgnoreRequest("the run ends")
            return None
        rules = None if is_ending(self.crawler) else await self._rules(request)
        if rules is None or is_ending(self.crawler):  # back into the queue, for the next run: not a failure
            return request.replace()
        if isinstance(rules, Unreadable):
            if not _led_to_another_host(request):
                end_run(self.crawler, FinishReason.ROBOTS_UNREACHABLE, rules.why)
            raise IgnoreRequest(rules.why)
        self.process_request_2(rules, request)
        return None

    def note_headers(self, headers: Headers, request: Request) -> None:
        """Note whether the body of a robots.txt is packed, so that a part of it would not be readable."""
        if _is_robots(request):
            request.meta[_BYTES_LEFT] = None if headers.get("Content-Encoding") else bounds.ROBOTS_BYTES

    def stop_long(self, data: bytes, request: Request) -> None:
        """End the download of a robots.txt of which enough was received.

        :raises StopDownload: to Scrapy, which takes what was received for the response.
        """
        left = request.meta.get(_BYTES_LEFT)
        if left is not None:
            request.meta[_BYTES_LEFT] = left - len(data)
            if left <= len(data):
                raise StopDownload(fail=False)

    async def ask(self, url: str) -> None:
        """Request the rules of an address's host, for `known_to_allow`."""
        await self._rules(Request(url))

    def known_to_allow(self, url: str) -> bool:
        """Return whether known rules allow an address; False for a host whose rules were not requested yet.

        For requests that do not pass the downloader: those of a page's own scripts.
        """
        asked = self._asked.get(urlsplit(url).netloc)
        if asked is None or not asked.rules.done() or asked.rules.cancelled():
            return False
        rules = asked.rules.result()
        if isinstance(rules, Unreadable):
            return False
        return rules.allowed(url, self._robotstxt_useragent or self._default_useragent)

    async def _rules(self, request: Request) -> RobotParser | Unreadable:
        """Return the rules of the request's host, which are requested once a day for all requests that need them."""
        host = urlsplit(request.url).netloc
        asked = self._asked.get(host)
        if asked is None or monotonic() - asked.at > _GOOD_FOR:
            asked = self._asked[host] = _Asked(asyncio.ensure_future(self._ask(host, request)), monotonic())
        return await asked.rules

    async def _ask(self, host: str, request: Request) -> RobotParser | Unreadable:
        assert self.crawler.engine is not None, "the run is on"
        robots = Request(
            urljoin(request.url, _PATH),
            callback=NO_CALLBACK,
            priority=self.DOWNLOAD_PRIORITY,
            meta={"download_maxsize": bounds.ROBOTS_DOWNLOAD},
        )
        download = asyncio.ensure_future(self.crawler.engine.download_async(robots))
        await asyncio.wait((download,))
        error = download.exception()  # of any kind: there is no response
        if error is not None:
            if not is_ending(self.crawler):  # else the request may have been cancelled
                self._keep(host, None, "")
            detail = " ".join(str(error).split())
            return Unreadable(f"robots.txt of {host} is unreachable ({detail or type(error).__name__})")
        return await self._read(host, request, download.result())

    async def _read(self, host: str, request: Request, response: Response) -> RobotParser | Unreadable:
        response = response.replace(body=response.body[: bounds.ROBOTS_BYTES])
        self._keep(host, response.status, response.body.decode(errors="replace"))
        try:
            rules = _rules_in(response)
        except Blocked as blocked:
            return Unreadable(f"robots.txt of {host} is unreachable: {blocked}")
        if rules is None:
            return Unreadable(f"robots.txt of {host} is unreachable (status {response.status})")
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, _USER_AGENT.sub(rb"\1", rules))
        await self.crawler.signals.send_catch_log_async(signals.robots_parsed, robotparser=parser, request=request)
        self._delay.heed(host, parser.crawl_delay(self._robotstxt_useragent or self._default_useragent))
        return parser

    def _keep(self, host: str, status: int | None, text: str) -> None:
        """Store what the host said, as evidence; an unusable store ends the run."""
        now = utc_now()
        run = OpenStore.run_of(self.crawler)
        try:
            OpenStore.of(self.crawler).runs.keep_robots(run.id, host, status, text, now)
        except UnusableStore as error:
            OpenStore.give_up(self.crawler, error)


def _is_robots(request: Request) -> bool:
    """Return whether a request is for robots.txt, which is always allowed, or follows a redirect from it."""
    hops: list[str] = request.meta.get("redirect_urls") or [request.url]
    return urlsplit(hops[0]).path == _PATH


def _led_to_another_host(request: Request) -> bool:
    """Return whether a redirect led from one host to another."""
    hops: list[str] = request.meta.get("redirect_urls") or [request.url]
    return urlsplit(hops[0]).netloc != urlsplit(request.url).netloc


def _rules_in(response: Response) -> bytes | None:
    """Return the rules in a response; None if it does not hold any.

    :raises Blocked: the response is a challenge or a checkpoint with a good status.
    """
    if response.status in _NO_RULES:
        return b""
    try:
        refuse_blocked(response.url, response.status, response.body, header_pairs(response.headers))
    except PageNotFound:
        return b""
    return response.body if response.status == 200 else None
