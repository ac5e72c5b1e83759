"""Go through the records of a WARC, whatever is damaged between them."""

from collections.abc import Generator, Iterator
from typing import IO, Final

from fastwarc.warc import WarcRecord

from crawler.archive.boundaries import ends_whole, next_record, packing_of, records_in

_ONCE: Final = ("WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length")
"""Fields of which a record has one."""


class Walk:
    """The records of a stream in their order; each is good until the next is taken.

    What is damaged is passed over up to the next record that can be read. `SourceFailed` of the stream is let through.
    """

    def __init__(self, stream: IO[bytes], start: int = 0) -> None:
        """Begin at a record.

        :param start: offset of a record.
        """
        self.damage = 0
        """Number of stretches that could not be read."""
        self._stream, self._start = stream, start
        self._in_damage = False

    def __iter__(self) -> Iterator[WarcRecord]:
        self._packing = packing_of(self._stream)
        position: int | None = self._start
        while position is not None:
            position = yield from self._up_to_damage(position)
        self._leave_damage()

    def _up_to_damage(self, position: int) -> Generator[WarcRecord, None, int | None]:
        """Yield records; return where the first record behind the damage begins, None at the end of the file."""
        last = position
        try:
            self._stream.seek(position)
            for record in records_in(self._stream):
                last = record.stream_pos
                if "\n" in (record.headers.get("WARC-Type") or "") and last > position:
                    return last  # its header has other line ends than those before: `records_in` looks at the first
                if record.headers.get("WARC-Type") is None:  # cut off within its header
                    self._in_damage = True
                    continue
                if _is_two(record):
                    break
                self._leave_damage()
                yield record
            else:
                if ends_whole(self._stream, last, self._packing):
                    return None
        except OSError:
            pass
        self._in_damage = True
        return self._next(last + 1)

    def _next(self, position: int) -> int | None:
        try:
            return next_record(self._stream, position, self._packing)
        except OSError:  # the rest of a packed member cannot be unpacked
            return None

    def _leave_damage(self) -> None:
        self.damage += self._in_damage
        self._in_damage = False


def _is_two(record: WarcRecord) -> bool:
    """Return whether a header was made of two, because what stood between them was lost."""
    fields = record.headers.keys()
    return len(set(fields)) < len(fields) and any(fields.count(name) > 1 for name in _ONCE)
