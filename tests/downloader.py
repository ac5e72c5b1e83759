"""Scrapy's downloader, observed or slowed by a test: `-s DOWNLOADER=tests.downloader.NAME`."""

import json
import os
from pathlib import Path
from typing import Final

from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.http import Response

SENT: Final = "TEST_SENT"
"""Environment variable: the file to which `Observed` appends a line for each request."""
IMPATIENT: Final = "TEST_IMPATIENT"
"""Environment variable: parts of addresses, by spaces, for which `Impatient` waits one second only."""


class Observed(Downloader):
    """Notes for each request when it was sent, by the clock that Scrapy's delays go by.

    Requests reach the site later than they are sent, by a time that depends on the load of the machine.
    """

    async def _download(self, slot: Slot, request: Request) -> Response:  # the one place where a request leaves
        _note(request.url, slot.lastseen)
        return await super()._download(slot, request)


def _note(url: str, sent_at: float) -> None:
    with Path(os.environ[SENT]).open("a", encoding="utf-8") as file:
        file.write(json.dumps([url, sent_at]) + "\n")


class Impatient(Downloader):
    """Gives the named addresses one second; every other answer may be as late as a busy machine makes it."""

    async def _download(self, slot: Slot, request: Request) -> Response:
        if any(part in request.url for part in os.environ[IMPATIENT].split()):
            request.meta["download_timeout"] = 1
        return await super()._download(slot, request)
