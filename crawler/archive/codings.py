"""Undo the content codings of archived bodies. Other crawlers accept more of them than this one."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final

from fastwarc.stream_io import BrotliReader, ZstdReader

from crawler import bounds
from crawler.archive.message import content_codings
from crawler.archive.records import Captured
from crawler.errors import NotInArchive

_BLOCK: Final = 1 << 12
"""Bytes of a gzip body that are read at a time: what lies behind a member is copied."""
_GZIP_MAGIC: Final = b"\x1f\x8b"


def plain_body(captured: Captured) -> bytes:
    """Return the page as it was before the server packed it.

    One above `bounds.PAGE_BYTES` is unpacked to a byte more, and refused where pages are (`kompas.response`).

    :raises NotInArchive: an unknown coding, a body that is damaged or cut off, or one of too many gzip members.
    """
    body = captured.body
    stated = (value for name, value in captured.headers if name.lower() == "content-encoding")
    for coding in reversed(content_codings(stated)):
        if coding not in _UNPACKED:
            raise NotInArchive(f"the archived body of {captured.url} is in the unknown coding {coding}")
        try:
            body = _UNPACKED[coding](body) if body else body
        except (OSError, zlib.error) as error:
            raise NotInArchive(f"the archived body of {captured.url} cannot be unpacked ({error})") from error
    return body


def _gzip(body: bytes) -> bytes:
    """Return the concatenated gzip members; trailing bytes that are no member are padding.

    :raises OSError: it is cut off, or has more members than `bounds.GZIP_MEMBERS`.
    :raises zlib.error: it is damaged.
    """
    page, at = bytearray(), 0
    for _ in range(bounds.GZIP_MEMBERS):
        at = _take_member(body, at, page)
        if len(page) > bounds.PAGE_BYTES or not body.startswith(_GZIP_MAGIC, at):
            return bytes(page)
    raise OSError(f"it has more than {bounds.GZIP_MEMBERS} gzip members")


def _take_member(body: bytes, at: int, page: bytearray) -> int:
    """Add the member at a position to a page, at most one byte more than `bounds.PAGE_BYTES`; return where it ends.

    A member is read in blocks, because zlib copies what lies behind it.
    """
    unpacking = zlib.decompressobj(31)
    while not unpacking.eof and len(page) <= bounds.PAGE_BYTES:
        block = body[at : at + _BLOCK]
        if not block:
            raise OSError("it is cut off")
        page += unpacking.decompress(block, bounds.PAGE_BYTES + 1 - len(page))
        at += len(block) - len(unpacking.unconsumed_tail) - len(unpacking.unused_data)
    return at


def _deflate(body: bytes) -> bytes:
    """Return the unpacked body; some servers leave out the zlib wrapper that the standard demands."""
    try:
        return _inflated(body, zlib.MAX_WBITS)
    except zlib.error:
        return _inflated(body, -zlib.MAX_WBITS)


def _inflated(body: bytes, wbits: int) -> bytes:
    """Return a page, at most one byte more than `bounds.PAGE_BYTES`.

    :raises OSError: it is cut off. fastwarc and `gzip` read it as far as it goes, or all of one that is too large.
    :raises zlib.error: it is damaged.
    """
    unpacking = zlib.decompressobj(wbits)
    page = unpacking.decompress(body, bounds.PAGE_BYTES + 1)
    if not unpacking.eof and len(page) <= bounds.PAGE_BYTES:
        raise OSError("it is cut off")
    return page


_UNPACKED: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": lambda body: bytes(BrotliReader(BytesIO(body)).read(bounds.PAGE_BYTES + 1)),
    "zstd": lambda body: bytes(ZstdReader(BytesIO(body)).read(bounds.PAGE_BYTES + 1)),
}
