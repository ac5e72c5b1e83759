"""Downloader middleware: a response that was cut off in transit is requested again, and never read."""

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

from crawler.arguments import Mode, arguments_of

_ASKED_FOR: Final = ((b"gzip",), (b"x-gzip",))
_CHUNK: Final = 65536
_ENDING: Final = 16384
"""Bytes at the end of an HTML page that must hold its closing tag. All pages seen close in the last 23 bytes; scripts
may follow one day."""


class CutOff(ResponseDataLossError):
    """A response came with a status, but without all of its body."""

    def __init__(self, message: str, response: Response) -> None:
        super().__init__(message)
        self.response = response


class WholeBody:
    """Requests gzip only, whose end and checksum can be verified, and verifies both; an HTML page must be closed too.

    Scrapy reads what it can of a stream that was cut off, in any encoding, without a word. A Content-Length that is too
    small leaves no other trace than a page without its end. Only pages (status 200) are verified: of any other
    response, a challenge (202) included, the status counts.

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
        """Return a whole response, or the request again.

        :raises CutOff: the last retry brought only a part, too.
        :raises IgnoreRequest: the encoding was not requested, so that its end cannot be verified.
        """
        if not response.body:
            return response
        if response.status != HTTPStatus.OK:
            return _with_readable_body(response, self.largest)
        codings = _codings(response)
        if codings and codings not in _ASKED_FOR:
            return self._accept_recorded(response, codings)
        try:
            ending = _unpacked_ending(response.body, self.largest) if codings else response.body[-_ENDING:]
        except (OSError, EOFError, zlib.error) as error:
            return self._again(request, CutOff(f"{response.url} answered with a broken gzip body ({error})", response))
        if ending is not None and _must_close(response) and b"</html" not in ending.lower():
            return self._again(request, CutOff(f"{response.url} ends before its HTML does", response))
        return response

    def _accept_recorded(self, response: Response, codings: tuple[bytes, ...]) -> Response:
        """Return the response of a recording, whose own crawler may have requested other encodings."""
        if not self.live:
            return response
        self.crawler.stats.inc_value("kompas/whole_body/not_asked_for")
        names = b", ".join(codings).decode("latin-1")
        raise IgnoreRequest(f"content encoding {names} was not asked for: {response.url}")

    def _again(self, request: Request, fault: CutOff) -> Request:
        """Return the request once more: Scrapy's Retry does not see faults that a middleware finds in a response.

        :raises CutOff: there were enough retries.
        """
        self.crawler.stats.inc_value("kompas/whole_body/cut_off")
        spider = self.crawler.spider
        if self.retries and spider is not None and (again := get_retry_request(request, spider=spider, reason=fault)):
            return again
        raise fault


def _must_close(response: Response) -> bool:
    return b"html" in (response.headers.get("Content-Type") or b"").lower()


def _codings(response: Response) -> tuple[bytes, ...]:
    stated = b",".join(response.headers.getlist("Content-Encoding")).lower().split(b",")
    return tuple(name for coding in stated if (name := coding.strip()) not in (b"", b"identity"))


def _unpacked_ending(body: bytes, largest: int) -> bytes | None:
    """Return the last bytes of a gzip body, read to its end; None if it is larger than Scrapy allows.

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
            ending = (ending + chunk)[-_ENDING:]
    return ending


def _with_readable_body(response: Response, largest: int) -> Response:
    """Return a response that is no page, without its body if that cannot be unpacked: Scrapy would lose the status."""
    codings = _codings(response)
    try:
        if not codings or (codings in _ASKED_FOR and _unpacked_ending(response.body, largest) is not None):
            return response
    except (OSError, EOFError, zlib.error):
        pass  # the fault does not matter
    bare = response.replace(body=b"")
    del bare.headers["Content-Encoding"]
    return bare
