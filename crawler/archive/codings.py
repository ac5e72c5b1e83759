"""Content codings of archived bodies, undone by fastwarc: other crawlers ask for more of them than ours does."""

import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any, Final

from fastwarc.stream_io import BrotliReader, GzipReader, ZstdReader

from crawler.archive.records import Captured
from crawler.errors import NotInArchive

MOST_BYTES: Final = 32 * 1024 * 1024
"""Of an unpacked page, as for the live crawl (`DOWNLOAD_MAXSIZE`); the largest seen has 0.3 MB."""

_READERS: Final[dict[str, Callable[[BytesIO], Any]]] = {
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": partial(GzipReader, zlib=True),
    "br": BrotliReader,
    "zstd": ZstdReader,
}


def plain_body(captured: Captured) -> bytes:
    """The page as it was before the server packed it; what is cut off is read as far as it goes.

    :raises NotInArchive: a coding that nobody knows, a damaged body, or one above `MOST_BYTES`.
    """
    body = captured.body
    for coding in reversed(_codings(captured)):
        if coding not in _READERS:
            raise NotInArchive(f"the archived body of {captured.url} is in the unknown coding {coding}")
        try:
            body = _READERS[coding](BytesIO(body)).read(MOST_BYTES + 1)
        except OSError as error:
            body = _bare_deflate(body) if coding == "deflate" else b""
            if not body:
                raise NotInArchive(f"the archived body of {captured.url} cannot be unpacked ({error})") from error
    if len(body) > MOST_BYTES:
        raise NotInArchive(f"the archived body of {captured.url} has more than {MOST_BYTES} bytes")
    return body


def _codings(captured: Captured) -> list[str]:
    stated = ",".join(value for name, value in captured.headers if name.lower() == "content-encoding")
    return [coding for part in stated.lower().split(",") if (coding := part.strip()) not in ("", "identity")]


def _bare_deflate(body: bytes) -> bytes:
    """Some servers leave out the zlib wrapper that the coding has by its standard."""
    try:
        return zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress(body, MOST_BYTES + 1)
    except zlib.error:
        return b""
