"""The HTTP answer inside a record, read as leniently as other people's archives need it."""

import http.client
from io import BytesIO
from typing import Any, Final, NamedTuple, cast

from fastwarc.warc import WarcRecord

_LONGEST_HEADER: Final = 1 << 18
"""Sites with many cookies send more than the 32 KB that fastwarc allows."""
_AS_CHUNKED: Final = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Http(NamedTuple):
    """An HTTP message out of a record."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def status_in(record: WarcRecord) -> int | None:
    """None where the record holds no HTTP message.

    :raises OSError: the record is damaged.
    """
    record.is_http = True  # some tools say so by another media type than `application/http`, or by none
    record.parse_http(quirks_mode=True, max_header_len=_LONGEST_HEADER)
    message = record.http_headers
    return message.status_code if message is not None else None


def response_in(record: WarcRecord) -> Http | None:
    """The answer with its chunks put together; None where the record holds no HTTP message.

    :raises OSError: the record is damaged.
    """
    status = status_in(record)
    if status is None:
        return None
    headers, body = list(record.http_headers.to_tuples()), record.reader.read()
    transfer = ",".join(value for name, value in headers if name.lower() == "transfer-encoding").lower()
    if "chunked" in transfer:
        body = _unchunked(body)
    if "gzip" in transfer:
        headers.append(("Content-Encoding", "gzip"))  # undone like one: nobody else reads the answer
    return Http(status, _true_headers(headers, body), body)


def _true_headers(stated: list[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    """Some archives keep decoded bodies under the header of the encoded ones; that header would garble them."""
    drop = {"transfer-encoding", "content-length"}
    if body.lstrip()[:1] == b"<":
        drop.add("content-encoding")
    return [(name, value) for name, value in stated if name.lower() not in drop]


def _unchunked(body: bytes) -> bytes:
    """The body of chunks; one that is not chunked as it is: many tools keep the header and put the chunks together.

    :raises OSError: it ends before its last chunk.
    """
    response = http.client.HTTPResponse(cast("Any", _Connection(_AS_CHUNKED + body)))
    response.begin()
    try:
        return response.read()
    except http.client.IncompleteRead as error:
        if error.partial:
            raise OSError(f"the chunked body ends after {len(error.partial)} bytes") from error
    except OverflowError:  # hexadecimal letters, but no length of anything
        pass
    return body


class _Connection:
    """All that `http.client` asks of a socket."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def makefile(self, mode: str) -> BytesIO:
        return BytesIO(self._content)
