"""Find where records begin and end in the bytes of a file, to read on behind damage and to see what was cut off."""

import os
import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import IO, Final, NamedTuple

from fastwarc.stream_io import ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord

_BLOCK: Final = 1 << 20
"""Bytes looked through at a time."""
_OVERLAP: Final = 1 << 18
"""Bytes by which two blocks overlap: enough of a member to unpack its first letters, which zstd does by 128 KB."""
_HEAD: Final = 512
"""Bytes of a gzip member that give its first letters."""
_MOST_TRIES: Final = 2_000
"""Frames of zstd that are tried in a block: each costs a copy of `_OVERLAP` bytes."""
_VERSION: Final = b"WARC/"
_UNIX: Final = re.compile(rb"WARC/[01]\.\d+\n")
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_PLAIN: Final = re.compile(rb"WARC/[01]\.\d+\r?\n(?=[A-Za-z][A-Za-z-]*:)")


def _gzip_letters(member: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(member, len(_VERSION))
    except zlib.error:
        return b""


def _zstd_letters(frame: bytes) -> bytes:
    try:
        return ZstdReader(BytesIO(frame)).read(len(_VERSION))
    except OSError:
        return b""


class Packing(NamedTuple):
    """How each record of a file is compressed by itself."""

    magic: bytes
    letters: Callable[[bytes], bytes]
    """Return the first letters of what begins here; none where nothing does."""
    head: int
    """Bytes that give them."""
    most_tries: int
    """How often they are looked for in a block."""

    def find(self, block: bytes, position: int) -> int | None:
        """Return where the next record begins in a block."""
        for _ in range(self.most_tries):
            position = block.find(self.magic, position)
            if position < 0:
                break
            if self.letters(block[position : position + self.head]) == _VERSION:
                return position
            position += 1
        return None


_GZIP: Final = Packing(b"\x1f\x8b\x08", _gzip_letters, _HEAD, _BLOCK)
_ZSTD: Final = Packing(b"\x28\xb5\x2f\xfd", _zstd_letters, _OVERLAP, _MOST_TRIES)


def records_in(stream: IO[bytes]) -> Iterator[WarcRecord]:
    """Yield the records from the position of a stream on, their HTTP messages unread; each is good until the next.

    Where the first header ends its lines with LF alone, against the standard, all may. fastwarc's lenient mode reads
    them, and is kept for such files: in others it takes damage for records.

    :raises OSError: the stream cannot be read, or is damaged.
    """
    return iter(ArchiveIterator(stream, parse_http=False, quirks_mode=_has_unix_ends(stream)))


def _has_unix_ends(stream: IO[bytes]) -> bool:
    """Return whether a record with LF as its line end begins at the position of a stream, which stays there."""
    position = stream.tell()
    head = stream.read(_HEAD)
    stream.seek(position)
    try:
        letters = zlib.decompressobj(wbits=31).decompress(head, _HEAD) if head.startswith(_GZIP.magic) else head
    except zlib.error:
        return False
    return _UNIX.match(letters) is not None


def packing_of(stream: IO[bytes]) -> Packing | None:
    """Return how the records of a file are compressed; None for a plain file. Leaves the stream at its beginning.

    Looks at the first block: the beginning of a file may be damaged.
    """
    block = _first_block(stream)
    if block.startswith(_VERSION):
        return None
    found = {packing.find(block, 0): packing for packing in (_GZIP, _ZSTD)}
    known = [position for position in found if position is not None]
    return found[min(known)] if known else None


def next_record(stream: IO[bytes], position: int, packing: Packing | None) -> int | None:
    """Return the offset of the first thing at `position` or later that looks like a record; None without one.

    In a compressed file that is a member that unpacks to a version line, in a plain file a version line above a field.
    A WARC that lies inside a damaged record looks the same.

    :raises OSError: the stream cannot be read.
    """
    stream.seek(position)
    block = b""
    while more := stream.read(_BLOCK):
        block += more
        found = packing.find(block, 0) if packing else _find_plain(block)
        if found is not None:
            return position + found
        position += max(0, len(block) - _OVERLAP)
        block = block[-_OVERLAP:]
    return None


def ends_whole(stream: IO[bytes], last: int, packing: Packing | None) -> bool:
    """Return whether the last record of a file is complete, and nothing but blanks lies behind it.

    A gzip file whose records were compressed together is unpacked once more for this.

    :param last: where the record begins.
    """
    try:
        stream.seek(last)
        if (
            packing and packing.letters(stream.read(packing.head)) != _VERSION
        ):  # several records were compressed together
            return packing is _ZSTD or _has_whole_members(stream)
        stream.seek(last)
        record = next(records_in(stream))
        length = int(record.headers.get("Content-Length") or -1)
        if record.consume() != length:
            return False
        end = _member_end(stream, last) if packing is _GZIP else None if packing else _plain_end(stream, last, length)
        if end is not None:
            stream.seek(end)
            return not stream.read(_HEAD).strip()
        return packing is _ZSTD and next_record(stream, last + 1, packing) is None
    except (OSError, StopIteration, ValueError):
        return stream.seek(0, os.SEEK_END) == 0  # nothing is missing in an empty file


def _first_block(stream: IO[bytes]) -> bytes:
    """Return the first bytes, as far as they can be read: a packed member may be damaged."""
    block = b""
    stream.seek(0)
    try:
        while len(block) < _BLOCK and (more := stream.read(_OVERLAP)):
            block += more
    except OSError:
        pass
    stream.seek(0)
    return block


def _find_plain(block: bytes) -> int | None:
    match = _PLAIN.search(block)
    return match.start() if match else None


def _plain_end(stream: IO[bytes], position: int, length: int) -> int | None:
    """Return the offset behind the body of a plain record; two line ends follow."""
    stream.seek(position)
    head = _HEAD_END.search(stream.read(_BLOCK))
    return None if head is None else position + head.end() + length


def _has_whole_members(stream: IO[bytes]) -> bool:
    """Return whether every gzip member of a file is complete; fastwarc reads one that is cut off without an error."""
    end: int | None = 0
    while end is not None:
        stream.seek(end)
        if not stream.read(_HEAD).strip():
            return True
        end = _member_end(stream, end)
    return False


def _member_end(stream: IO[bytes], position: int) -> int | None:
    """Return the offset behind a gzip member; None where it is cut off."""
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
