"""A file at an http(s) address, read as one stream. Needs fsspec and aiohttp: imported only for such an address."""

import io
import os
import re
import time
from contextlib import closing
from http import HTTPStatus
from typing import Any, Final

import aiohttp
import fsspec

from crawler import __version__
from crawler.archive.window import reason_of
from crawler.errors import SourceFailed

WAITS: Final = (0.5, 2.0)
"""Seconds to wait before a failed request is sent again: two retries."""
CONNECT_WITHIN: Final = 30.0
"""Seconds to wait for a connection."""
SILENCE: Final = 60.0
"""Seconds to wait for the next byte. The whole transfer may take any time."""
HELD: Final = 1 << 23
"""Bytes behind the current position that are kept in memory at least: a look back costs no request."""
FIRST_BLOCK: Final = 1 << 17
"""Bytes of the first request after a jump: the packed record of a page of this site has 30 to 60 KB."""
LARGEST_BLOCK: Final = 1 << 23
_CHUNK: Final = 1 << 17
_ERRORS: Final = (aiohttp.ClientError, OSError, TimeoutError)
_CONTENT_RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class HttpFile(io.RawIOBase):
    """Reads from the start with a single request, and elsewhere in blocks by `Range`.

    A server that ignores `Range` sends the file from its start; what lies before the position is skipped. A request
    that fails, and a connection that is cut, are tried again at the same position (`WAITS`).
    """

    def __init__(self, address: str) -> None:
        """No request is sent before the first read."""
        self.size: int | None = None
        """Bytes; None until the server has said it, or the end was read."""
        self.has_ranges = False
        """The server says that it answers `Range`; known after the first read."""
        self._address = address
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_WITHIN, sock_read=SILENCE)
        headers = {"User-Agent": f"kompas_global/{__version__}", "Accept-Encoding": "identity"}
        options: dict[str, Any] = {"timeout": timeout, "headers": headers, "auto_decompress": False, "trust_env": True}
        options["raise_for_status"] = True  # by aiohttp, which lets go of the connection then; fsspec does not
        self._filesystem = fsspec.filesystem("http", client_kwargs=options)
        self._stream: Any = None  # fsspec's HTTPStreamFile: gives the bytes behind those that are held
        self._held, self._begin = bytearray(), 0
        self._at = 0
        self._block = FIRST_BLOCK

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position; nothing is requested. The end is known once it was read, or the server has said it."""
        end = self._end if self.size is None else self.size
        self._at = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: end}[whence] + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes, with retries.

        :raises SourceFailed: the file cannot be read here, with the retries.
        """
        is_held = self._begin <= self._at < self._end
        if not is_held and (self.size is None or self._at < self.size):
            self._fetch()
        position = self._at - self._begin
        data = self._held[position : position + len(buffer)] if position >= 0 else b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._drop()
        super().close()

    @property
    def _end(self) -> int:
        return self._begin + len(self._held)

    def _fetch(self) -> None:
        """Hold the bytes from the current position on, as many as come at once; none at the end of the file."""
        for wait in (*WAITS, None):
            try:
                self._receive()
            except _ERRORS as error:
                self._drop()
                if self._at < self._end:  # a part of a block came
                    return
                if wait is None or not _passes(error):
                    raise SourceFailed(self._address, self._reason(error)) from error
                time.sleep(wait)
            else:
                return

    def _receive(self) -> None:
        if self._stream is None or self._at != self._end:
            self._drop()
            if self._at == self._end == 0:
                self._open_whole()
            else:
                self._request_block()
        while self._stream is not None and self._end <= self._at:
            data = self._stream.read(_CHUNK)
            self._hold(data)
            if not data:
                self._drop()
                self.size = self._end

    def _open_whole(self) -> None:
        self._stream = self._request()
        headers = self._stream.r.headers
        self.has_ranges = headers.get("Accept-Ranges", "").lower() == "bytes"
        if "Content-Length" in headers:
            self.size = int(headers["Content-Length"])

    def _request_block(self) -> None:
        """Request the bytes at the current position: twice as many as the last time where they follow those held."""
        if self._at != self._end:
            self._held, self._begin, self._block = bytearray(), self._at, FIRST_BLOCK
        try:
            answer = self._request(Range=f"bytes={self._at}-{self._at + self._block - 1}")
        except aiohttp.ClientResponseError as error:
            if error.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:  # behind the end
                return
            raise
        if answer.r.status != HTTPStatus.PARTIAL_CONTENT:
            self._stream = answer
            self._held, self._begin = bytearray(), 0
            return
        with closing(answer):
            stated = _CONTENT_RANGE.match(answer.r.headers.get("Content-Range", ""))
            if stated is None or int(stated[1]) != self._at:
                raise OSError(f"the server answers with another range than byte {self._at}")
            if stated[2] != "*":
                self.size = int(stated[2])
            while data := answer.read(_CHUNK):
                self._hold(data)
        self._block = min(2 * self._block, LARGEST_BLOCK)

    def _request(self, **headers: str) -> Any:
        # block_size=0 asks for one plain stream; a size, of which no use is made then, spares a HEAD request
        return self._filesystem.open(self._address, "rb", block_size=0, size=1, headers=headers)

    def _hold(self, data: bytes) -> None:
        self._held += data
        if len(self._held) > 2 * HELD:
            surplus = min(len(self._held) - HELD, self._at - self._begin)
            del self._held[:surplus]
            self._begin += surplus

    def _drop(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _reason(self, error: Exception) -> str:
        if isinstance(error, aiohttp.ClientResponseError):
            return f"{error.status} {error.message}"
        if isinstance(error, aiohttp.ClientPayloadError):
            return f"the connection was cut at byte {self._end}" + (f" of {self.size}" if self.size else "")
        if isinstance(error, TimeoutError):
            return "the server does not answer in time"
        if isinstance(error, aiohttp.ClientConnectorError):
            number = error.os_error.errno or 0
            return f"cannot connect: {os.strerror(number) if number > 0 else reason_of(error.os_error)}"
        return reason_of(error) if isinstance(error, OSError) else str(error) or type(error).__name__


def _passes(error: Exception) -> bool:
    """Return whether the same request may succeed a moment later."""
    if isinstance(error, aiohttp.ClientResponseError):
        return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR or error.status == HTTPStatus.TOO_MANY_REQUESTS
    return not isinstance(error, aiohttp.InvalidURL)
