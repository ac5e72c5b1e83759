"""One WARC record at its place, read by fastwarc."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from itertools import islice
from typing import IO, Final

from fastwarc.warc import WarcRecord

from crawler import bounds
from crawler.archive.boundaries import records_in
from crawler.archive.dates import date_of
from crawler.archive.files import Source
from crawler.archive.message import Http, response_in
from crawler.archive.walk import Walk
from crawler.clock import utc_seconds
from crawler.errors import NotInArchive, UnreadableArchive
from crawler.items import WarcPlace

REVISIT: Final = "revisit"
NO_RECORD: Final = "holds no WARC record that can be read; is it a WARC file?"
CONVERSION: Final = "conversion"
"""A page that a browser rendered (`exchange.add_conversion`): its bytes alone, of a response with status 200."""
_NOT_MODIFIED: Final = "server-not-modified"
"""In the profile of a `revisit` record that is a whole response: a 304."""
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
"""A length or an offset; one of more digits is none."""


@dataclass(frozen=True)
class Location:
    """The place of a record."""

    source: Source
    offset: int
    exact: bool = True
    """Whether the offset counts in the file that the source is named after; False for a record copied aside."""


@dataclass(frozen=True)
class Reference:
    """The fields by which a `revisit` record names the one that holds its bytes."""

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
    truncated: str | None = None
    """Why the body is known to be short: the value of `WARC-Truncated`, or a declared length; None for a whole one."""

    @property
    def content_type(self) -> str:
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


def refuse_no_warc(source: Source) -> None:
    """Raise an error for a file without a WARC record. Damage in it is passed over.

    :raises UnreadableArchive: it holds none, or cannot be read.
    """
    try:
        with source.open() as stream:
            first = next(iter(Walk(stream)), None)
    except OSError as error:
        raise UnreadableArchive(f"the archive {source.path} cannot be read ({error})") from error
    if first is None:
        raise UnreadableArchive(f"the archive {source.path} {NO_RECORD}")


def first_capture(sources: Iterable[Source]) -> datetime:
    """Return the earliest date of the first records, in whole seconds of UTC: when a recording began.

    :raises UnreadableArchive: a file is no WARC, or no first record has a date.
    """
    dates = []
    for source in sources:
        refuse_no_warc(source)
        with source.open() as stream:
            dates += [date_of(record) for record in islice(Walk(stream), 1)]
    known = [date for date in dates if date is not None]
    if not known:
        raise UnreadableArchive("the recording does not say when it was made: no first record has a WARC-Date")
    return utc_seconds(min(known))


def has_offsets(stream: IO[bytes]) -> bool:
    """Return whether records can be read one by one: the file is plain, or each record was compressed by itself.

    Looks at the first two records.
    """
    try:
        stream.seek(0)
        found = islice(records_in(stream), 2)
        first = [(record.stream_pos, record.headers.get("WARC-Record-ID")) for record in found]
    except OSError:
        return True  # damaged: what of it can be read has offsets
    if len(first) < 2:
        return True
    offset, record_id = first[1]
    try:
        stream.seek(offset)
        again = next(records_in(stream), None)
    except OSError:
        return False
    return again is not None and again.headers.get("WARC-Record-ID") == record_id


def read(place: Location, resolve: Callable[[Reference], Location]) -> Captured:
    """Return the response at an offset; the body of a `revisit` is that of the record that it refers to.

    :param resolve: returns the place of that record, or raises `NotInArchive`.
    :raises NotInArchive: the record is cut off, holds no HTTP response, or does not say when it was captured.
    """
    with place.source.open() as stream:
        record = _record_at(stream, place)
        captured_at = date_of(record)
        if captured_at is None:
            raise NotInArchive(f"{_named(place)} has no WARC-Date that can be read")
        http, truncated = _http(record, place), record.headers.get("WARC-Truncated")
        if kind_of(record) == REVISIT and _NOT_MODIFIED not in (record.headers.get("WARC-Profile") or ""):
            original = read(resolve(reference_of(record)), _refuse)
            truncated = original.truncated  # a revisit states it of its own block, which leaves the body out
            stated = http or Http(original.status, original.headers, b"")
            http = stated._replace(body=original.body, shortfall=None)
        if http is None:
            raise NotInArchive(f"{_named(place)} holds no HTTP response")
        where, short = place_of(record, place), truncated or http.shortfall
        return Captured(target_of(record), http.status, http.headers, http.body, captured_at, where, short)


def digest_agrees(body: bytes, stated: str | None) -> bool | None:
    """Return whether a payload has this digest; None where no digest is stated in sha1, as all known writers do.

    Archives disagree on whether a chunked body is digested before or after its chunks are joined; ours hold none.
    """
    name, _, digest = (stated or "").partition(":")
    if name.lower() != "sha1":
        return None
    return digest_of(body) == f"sha1:{digest.upper()}"


def digest_of(body: bytes) -> str:
    """Return the payload digest as WARC writers state it: sha1 in base32."""
    return f"sha1:{base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()}"


def kind_of(record: WarcRecord) -> str:
    """Return the `WARC-Type` in lower case."""
    return (record.headers.get("WARC-Type") or "unknown").lower()


def target_of(record: WarcRecord) -> str:
    """Return the `WARC-Target-URI`, without the angle brackets of some writers."""
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ")


def place_of(record: WarcRecord, place: Location) -> WarcPlace:
    """Return the place of a record as a dataset states it."""
    return WarcPlace(
        warc_file=place.source.name,
        warc_offset=place.offset if place.exact else None,
        warc_record_id=record.headers.get("WARC-Record-ID"),
        payload_digest=record.headers.get("WARC-Payload-Digest"),
    )


def reference_of(record: WarcRecord) -> Reference:
    """Return the record to which a `revisit` record refers."""
    get = record.headers.get
    offset = (get("WARC-Refers-To-File-Offset") or "").strip()
    return Reference(
        record_id=get("WARC-Refers-To"),
        url=(get("WARC-Refers-To-Target-URI") or "").strip("<> ") or None,
        date=get("WARC-Refers-To-Date"),
        file=get("WARC-Refers-To-Filename"),
        offset=int(offset) if _NUMBER.fullmatch(offset) else None,
    )


def failure_in(record: WarcRecord) -> tuple[str, str] | None:
    """Return reason and detail of a request without a response, from its `metadata` record; None for any other.

    :raises OSError: the record is damaged.
    """
    fields: dict[str, str] = {}
    for line in record.reader.read(bounds.HTTP_HEADERS).decode(errors="replace").splitlines():
        name, _, value = line.partition(":")
        fields[name.strip()] = value.strip()
    return (fields["failure"], fields.get("detail", "")) if "failure" in fields else None


def is_oversized(record: WarcRecord) -> bool:
    """Return whether a record states a block of more than `bounds.RECORD_BYTES`, or one of a length that is no number.

    fastwarc reserves the memory that the length states, before it reads.
    """
    stated = (record.headers.get("Content-Length") or "").strip()
    return not _NUMBER.fullmatch(stated) or int(stated) > bounds.RECORD_BYTES


def _record_at(stream: IO[bytes], place: Location) -> WarcRecord:
    stream.seek(place.offset)
    try:
        return next(records_in(stream))
    except (OSError, StopIteration) as error:
        raise NotInArchive(f"no record can be read at byte {place.offset} of {place.source.name} ({error})") from error


def _http(record: WarcRecord, place: Location) -> Http | None:
    """Return the HTTP message; None for a record without one: some tools write `revisit` records so."""
    where = _named(place)
    if is_oversized(record):
        stated = (record.headers.get("Content-Length") or "")[:40]
        raise NotInArchive(f"{where} states the length {stated!r}; at most {bounds.RECORD_BYTES:,} bytes are read")
    try:
        if not (record.freeze() and str(record.content_length) == (record.headers.get("Content-Length") or "").strip()):
            raise NotInArchive(f"{where} is cut off")
        if kind_of(record) == CONVERSION:
            kind = [("Content-Type", record.headers.get("Content-Type") or "")]
            return Http(HTTPStatus.OK, kind, record.reader.read())
        return response_in(record)
    except OSError as error:
        raise NotInArchive(f"{where} cannot be read ({error})") from error


def _named(place: Location) -> str:
    return f"the record at byte {place.offset} of {place.source.name}"


def _refuse(reference: Reference) -> Location:
    raise NotInArchive("a revisit record refers to another revisit record")
