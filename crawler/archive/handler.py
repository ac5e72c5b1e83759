"""A download handler that serves a whole crawl from a recording of it, without the network."""

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
from crawler.arguments import arguments_of
from crawler.clock import stand_at
from crawler.errors import FailureReason, NotInArchive

CAPTURED: Final = "captured"
"""Key of `Request.meta`: the capture time and the `WarcPlace` of an archived response."""
RENDERED: Final = "rendered_of"
"""Key of `Request.meta` of a request to the browser: the `WarcPlace` of the raw response, None without an archive."""

FAILURES: Final[dict[str, type[Exception]]] = {
    FailureReason.TIMEOUT: DownloadTimeoutError,
    FailureReason.CONNECTION_FAILED: DownloadFailedError,
    FailureReason.CUT_OFF: ResponseDataLossError,
    FailureReason.TOO_LARGE: DownloadCancelledError,
}
"""Reason of a recorded failure -> the error that the live crawl met."""


def failure_name(error: BaseException) -> str:
    """Return the reason under which a recording notes that no response came."""
    known = (reason for reason, kind in FAILURES.items() if isinstance(error, kind))
    return str(next(known, FailureReason.CONNECTION_FAILED))


class ReplayDownloadHandler(BaseDownloadHandler):
    """Serves http and https from recordings.

    A repeated request gets the next recorded response of its address, at the end the last one again. An address that
    is not recorded raises `NotInArchive`, which reaches the request's errback by that name; a request that was recorded
    as failed fails in the same way. The clock of the run is that of the recording.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._scratch = TemporaryDirectory(prefix="kompas-replay-")
        self._index = RecordingIndex(expand(arguments_of(crawler).replay or ""), Path(self._scratch.name))
        self._asked: Counter[str] = Counter()
        crawler.signals.connect(self._end, signals.engine_stopped)

    async def download_request(self, request: Request) -> Response:
        conditional = "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
        await worked_off(self.crawler)
        answer = self._index.answer(request.url, self._asked[request.url], conditional=conditional)
        self._asked[request.url] += 1
        stand_at(answer.captured_at)
        if isinstance(answer, Unanswered):
            raise FAILURES.get(answer.reason, NotInArchive)(answer.detail)
        return self._response(request, answer)

    @staticmethod
    def _response(request: Request, captured: Captured) -> Response:
        request.meta[CAPTURED] = captured.captured_at, captured.place
        headers = Headers([(name.encode("latin-1"), value.encode("latin-1")) for name, value in captured.headers])
        kind = responsetypes.from_args(headers=headers, url=captured.url, body=captured.body)
        flags = ["dataloss"] if captured.truncated else []  # Scrapy's own word for a body that is not whole
        return kind(
            request.url, status=captured.status, headers=headers, body=captured.body, flags=flags, request=request
        )

    def _end(self) -> None:
        self._index.close()
        self._scratch.cleanup()
        stand_at(None)
