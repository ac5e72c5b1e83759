"""The HTTP response inside a record, read as leniently as other people's archives need it."""

import http.client
from codecs import BOM_UTF8
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final, NamedTuple, cast

from fastwarc.warc import WarcRecord

_LONGEST_HEADER: Final = 1 << 18
"""Sites with many cookies send more than the 32 KB that fastwarc allows."""
_AS_CHUNKED: Final = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


_NO_CODINGS: Final = frozenset(
    (
        *("", "identity", "none", "utf-8", "utf8", "iso-8859-1", "us-ascii", "ascii"),
        *("7bit", "8bit", "binary", "text", "text/html", "html"),
    )
)
"""Values of `Content-Encoding` behind which the body is not packed: servers put a charset, a media type or the transfer
encoding of a mail there."""


class Http(NamedTuple):
    """An HTTP message out of a record."""

    status: int
    headers: list[tuple[str, str]]
    """Each character stands for a byte."""
    body: bytes
    shortfall: str | None = None
    """How much of its declared length a body has; None for one that is not known to be short."""


def status_in(record: WarcRecord) -> int | None:
    """Return the HTTP status; None where the record holds no HTTP message.

    :raises OSError: the record is damaged.
    """
    record.is_http = True  # some tools state another media type than `application/http`, or none
    record.parse_http(quirks_mode=True, max_header_len=_LONGEST_HEADER)
    message = record.http_headers
    return message.status_code if message is not None else None


def response_in(record: WarcRecord) -> Http | None:
    """Return the response with its chunks joined; None where the record holds no HTTP message.

    :raises OSError: the record is damaged.
    """
    status = status_in(record)
    if status is None:
        return None
    lines = record.http_headers.items_bytes()
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in lines]
    body = record.reader.read()
    transfer = ",".join(value for name, value in headers if name.lower() == "transfer-encoding").lower()
    if "chunked" in transfer:
        body = _unchunked(body)
    if "gzip" in transfer:
        headers.append(("Content-Encoding", "gzip"))  # undone like a content coding
    return Http(status, _true_headers(headers, body), body, _shortfall(headers, body))


def content_codings(stated: Iterable[str]) -> tuple[str, ...]:
    """Return the codings that `Content-Encoding` headers name, in lower case and in the order of their application.

    >>> content_codings(["GZIP, identity"]), content_codings(["utf-8"])
    (('gzip',), ())
    """
    parts = (part.strip() for value in stated for part in value.lower().split(","))
    return tuple(part for part in parts if part not in _NO_CODINGS)


def _true_headers(stated: list[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    """Return the headers that hold for the body as it is read here."""
    drop = {"transfer-encoding", "content-length"}
    if _is_decoded(body):
        drop.add("content-encoding")
    return [(name, value) for name, value in stated if name.lower() not in drop]


def _is_decoded(body: bytes) -> bool:
    """Some archives keep decoded bodies under the header of the encoded ones; that header would garble them."""
    return body.removeprefix(BOM_UTF8).lstrip()[:1] == b"<"


def _shortfall(stated: list[tuple[str, str]], body: bytes) -> str | None:
    """Return "<n> of <m> bytes" for a body shorter than its `Content-Length`; None where that counts other bytes.

    The length of a chunked body is not declared, and that of a decoded one is the length before decoding.
    """
    fields = {name.lower(): value.strip() for name, value in stated}
    is_coded = bool(content_codings([fields.get("content-encoding", "")]))
    declared = fields.get("content-length", "")
    if "transfer-encoding" in fields or not (declared.isascii() and declared.isdigit()):
        return None
    if is_coded and _is_decoded(body):
        return None
    return f"{len(body)} of {declared} bytes" if len(body) < int(declared) else None


def _unchunked(body: bytes) -> bytes:
    """Return the joined chunks, or the body as it is: many tools keep the header and join the chunks themselves.

    :raises OSError: the body ends before its last chunk.
    """
    response = http.client.HTTPResponse(cast("Any", _Connection(_AS_CHUNKED + body)))
    response.begin()
    try:
        return response.read()
    except http.client.IncompleteRead as error:
        if error.partial:
            raise OSError(f"the chunked body ends after {len(error.partial)} bytes") from error
    except OverflowError:  # hexadecimal letters that are no length
        pass
    return body


class _Connection:
    """The part of a socket that `http.client` uses."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def makefile(self, mode: str) -> BytesIO:
        return BytesIO(self._content)
