"""Scrapy's own download handler, with a bound on the headers of a response, for which Twisted has none."""

from typing import Final

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.client import HTTPConnectionPool, ResponseFailed
from twisted.web.iweb import IRequest, IResponse

from crawler import bounds

_IN_HEADERS: Final = (STATUS, HEADER)


class EndlessHeaders(Exception):
    """The headers of a response are longer than `bounds.RESPONSE_HEADERS`."""


class BoundedHandler(HTTP11DownloadHandler):
    """Serves http and https from the network. A response with endless headers is cancelled, as one with a long body."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        bound_headers(self._pool)

    async def download_request(self, request: Request) -> Response:
        """Return the response.

        :raises DownloadCancelledError: its headers are longer than `bounds.RESPONSE_HEADERS`.
        """
        try:
            return await super().download_request(request)
        except DownloadFailedError as error:
            cause = error.__cause__
            if isinstance(cause, ResponseFailed) and any(reason.check(EndlessHeaders) for reason in cause.reasons):
                raise DownloadCancelledError(
                    f"the headers of {request.url} have more than {bounds.RESPONSE_HEADERS:,} bytes"
                ) from error
            raise


def bound_headers(pool: HTTPConnectionPool) -> None:
    """Make the connections of a pool give up a response with too many bytes of headers.

    Twisted offers no other way to choose the class of a connection; Scrapy chooses its own likewise.
    """
    pool._factory = _BoundedFactory


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that counts the bytes of a status line and headers, those of interim responses included."""

    _received = 0

    def request(self, request: IRequest) -> Deferred[IResponse]:  # type: ignore[override]
        """Send a request."""
        self._received = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Take bytes of a response."""
        if self._parser is not None and self._parser.state in _IN_HEADERS:
            self._received += len(data)
            if self._received > bounds.RESPONSE_HEADERS:
                self._giveUp(Failure(EndlessHeaders()))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> BoundedProtocol:  # noqa: N802 - Twisted's name
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
