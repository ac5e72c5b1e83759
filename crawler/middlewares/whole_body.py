"""Downloader middleware: half a page is not a page. What was cut off on its way is asked for again, and never read."""

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

from crawler.archive.addon import is_live

_ASKED_FOR: Final = ((b"gzip",), (b"x-gzip",))
_CHUNK: Final = 65536
_ENDING: Final = 16384
"""Bytes in which an HTML page must close: all pages seen do so in the last 23, but a script may follow it one day."""


class CutOff(ResponseDataLossError):
    """An answer came, with a status, but not all of its body."""

    def __init__(self, message: str, response: Response) -> None:
        super().__init__(message)
        self.response = response


class WholeBody:
    """Asks for gzip only, whose end and checksum can be verified, and verifies both; an HTML page must be closed too.

    Scrapy reads what it can of a cut stream, in any encoding, and says nothing; a Content-Length that is too small
    leaves no other trace than a page without an end. Only pages (status 200) are held to it: of all other answers, of
    challenges (202) too, the status is what counts.

    Counts `kompas/whole_body/cut_off` and `kompas/whole_body/not_asked_for`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self.live = is_live(crawler.settings)
        self.retries = crawler.settings.getbool("RETRY_ENABLED")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "WholeBody":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        request.headers["Accept-Encoding"] = b"gzip"

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """
        :raises CutOff: also the last retry got a part only.
        :raises IgnoreRequest: an encoding that was not asked for, whose end nobody would verify.
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
        """A recording holds what its own crawler asked for."""
        if not self.live:
            return response
        self.crawler.stats.inc_value("kompas/whole_body/not_asked_for")
        names = b", ".join(codings).decode("latin-1")
        raise IgnoreRequest(f"content encoding {names} was not asked for: {response.url}")

    def _again(self, request: Request, fault: CutOff) -> Request:
        """Scrapy's own retry middleware never hears of what a middleware finds in an answer."""
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
    """The last bytes of a gzip body, read to its end; None where it is larger than may be, which Scrapy refuses.

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
    """An answer that is no page, bare if its body cannot be read: Scrapy stumbles over that, and loses the status."""
    codings = _codings(response)
    try:
        if not codings or (codings in _ASKED_FOR and _unpacked_ending(response.body, largest) is not None):
            return response
    except (OSError, EOFError, zlib.error):
        pass  # what is wrong with it does not matter
    bare = response.replace(body=b"")
    del bare.headers["Content-Encoding"]
    return bare
