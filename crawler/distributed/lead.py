"""Spider middleware: one worker at a time says where the crawl begins; when it dies, the next one goes on there."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

from scrapy.crawler import Crawler

from crawler.distributed.membership import Membership
from crawler.distributed.pool import serve
from crawler.errors import FrontierLost
from crawler.extensions.brake import is_ending

_LOOK: Final = 0.5
"""Seconds between two looks at who leads."""


class Lead:
    """Between the engine and `IndexDays`, which lets a day through when nothing of the one before is left anywhere."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.member = Membership.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Lead":
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        try:
            if await self._leads():
                async for output in start:
                    yield output
                if not is_ending(self.crawler):
                    self.member.frontier.started()
        except FrontierLost as error:
            self.member.give_up(error)

    async def _leads(self) -> bool:
        """Waits until this worker leads, or need not; of an archive, it does its share meanwhile."""
        share = asyncio.ensure_future(serve(self.crawler)) if self.crawler.settings["KOMPAS_ARCHIVE"] else None
        try:
            while not (leads := self.member.frontier.leads()):
                if leads is None or is_ending(self.crawler):
                    return False
                if share and share.done():
                    share.result()
                await asyncio.sleep(_LOOK)
            return True
        finally:
            if share:
                share.cancel()
