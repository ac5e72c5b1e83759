"""Download handler: over all workers the site is asked one thing at a time, and no faster than by one of them."""

import asyncio
import math
from collections.abc import Callable
from typing import Final

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.misc import build_from_crawler, load_object

from crawler.distributed.membership import Membership
from crawler.errors import FrontierLost
from crawler.extensions.brake import is_ending
from crawler.middlewares.one_site import SITE
from crawler.middlewares.retry_after import rest_asked

_NAP: Final = 0.25
"""Seconds after which a waiting worker looks whether the run is ending."""


class NotItsTurn(Exception):
    """The run ended before the request's turn came."""


class PacedHandler(BaseDownloadHandler):
    """Waits for this worker's turn, which Scrapy's own delay of this worker, AutoThrottle's and robots.txt's, follows.

    With a delay of 0 nobody is polite to anybody, and no turns are kept. Reads `KOMPAS_BACKOFF`.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.member = Membership.of(crawler)
        self.backoff = crawler.settings.getfloat("KOMPAS_BACKOFF")
        inner = load_object(crawler.settings.getdict("DOWNLOAD_HANDLERS_BASE")["https"])
        self.inner: BaseDownloadHandler = build_from_crawler(inner, crawler)

    async def download_request(self, request: Request) -> Response:
        """
        :raises NotItsTurn: see there.
        """
        if not self._delay():
            return await self.inner.download_request(request)
        frontier = self.member.frontier
        try:
            while wait := frontier.turn(self._delay()):
                if is_ending(self.crawler) or wait == math.inf:
                    raise NotItsTurn
                await asyncio.sleep(min(wait, _NAP))
        except FrontierLost as error:
            self.member.give_up(error)
            raise NotItsTurn from error
        try:
            response: Response = await self.inner.download_request(request)
        finally:
            self._after(frontier.yield_turn)
        if seconds := rest_asked(request, response, self.backoff):
            self._after(lambda: frontier.rest(seconds))
        return response

    async def close(self) -> None:
        await self.inner.close()

    def _delay(self) -> float:
        """Seconds that this worker would keep between its own requests."""
        assert self.crawler.engine is not None, "the run is on"
        slot = self.crawler.engine.downloader.slots.get(SITE)
        return slot.delay if slot else 0.0

    def _after(self, tell: Callable[[], None]) -> None:
        """The answer is here: that Redis is not ends the run, but does not lose it."""
        try:
            tell()
        except FrontierLost as error:
            self.member.give_up(error)


class LeftToOthers:
    """Downloader middleware: a request that never went out goes back into the frontier, and is no failure."""

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        return request.replace(dont_filter=True) if isinstance(exception, NotItsTurn) else None
