"""A download handler that answers a whole crawl from a recording of it: the network is never asked."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from scrapy import Request, signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.archive.files import expand
from crawler.archive.order import worked_off
from crawler.archive.recording_index import RecordingIndex, Unanswered
from crawler.archive.records import Captured
from crawler.clock import stand_at
from crawler.errors import NotInArchive

CAPTURED: Final = "captured"
"""Key of `Request.meta` under which the capture time and the `WarcPlace` of an archived answer stand."""
RENDERED: Final = "rendered_of"
"""Key under which the `WarcPlace` of the raw answer stands (None where nothing is archived) of which a browser is asked
for the rendered page."""

FAILURES: Final[dict[str, type[Exception]]] = {
    "Timeout": DownloadTimeoutError,
    "ConnectionFailed": DownloadFailedError,
    "CutOff": ResponseDataLossError,
    "TooLarge": DownloadCancelledError,
}
"""Reason of a recorded failure (see `spiders.failures`) -> the error by which the live crawl met it."""


def failure_name(error: BaseException) -> str:
    """The reason under which a recording notes that no answer came."""
    return next((name for name, kind in FAILURES.items() if isinstance(error, kind)), "ConnectionFailed")


class ReplayDownloadHandler(BaseDownloadHandler):
    """Serves http and https from recordings.

    An address that is asked for again gets its next recorded answer, at the end the last one again. What is not
    recorded raises `NotInArchive`, which reaches the request's errback by that name; a request that was recorded as
    failed fails in the same way. The clock of the run is that of the recording.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._scratch = TemporaryDirectory(prefix="kompas-replay-")
        self._index = RecordingIndex(expand(crawler.settings["KOMPAS_REPLAY"]), Path(self._scratch.name))
        self._asked: Counter[str] = Counter()
        crawler.signals.connect(self._end, signals.engine_stopped)

    async def download_request(self, request: Request) -> Response:
        conditional = "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
        await worked_off(self.crawler)
        answer = self._index.answer(request.url, self._asked[request.url], conditional=conditional)
        self._asked[request.url] += 1
        stand_at(answer.captured_at.replace(microsecond=0))
        if isinstance(answer, Unanswered):
            raise FAILURES.get(answer.reason, NotInArchive)(answer.detail)
        return self._response(request, answer)

    @staticmethod
    def _response(request: Request, captured: Captured) -> Response:
        request.meta[CAPTURED] = captured.captured_at, captured.place
        headers = Headers(captured.headers)
        kind = responsetypes.from_args(headers=headers, url=captured.url, body=captured.body)
        return kind(request.url, status=captured.status, headers=headers, body=captured.body, request=request)

    def _end(self) -> None:
        self._index.close()
        self._scratch.cleanup()
        stand_at(None)
