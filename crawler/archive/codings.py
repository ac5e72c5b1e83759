"""Undo the content codings of archived bodies. Other crawlers accept more of them than this one."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final

from fastwarc.stream_io import BrotliReader, ZstdReader

from crawler.archive.message import content_codings
from crawler.archive.records import Captured
from crawler.errors import NotInArchive

MOST_BYTES: Final = 32 * 1024 * 1024
"""Limit of an unpacked page in bytes, as for the live crawl (`DOWNLOAD_MAXSIZE`); the largest seen has 0.3 MB."""


def plain_body(captured: Captured) -> bytes:
    """Return the page as it was before the server packed it.

    :raises NotInArchive: an unknown coding, a body that is damaged or cut off, or one above `MOST_BYTES`.
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
    if len(body) > MOST_BYTES:
        raise NotInArchive(f"the archived body of {captured.url} has more than {MOST_BYTES} bytes")
    return body


def _gzip(body: bytes) -> bytes:
    """Return the concatenated gzip members; trailing bytes that are no member are padding."""
    page, rest = _inflated(body, 31)
    while rest.startswith(b"\x1f\x8b") and len(page) <= MOST_BYTES:
        more, rest = _inflated(rest, 31)
        page += more
    return page


def _deflate(body: bytes) -> bytes:
    """Return the unpacked body; some servers leave out the zlib wrapper that the standard demands."""
    try:
        return _inflated(body, zlib.MAX_WBITS)[0]
    except zlib.error:
        return _inflated(body, -zlib.MAX_WBITS)[0]


def _inflated(body: bytes, wbits: int) -> tuple[bytes, bytes]:
    """Return a page, at most one byte more than `MOST_BYTES`, and the bytes behind it.

    :raises OSError: it is cut off. fastwarc and `gzip` read it as far as it goes, or all of one that is too large.
    :raises zlib.error: it is damaged.
    """
    unpacking = zlib.decompressobj(wbits)
    page = unpacking.decompress(body, MOST_BYTES + 1)
    if not unpacking.eof and len(page) <= MOST_BYTES:
        raise OSError("it is cut off")
    return page, unpacking.unused_data


_UNPACKED: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": lambda body: bytes(BrotliReader(BytesIO(body)).read(MOST_BYTES + 1)),
    "zstd": lambda body: bytes(ZstdReader(BytesIO(body)).read(MOST_BYTES + 1)),
}
