"""Where records begin: files are divided between processes there, and read on there behind damage."""

import re
import zlib
from itertools import pairwise
from typing import IO, Final

_BLOCK: Final = 1 << 20
"""Bytes looked through at a time."""
_HEAD: Final = 512
"""Bytes of a gzip member in which its first letters can be unpacked, and by which two blocks overlap."""
_GZIP: Final = b"\x1f\x8b\x08"
_PLAIN: Final = re.compile(rb"(?<=\r\n\r\n)WARC/[01]\.\d+\r\n")
_VERSION: Final = b"WARC/"


def is_gzip(stream: IO[bytes]) -> bool:
    """The stream is at 0 again afterwards."""
    stream.seek(0)
    begins = stream.read(len(_GZIP))
    stream.seek(0)
    return begins == _GZIP


def next_record(stream: IO[bytes], position: int) -> int | None:
    """Offset of the first record that begins at `position` or later; None when there is none.

    In a gzip file a member that unpacks to the version line of a record; in a plain one a version line behind a blank
    line. A WARC inside a record of a plain one would be taken for a part of it: nobody stores such pages.
    """
    packed = is_gzip(stream)
    while True:
        start = max(0, position - 4)  # a plain record is told by the blank line before it
        stream.seek(start)
        block = stream.read(_BLOCK + _HEAD)
        if position == 0 and (packed or block.startswith(_VERSION)):
            return 0
        found = _find(block, position - start, packed)
        if found is not None:
            return start + found
        if len(block) < _BLOCK + _HEAD:
            return None
        position = start + _BLOCK


def split(size: int, part: int) -> list[tuple[int, int]]:
    """Ranges of about `part` bytes. A record belongs to the range in which it begins.

    >>> split(250, 100)
    [(0, 125), (125, 250)]
    """
    parts = max(1, size // part)
    edges = [size * number // parts for number in range(parts + 1)]
    return list(pairwise(edges))


def _find(block: bytes, position: int, packed: bool) -> int | None:
    if not packed:
        match = _PLAIN.search(block, position)
        return match.start() if match else None
    while (position := block.find(_GZIP, position)) >= 0:
        if _unpacks(block[position : position + _HEAD]):
            return position
        position += 1
    return None


def _unpacks(head: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, len(_VERSION)) == _VERSION
    except zlib.error:
        return False
