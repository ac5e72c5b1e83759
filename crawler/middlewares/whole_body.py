"""Downloader middleware: a body that was cut off is requested again, and never read."""

import zlib
from gzip import GzipFile
from http import HTTPStatus
from io import BytesIO
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Response

from crawler.archive.message import content_codings
from crawler.arguments import Mode, arguments_of
from crawler.kompas.response import ENDING, is_closed

_ASKED_FOR: Final = (("gzip",), ("x-gzip",))
_CHUNK: Final = 65536
_PAGES: Final = (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION, HTTPStatus.PARTIAL_CONTENT)
"""Statuses under which a body may be taken for a page. Of all others, of challenges (202) too, the status counts."""


class CutOffDownload(ResponseDataLossError):
    """A response came, with a status, but not all of its body."""

    def __init__(self, message: str, response: Response) -> None:
        super().__init__(message)
        self.response = response


class WholeBody:
    """Accept gzip only, whose end and checksum can be verified, and verify both; an HTML page must be closed too.

    Scrapy reads what it can of a cut stream, in any encoding, without an error; a Content-Length that is too small
    leaves no other trace than a page without an end.

    Counts `kompas/whole_body/cut_off` and `kompas/whole_body/not_asked_for`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self.live = arguments_of(crawler).mode is Mode.LIVE
        self.retries = crawler.settings.getbool("RETRY_ENABLED")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "WholeBody":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Request gzip."""
        request.headers["Accept-Encoding"] = b"gzip"

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Pass a whole response on, and request one that was cut off again.

        :raises CutOffDownload: the last retry got a part, too.
        :raises IgnoreRequest: an encoding that the request did not accept, whose end is not verified.
        """
        if not response.body:
            return response
        if response.status not in _PAGES:
            return _with_readable_body(response, self.largest)
        codings = _codings(response)
        if codings and codings not in _ASKED_FOR:
            return self._accept_recorded(response, codings)
        try:
            ending = _unpacked_ending(response.body, self.largest) if codings else response.body
        except (OSError, EOFError, zlib.error) as error:
            return self._again(request, response, f"answered with a broken gzip body ({error})")
        if ending is not None and _must_close(response) and not is_closed(ending):
            return self._again(request, response, "ends before its HTML does")
        return response

    def _accept_recorded(self, response: Response, codings: tuple[str, ...]) -> Response:
        """Return a recorded response: its own crawler may have accepted any encoding. Refuse a live one."""
        if not self.live:
            return response
        self.crawler.stats.inc_value("kompas/whole_body/not_asked_for")
        raise IgnoreRequest(f"content encoding {', '.join(codings)} was not requested: {response.url}")

    def _again(self, request: Request, response: Response, fault: str) -> Request:
        """Return the request to repeat. Scrapy's retry middleware does not see faults that another middleware finds."""
        self.crawler.stats.inc_value("kompas/whole_body/cut_off")
        error = CutOffDownload(f"{response.url} {fault}", response)
        spider = self.crawler.spider
        if self.retries and spider is not None and (again := get_retry_request(request, spider=spider, reason=error)):
            return again
        raise error


def _must_close(response: Response) -> bool:
    return b"html" in (response.headers.get("Content-Type") or b"").lower()


def _codings(response: Response) -> tuple[str, ...]:
    return content_codings(value.decode("latin-1") for value in response.headers.getlist("Content-Encoding"))


def _unpacked_ending(body: bytes, largest: int) -> bytes | None:
    """Return the last bytes of a gzip body that is read to its end; None for one above the limit, left to Scrapy.

    :raises OSError: a wrong checksum or length, or no gzip at all.
    :raises EOFError: the stream ends too early.
    :raises zlib.error: a damaged stream.
    """
    ending, size = b"", 0
    with GzipFile(fileobj=BytesIO(body)) as packed:
        while chunk := packed.read1(_CHUNK):
            size += len(chunk)
            if largest and size > largest:
                return None
            ending = (ending + chunk)[-ENDING:]
    return ending


def _with_readable_body(response: Response, largest: int) -> Response:
    """Return a response that is no page, without a body that Scrapy could not decode: it would lose the status."""
    codings = _codings(response)
    try:
        if not codings or (codings in _ASKED_FOR and _unpacked_ending(response.body, largest) is not None):
            return response
    except (OSError, EOFError, zlib.error):
        pass  # whatever the fault is, the body goes
    bare = response.replace(body=b"")
    del bare.headers["Content-Encoding"]
    return bare
