"""Go through a WARC file once and note what is wanted. The rest is dismissed by its header, its body unread."""

import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from os import SEEK_END
from typing import IO, Final

from fastwarc.warc import WarcRecord

from crawler import bounds
from crawler.archive.addresses import has_ranges
from crawler.archive.boundaries import records_in
from crawler.archive.dates import date_of
from crawler.archive.files import KeptRecord, Source
from crawler.archive.message import status_in
from crawler.archive.records import (
    CONVERSION,
    NO_RECORD,
    REVISIT,
    Location,
    Reference,
    failure_in,
    has_offsets,
    is_oversized,
    kind_of,
    place_of,
    reference_of,
    target_of,
)
from crawler.archive.walk import Walk
from crawler.errors import SourceFailed
from crawler.items import WarcPlace
from crawler.kompas.address import is_on_site
from crawler.kompas.urls import article_id, host_label, is_article, is_ours

METADATA: Final = "metadata"
RESPONSES: Final = ("response", REVISIT, CONVERSION)
_TYPES: Final = frozenset((*RESPONSES, METADATA, "warcinfo", "resource", "request", "continuation"))
"""Types of WARC 1.1. The name of a statistic is never a word of a file."""
_MOST_STATUS: Final = 999


@dataclass(frozen=True)
class IndexedRecord:
    """A record that is wanted."""

    location: Location
    kind: str
    """`WARC-Type`."""
    url: str
    captured_at: datetime | None
    status: int | None
    """HTTP status; None where the record holds no HTTP message, and where it cannot be read."""
    place: WarcPlace
    refers_to: Reference | None = None
    """Of a `revisit`."""
    failure: tuple[str, str] | None = None
    """Reason and detail in a `metadata` record of a request that got no answer."""


@dataclass
class Scanned:
    """What a slice of a file holds."""

    source: Source
    entries: list[IndexedRecord] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    """`records`, and what was passed over, by reason."""
    damage: int = 0
    """Stretches that could not be read."""
    bytes: int = 0
    """Length of the slice; all of a file whose records are kept counts for its last slice."""
    is_kept: bool = False
    """The file cannot be read at an offset: the entries bring their records along (`KeptRecord`)."""
    onward: int | None = None
    """Offset at which the next slice begins; None where the file was read to its end."""
    failure: str | None = None
    """Why the file could not be read to its end."""


Dismissal = Callable[[str, str], str | None]
"""(type, address) of a record -> why it is not wanted; None for one that is."""


def story_dismissal(kind: str, url: str) -> str | None:
    """Return why a record is no answer to a request for an article of these kanals; None for one that is."""
    if kind not in RESPONSES:
        return type_dismissal(kind)
    if not is_on_site(url):
        return "other_site"
    if article_id(url) is None:
        return "not_an_article"
    if not is_ours(url):
        return "other_section"
    if not is_article(url.partition("?")[0]) or host_label(url) == "amp":
        return "other_view"
    return None


def type_dismissal(kind: str) -> str:
    """Return the reason for passing a record over by its type."""
    return f"type_{kind}" if kind in _TYPES else "type_other"


def scan(source: Source, dismissal: Dismissal, start: int = 0, most_records: int | None = None) -> Iterator[Scanned]:
    """Read a file once from `start` to its end, and yield what is wanted of it in slices that fit into memory.

    A file that cannot be read, or not to its end, or that holds no record, ends with a slice that says why.

    :param start: 0, or where an earlier slice says that the next one begins.
    :param most_records: end a slice after so many records, wanted or not.
    """
    reading = _Reading(source, dismissal, start)
    try:
        with source.open() as stream:
            yield from reading.slices(stream, most_records)
    except SourceFailed as error:
        reading.part.failure = error.cause
    yield reading.part


