"""One pass over a range of a WARC: every record that begins in it, whatever is damaged between them."""

from collections.abc import Iterator
from typing import IO, Final

from fastwarc.warc import ArchiveIterator, WarcRecord

from crawler.archive.boundaries import ends_whole, next_record

_ONCE: Final = ("WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length")
"""Fields of which a record has one."""


class Walk:
    """The records that begin in a range, in order; each is good until the next is asked for.

    What is damaged is passed over up to the next record that can be read. Where a range begins is found by what the
    bytes look like, and a page may hold a WARC itself: the walk over the range before knows it (`onward`), and where
    the two disagree (`begins`) the range is gone through again from there. All ranges give what one pass gives.
    """

    def __init__(self, stream: IO[bytes], start: int = 0, end: int | None = None, *, is_known: bool = False) -> None:
        """
        :param end: None for the end of the file.
        :param is_known: a record begins at `start`, or the first one behind it is not looked for.
        :raises OSError: the stream cannot be read.
        """
        self._stream, self._end = stream, end
        self.begins = start if is_known or start == 0 else next_record(stream, start)
        """Where the first record begins; None when there is none up to the end of the file."""
        self.onward = self.begins
        """Where, after the walk, the first record behind the range begins; None at the end of the file."""
        self.damage = 0
        """Stretches that could not be read."""
        self._in_damage = False

    def __iter__(self) -> Iterator[WarcRecord]:
        while self.onward is not None and not self._is_behind(self.onward):
            yield from self._up_to_damage(self.onward)
        self._leave_damage()

    def _up_to_damage(self, position: int) -> Iterator[WarcRecord]:
        last = position
        try:
            self._stream.seek(position)
            for record in ArchiveIterator(self._stream, parse_http=False):
                last = record.stream_pos
                if self._is_behind(last):
                    self.onward = last
                    return
                if record.headers.get("WARC-Type") is None:  # cut off within its header
                    self._in_damage = True
                    continue
                if _is_two(record):
                    break
                self._leave_damage()
                yield record
            else:
                if ends_whole(self._stream, last):
                    self.onward = None
                    return
        except OSError:
            pass
        self._in_damage = True
        self.onward = self._next(last + 1)

    def _is_behind(self, position: int) -> bool:
        return self._end is not None and position >= self._end

    def _next(self, position: int) -> int | None:
        try:
            return next_record(self._stream, position)
        except OSError:  # neither can the rest be read
            return None

    def _leave_damage(self) -> None:
        self.damage += self._in_damage
        self._in_damage = False


def _is_two(record: WarcRecord) -> bool:
    """What was lost between two headers made one of them."""
    fields = record.headers.keys()
    return len(set(fields)) < len(fields) and any(fields.count(name) > 1 for name in _ONCE)
