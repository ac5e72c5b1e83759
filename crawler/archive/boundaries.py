"""Where records begin and end: files are divided between processes there, and read on there behind damage."""

import os
import re
import zlib
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from typing import IO, Final, NamedTuple

from fastwarc.stream_io import ZstdReader
from fastwarc.warc import ArchiveIterator

_BLOCK: Final = 1 << 20
"""Bytes looked through at a time."""
_OVERLAP: Final = 1 << 18
"""Bytes by which two blocks overlap: enough of a member to unpack its first letters, which zstd does by 128 KB."""
_HEAD: Final = 512
"""Bytes of a gzip member that give its first letters."""
_VERSION: Final = b"WARC/"
_PLAIN: Final = re.compile(rb"WARC/[01]\.\d+\r?\n(?=[A-Za-z][A-Za-z-]*:)")


def _gzip_letters(member: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(member[:_HEAD], len(_VERSION))
    except zlib.error:
        return b""


def _zstd_letters(frame: bytes) -> bytes:
    try:
        return ZstdReader(BytesIO(frame)).read(len(_VERSION))
    except OSError:
        return b""


class _Packing(NamedTuple):
    """How each record is compressed by itself."""

    magic: bytes
    letters: Callable[[bytes], bytes]
    """The first letters of what begins here; none where nothing does."""

    def find(self, block: bytes, position: int) -> int | None:
        while (position := block.find(self.magic, position)) >= 0:
            if self.letters(block[position : position + _OVERLAP]) == _VERSION:
                return position
            position += 1
        return None


_GZIP: Final = _Packing(b"\x1f\x8b\x08", _gzip_letters)
_ZSTD: Final = _Packing(b"\x28\xb5\x2f\xfd", _zstd_letters)


def next_record(stream: IO[bytes], position: int) -> int | None:
    """Offset of the first thing at `position` or later that looks like the beginning of a record; None without one.

    In a compressed file a member that unpacks to a version line, in a plain one a version line above a field. A WARC
    that lies inside a record looks the same: who reads on from here may have to be told where he really is (`Walk`).

    :raises OSError: the stream cannot be read.
    """
    packing = _packing(stream)
    while True:
        stream.seek(position)
        block = stream.read(_BLOCK + _OVERLAP)
        found = packing.find(block, 0) if packing else _find_plain(block)
        if found is not None:
            return position + found
        if len(block) < _BLOCK + _OVERLAP:
            return None
        position += _BLOCK


def ends_whole(stream: IO[bytes], last: int) -> bool:
    """The last record of a file is all there, and nothing that is not blank lies behind it.

    :param last: where it begins.
    """
    packing = _packing(stream)
    try:
        stream.seek(last)
        if packing and packing.letters(stream.read(_OVERLAP)) != _VERSION:  # several records were compressed together
            return packing is _ZSTD or _has_whole_members(stream)
        stream.seek(last)
        record = next(iter(ArchiveIterator(stream, parse_http=False)))
        length = int(record.headers.get("Content-Length") or -1)
        if record.consume() != length:
            return False
        end = _member_end(stream, last) if packing is _GZIP else None if packing else _plain_end(stream, last, length)
        if end is not None:
            stream.seek(end)
            return not stream.read(_HEAD).strip()
        return packing is _ZSTD and next_record(stream, last + 1) is None
    except (OSError, StopIteration, ValueError):
        return stream.seek(0, os.SEEK_END) == 0  # nothing is missing in an empty file


def split(size: int, part: int) -> list[tuple[int, int]]:
    """Ranges of about `part` bytes. A record belongs to the range in which it begins.

    >>> split(250, 100)
    [(0, 125), (125, 250)]
    """
    parts = max(1, size // part)
    edges = [size * number // parts for number in range(parts + 1)]
    return list(pairwise(edges))


def _packing(stream: IO[bytes]) -> _Packing | None:
    """None of a plain file. One that is damaged at its very beginning is told by what follows."""
    stream.seek(0)
    block = stream.read(_BLOCK)
    if block.startswith(_VERSION):
        return None
    found = {packing.find(block, 0): packing for packing in (_GZIP, _ZSTD)}
    known = [position for position in found if position is not None]
    return found[min(known)] if known else None


def _find_plain(block: bytes) -> int | None:
    match = _PLAIN.search(block)
    return match.start() if match else None


def _plain_end(stream: IO[bytes], position: int, length: int) -> int | None:
    """Behind the body; a record ends with two line ends more."""
    stream.seek(position)
    head = stream.read(_BLOCK).find(b"\r\n\r\n")
    return None if head < 0 else position + head + 4 + length


def _has_whole_members(stream: IO[bytes]) -> bool:
    """fastwarc reads a gzip member that is cut off as far as it goes, and a zstd frame not at all."""
    end: int | None = 0
    while end is not None:
        stream.seek(end)
        if not stream.read(_HEAD).strip():
            return True
        end = _member_end(stream, end)
    return False


def _member_end(stream: IO[bytes], position: int) -> int | None:
    """Behind a gzip member; None where it is cut off."""
    stream.seek(position)
    unpacking = zlib.decompressobj(wbits=31)
    read = position
    try:
        while not unpacking.eof and (block := stream.read(_BLOCK)):
            read += len(block)
            while block and not unpacking.eof:
                unpacking.decompress(block, _BLOCK)
                block = unpacking.unconsumed_tail
    except zlib.error:
        return None
    return read - len(unpacking.unused_data) if unpacking.eof else None
