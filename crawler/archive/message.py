"""The HTTP response inside a record, read as leniently as other people's archives need it."""

import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterable
from typing import Final, NamedTuple

from fastwarc.warc import WarcRecord

from crawler import bounds

_LINE_END: Final = b"\r\n"
_LONGEST_CHUNK_LINE: Final = 1024
"""Bytes of the line above a chunk: a length, and extensions that nothing reads."""
_CHUNK_SIZE: Final = re.compile(rb"[0-9A-Fa-f]{1,15}")
_LENGTH: Final = re.compile(r"[0-9]{1,18}")
_BEGINNING: Final = 512
"""Bytes that distinguish text from a packed body: gzip and zlib show in the first two."""
_NO_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")

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
    """A character for a byte (latin-1), so that a replay gives the bytes that came."""
    body: bytes
    shortfall: str | None = None
    """How much of its declared length a body has; None for one that is not known to be short."""


def status_in(record: WarcRecord) -> int | None:
    """Return the HTTP status; None where the record holds no HTTP message.

    :raises OSError: the record is damaged.
    """
    record.is_http = True  # some tools state another media type than `application/http`, or none
    record.parse_http(quirks_mode=True, max_header_len=bounds.HTTP_HEADERS)
    message = record.http_headers
    return message.status_code if message is not None else None


def response_in(record: WarcRecord) -> Http | None:
    """Return the response with its chunks joined; None where the record holds no HTTP message.

    :raises OSError: the record is damaged.
    """
    status = status_in(record)
    if status is None:
        return None
    stated = record.http_headers.items_bytes()
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in stated]
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
    """Return whether a body is a page already, whatever coding its headers name: some archives keep decoded bodies.

    Those headers would garble it. It begins with a tag, perhaps behind a byte order mark, or with words of the server.
    """
    if body.removeprefix(BOM_UTF8).lstrip()[:1] == b"<":
        return True
    try:
        text = getincrementaldecoder("utf-8")().decode(body[:_BEGINNING])
    except UnicodeDecodeError:
        return False
    return b"<" in body and _NO_TEXT.search(text) is None


def _shortfall(stated: list[tuple[str, str]], body: bytes) -> str | None:
    """Return "<n> of <m> bytes" for a body shorter than its `Content-Length`; None where that counts other bytes.

    The length of a chunked body is not declared, and that of a decoded one is the length before decoding.
    """
    fields = {name.lower(): value.strip() for name, value in stated}
    is_coded = bool(content_codings([fields.get("content-encoding", "")]))
    declared = fields.get("content-length", "")
    if "transfer-encoding" in fields or not _LENGTH.fullmatch(declared):
        return None
    if is_coded and _is_decoded(body):
        return None
    return f"{len(body)} of {declared} bytes" if len(body) < int(declared) else None


def _unchunked(body: bytes) -> bytes:
    """Return the joined chunks, or the body as it is: many tools keep the header and join the chunks themselves.

    :raises OSError: the body ends before its last chunk.
    """
    joined, at, begun = bytearray(), 0, False
    while (size := _chunk_size(body, at)) is not None:
        if size == 0:
            return bytes(joined)
        start = body.index(b"\n", at) + 1
        chunk = body[start : start + size]
        if len(chunk) < size:
            break
        joined += chunk
        at, begun = start + size + len(_LINE_END), True
    if begun:
        raise OSError(f"the chunked body ends after {len(joined)} bytes")
    return body


def _chunk_size(body: bytes, at: int) -> int | None:
    """Return the length that the line at a position states; None where no chunk begins."""
    end = body.find(b"\n", at, at + _LONGEST_CHUNK_LINE)
    stated = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
    return int(stated, 16) if _CHUNK_SIZE.fullmatch(stated) else None
