"""Spider middleware: what was seen is in the ledger before anything that follows from it is asked for."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.ledger_facts import Exclusion, IndexPage, Links


class KeepLedger:
    """Writes facts as they leave the spider; pipelines would take them up later than the requests behind them.

    What errbacks say does not pass here (Scrapy has it so) and is left to the pipelines, as a `Visit` always is.
    A store that cannot write ends the run.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ledger = OpenStore.of(crawler).ledger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "KeepLedger":
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        try:
            async for output in result:
                if isinstance(output, IndexPage | Links | Exclusion):
                    self.ledger.keep(output)
                else:
                    yield output
        except UnusableStore as error:
            OpenStore.give_up(self.crawler, error)
