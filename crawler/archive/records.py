"""Reading WARC records: one pass over a range of a file, and one record at an offset. fastwarc reads them."""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord

from crawler.archive.boundaries import next_record
from crawler.archive.files import Source
from crawler.errors import NotInArchive, UnreadableArchive
from crawler.items import WarcPlace

REVISIT: Final = "revisit"
_NOT_MODIFIED: Final = "server-not-modified"
"""In the profile of a `revisit` record that is a whole answer: a 304."""


@dataclass(frozen=True)
class Location:
    """Where a record lies."""

    source: Source
    offset: int
    exact: bool = True
    """The offset counts in the file that the source is named after; not so where its records were copied aside."""


@dataclass(frozen=True)
class Reference:
    """What a `revisit` record says of the one that holds its bytes."""

    record_id: str | None
    url: str | None
    date: str | None
    file: str | None
    """`WARC-Refers-To-Filename` and `-File-Offset`: written by this project and by Heritrix."""
    offset: int | None


@dataclass(frozen=True)
class Captured:
    """One archived HTTP response; chunked transfer is undone, content coding is not."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    captured_at: datetime
    place: WarcPlace

    @property
    def content_type(self) -> str:
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


def records(stream: IO[bytes], start: int, end: int | None, damage: Counter[str]) -> Iterator[WarcRecord]:
    """Every record that begins in a range, in order; each is good until the next is asked for.

    What is damaged is passed over up to the next record that can be read; `damage["places"]` counts such stretches.
    """
    position = 0 if start == 0 else next_record(stream, start)
    in_damage = False
    while position is not None and (end is None or position < end):
        last = position
        stream.seek(position)
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                last = record.stream_pos
                if end is not None and last >= end:
                    position = None
                    break
                if record.headers.get("WARC-Type") is None:  # cut off within its header
                    in_damage = True
                    continue
                damage["places"] += in_damage
                in_damage = False
                yield record
            else:
                position = None
        except OSError:
            in_damage = True
            position = next_record(stream, last + 1)
    damage["places"] += in_damage


def refuse_no_warc(source: Source) -> None:
    """
    :raises UnreadableArchive: the file does not begin with a WARC record. Damage further on is passed over.
    """
    try:
        with source.open() as stream:
            first = next(iter(ArchiveIterator(stream, parse_http=False)), None)
    except OSError as error:
        raise UnreadableArchive(f"the archive {source.path} is not a WARC file ({error})") from error
    if first is None:
        raise UnreadableArchive(f"the archive {source.path} holds no WARC record")


def first_capture(sources: Iterable[Source]) -> datetime:
    """The earliest date of the first records: when a recording began.

    :raises UnreadableArchive: a file is no WARC, or none says when it was made.
    """
    dates = []
    for source in sources:
        refuse_no_warc(source)
        with source.open() as stream:
            dates += [record.record_date for record, _ in zip(records(stream, 0, None, Counter()), "a", strict=False)]
    known = [date for date in dates if date is not None]
    if not known:
        raise UnreadableArchive("the recording does not say when it was made: no first record has a WARC-Date")
    return min(known).replace(microsecond=0)


def has_offsets(source: Source) -> bool:
    """Records can be read one by one: the file is plain, or each record was compressed by itself."""
    if source.member is not None:
        return False
    with source.open() as stream:
        try:
            found = zip(ArchiveIterator(stream, parse_http=False), "ab", strict=False)
            first = [(record.stream_pos, record.headers.get("WARC-Record-ID")) for record, _ in found]
            if len(first) < 2:
                return True
            offset, record_id = first[1]
            stream.seek(offset)
            again = next(iter(ArchiveIterator(stream, parse_http=False)), None)
        except OSError:
            return True  # whoever reads it all finds out what is wrong with it
    return again is not None and again.headers.get("WARC-Record-ID") == record_id


def read(place: Location, resolve: Callable[[Reference], Location]) -> Captured:
    """The response at an offset; of a `revisit` the bytes are those of the record that it refers to.

    :param resolve: finds that record, or raises `NotInArchive`.
    :raises NotInArchive: the record is cut off, holds no HTTP response, or does not say when it was captured.
    """
    with place.source.open() as stream:
        record = _record_at(stream, place)
        if record.record_date is None:
            raise NotInArchive(f"the record at byte {place.offset} of {place.source.name} has no WARC-Date")
        http = _http(record, place)
        if kind_of(record) == REVISIT and _NOT_MODIFIED not in (record.headers.get("WARC-Profile") or ""):
            original = read(resolve(reference_of(record)), _refuse)
            http = http._replace(body=original.body) if http else Http(original.status, original.headers, original.body)
        if http is None:
            raise NotInArchive(f"the record at byte {place.offset} of {place.source.name} holds no HTTP response")
        headers = _true_headers(http.headers, http.body)
        return Captured(target_of(record), http.status, headers, http.body, record.record_date, place_of(record, place))


def digest_agrees(body: bytes, stated: str | None) -> bool | None:
    """Whether a payload has this digest; None where none is stated in sha1, as all WARC writers known here do.

    Archives disagree on whether a chunked body is digested before or after it is put together; ours hold none.
    """
    name, _, digest = (stated or "").partition(":")
    if name.lower() != "sha1":
        return None
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode() == digest.upper()


def kind_of(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Type") or "unknown").lower()


def target_of(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ")


def place_of(record: WarcRecord, place: Location) -> WarcPlace:
    return WarcPlace(
        warc_file=place.source.name,
        warc_offset=place.offset if place.exact else None,
        warc_record_id=record.headers.get("WARC-Record-ID"),
        payload_digest=record.headers.get("WARC-Payload-Digest"),
    )


def reference_of(record: WarcRecord) -> Reference:
    get = record.headers.get
    offset = get("WARC-Refers-To-File-Offset") or ""
    return Reference(
        record_id=get("WARC-Refers-To"),
        url=(get("WARC-Refers-To-Target-URI") or "").strip("<> ") or None,
        date=get("WARC-Refers-To-Date"),
        file=get("WARC-Refers-To-Filename"),
        offset=int(offset) if offset.isascii() and offset.isdigit() else None,
    )


def failure_in(record: WarcRecord) -> tuple[str, str] | None:
    """Reason and detail that a `metadata` record notes of a request that got no answer; None of one that got one.

    :raises OSError: the record is damaged.
    """
    fields: dict[str, str] = {}
    for line in record.reader.read().decode(errors="replace").splitlines():
        name, _, value = line.partition(":")
        fields[name.strip()] = value.strip()
    return (fields["failure"], fields.get("detail", "")) if "failure" in fields else None


def _record_at(stream: IO[bytes], place: Location) -> WarcRecord:
    stream.seek(place.offset)
    try:
        return next(iter(ArchiveIterator(stream, parse_http=False)))
    except (OSError, StopIteration) as error:
        raise NotInArchive(f"no record can be read at byte {place.offset} of {place.source.name} ({error})") from error


class Http(NamedTuple):
    """An HTTP message out of a record."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def _http(record: WarcRecord, place: Location) -> Http | None:
    """None for a record without one: some tools write `revisit` records so."""
    where = f"the record at byte {place.offset} of {place.source.name}"
    try:
        whole = record.freeze() and record.content_length == int(record.headers.get("Content-Length") or -1)
        record.parse_http(auto_decode="transfer")
        body = record.reader.read()
    except OSError as error:
        raise NotInArchive(f"{where} cannot be read ({error})") from error
    if not whole:
        raise NotInArchive(f"{where} is cut off")
    http = record.http_headers
    return None if http is None or http.status_code is None else Http(http.status_code, list(http.to_tuples()), body)


def _true_headers(stated: list[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    """Some archives keep decoded bodies under the header of the encoded ones; that header would garble them."""
    drop = {"transfer-encoding", "content-length"}
    if body.lstrip()[:1] == b"<":
        drop.add("content-encoding")
    return [(name, value) for name, value in stated if name.lower() not in drop]


def _refuse(reference: Reference) -> Location:
    raise NotInArchive("a revisit record refers to another revisit record")
