"""What Scrapy alone does: downloads the same addresses, and makes nothing of them. For `benchmarks.crawl`."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy


class Bare(scrapy.Spider):
    name = "bare"

    def __init__(self, urls: str, **options: Any) -> None:
        super().__init__(**options)
        self.urls = Path(urls)

    async def start(self) -> AsyncIterator[scrapy.Request]:
        with self.urls.open(encoding="utf-8") as lines:
            for line in lines:
                yield scrapy.Request(line.strip())

    def parse(self, response: scrapy.http.Response) -> None:
        """Nothing."""