class _Reading:
    """A file that is being read, and the slice that is being filled."""

    def __init__(self, source: Source, dismissal: Dismissal, start: int) -> None:
        self.part = Scanned(source)
        self._source, self._dismissal, self._start = source, dismissal, start
        self._has_offsets = True
        self._kept = 0
        """Bytes of the records and entries in the slice."""

    def slices(self, stream: IO[bytes], most_records: int | None) -> Iterator[Scanned]:
        """Yield all slices but the last, which stays in `part`.

        :raises SourceFailed: the file cannot be read to its end.
        """
        begins, damage, is_empty = self._start, 0, self._start == 0
        self._learn(stream)
        walk = Walk(stream, self._start)
        for record in walk:
            if self._is_full(most_records):
                self.part.onward, self.part.damage = record.stream_pos, walk.damage - damage
                damage = walk.damage
                if not self.part.is_kept:
                    self.part.bytes, begins = record.stream_pos - begins, record.stream_pos
                yield self.part
                self.part, self._kept = Scanned(self._source, is_kept=self.part.is_kept), 0
            is_empty = False
            self._take(record)
        size = self._source.size if self._source.size is not None else stream.seek(0, SEEK_END)
        self.part.bytes, self.part.damage = size - begins, walk.damage - damage
        self.part.failure = NO_RECORD if is_empty else None

    def _learn(self, stream: IO[bytes]) -> None:
        """Find out whether records can be read again at their offsets."""
        if self._start == 0:
            self._has_offsets = self._source.member is None and has_offsets(stream)
            self.part.is_kept = not (self._has_offsets and has_ranges(stream))

    def _is_full(self, most_records: int | None) -> bool:
        many = most_records is not None and self.part.counts["records"] >= most_records
        return many or self._kept >= bounds.SLICE_BYTES or len(self.part.entries) >= bounds.SLICE_ENTRIES

    def _take(self, record: WarcRecord) -> None:
        kind, url = kind_of(record), target_of(record)
        self.part.counts["records"] += 1
        reason = self._dismissal(kind, url)
        if reason is not None:
            self.part.counts[f"passed_over/{reason}"] += 1
        elif self.part.is_kept:
            self._keep(record, kind, url)
        else:
            self._kept += _size_of_header(record)
            self.part.entries.append(_entry(record, Location(self._source, record.stream_pos), kind, url))

    def _keep(self, record: WarcRecord, kind: str, url: str) -> None:
        offset, content = (record.stream_pos if self._has_offsets else 0), BytesIO()
        if is_oversized(record):  # its header is enough to say so
            content.write(_header_of(record))
        else:
            try:
                record.write(content)
            except OSError:  # damaged: counted when the walk goes on
                return
        packed = gzip.compress(content.getvalue(), compresslevel=1, mtime=0)
        self._kept += len(packed) + _size_of_header(record)
        kept = KeptRecord(self._source.path, self._source.name, len(packed), record=packed, offset=offset)
        again = record if is_oversized(record) else next(records_in(BytesIO(packed)))
        self.part.entries.append(_entry(again, Location(kept, offset, exact=self._has_offsets), kind, url))


def _header_of(record: WarcRecord) -> bytes:
    """Return the header of a record as bytes."""
    fields = "".join(f"{name}: {value}\r\n" for name, value in record.headers.to_tuples())
    return f"WARC/1.1\r\n{fields}\r\n".encode()


def _size_of_header(record: WarcRecord) -> int:
    return sum(len(name) + len(value) for name, value in record.headers.to_tuples())


def _entry(record: WarcRecord, location: Location, kind: str, url: str) -> IndexedRecord:
    return IndexedRecord(
        location=location,
        kind=kind,
        url=url,
        captured_at=date_of(record),
        status=_status(record) if kind in RESPONSES else None,
        place=place_of(record, location),
        refers_to=reference_of(record) if kind == REVISIT else None,
        failure=_failure(record) if kind == METADATA else None,
    )


def _status(record: WarcRecord) -> int | None:
    if kind_of(record) == CONVERSION:
        return HTTPStatus.OK
    try:
        status = status_in(record)
    except OSError:
        return None
    return status if status is not None and 0 <= status <= _MOST_STATUS else None


def _failure(record: WarcRecord) -> tuple[str, str] | None:
    try:
        return failure_in(record)
    except OSError:  # damaged: counted when the walk goes on
        return None
