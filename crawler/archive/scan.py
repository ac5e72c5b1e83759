"""One pass over a range of a WARC file: what in it is wanted. The rest is dismissed by its header, its body unread."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

from fastwarc.warc import WarcRecord

from crawler.archive.files import Source
from crawler.archive.message import status_in
from crawler.archive.records import (
    CONVERSION,
    REVISIT,
    Location,
    Reference,
    failure_in,
    kind_of,
    place_of,
    reference_of,
    target_of,
)
from crawler.archive.walk import Walk
from crawler.items import WarcPlace
from crawler.kompas.urls import article_id, is_article, is_ours

METADATA: Final = "metadata"
RESPONSES: Final = ("response", REVISIT, CONVERSION)


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
    """What a range came to."""

    entries: list[IndexedRecord] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    """`records`, what was wanted, and what was passed over, by reason."""
    damage: Counter[str] = field(default_factory=Counter)
    """`places`: stretches that could not be read."""
    begins: int | None = None
    onward: int | None = None
    """See `Walk`."""


Dismissal = Callable[[str, str], str | None]
"""(type, address) of a record -> why it is not wanted; None for one that is."""


def story_dismissal(kind: str, url: str) -> str | None:
    """Wanted are answers to requests for articles of these kanals."""
    if kind not in RESPONSES:
        return f"type_{kind}"
    if "kompas.com" not in url:
        return "other_site"
    if article_id(url) is None:
        return "not_an_article"
    if not is_ours(url):
        return "other_section"
    if not is_article(url.partition("?")[0]) or "//amp." in url:
        return "other_view"
    return None


def scan(
    source: Source,
    start: int,
    end: int | None,
    dismissal: Dismissal,
    *,
    is_known: bool = False,
    exact: bool = True,
) -> Scanned:
    """Entries of the records that begin in a range.

    :param is_known: see `Walk`.
    :param exact: see `Location.exact`.
    :raises OSError: the file cannot be opened or read at all.
    """
    scanned = Scanned()
    with source.open() as stream:
        walk = Walk(stream, start, end, is_known=is_known)
        for record in walk:
            kind, url = kind_of(record), target_of(record)
            reason = dismissal(kind, url)
            if reason is None:
                scanned.entries.append(_entry(record, Location(source, record.stream_pos, exact), kind, url))
            scanned.counts["records"] += exact
            if exact and reason:
                scanned.counts[f"passed_over/{reason}"] += 1
    scanned.damage["places"] += walk.damage
    scanned.begins, scanned.onward = walk.begins, walk.onward
    return scanned


def copy_wanted(source: Source, scratch: Path, dismissal: Dismissal) -> tuple[Source, Scanned]:
    """The wanted records of a file that can only be read from its start, in a plain file of their own.

    :param scratch: where to write it.
    :raises OSError: it cannot be written.
    """
    scanned = Scanned()
    copy = scratch / f"{abs(hash(source))}.warc"
    with source.open() as stream, copy.open("wb") as out:
        walk = Walk(stream)
        for record in walk:
            reason = dismissal(kind_of(record), target_of(record))
            scanned.counts["records"] += 1
            if reason is None:
                record.write(out)
            else:
                scanned.counts[f"passed_over/{reason}"] += 1
    scanned.damage["places"] += walk.damage
    return Source(copy, source.name, copy.stat().st_size), scanned


def _entry(record: WarcRecord, location: Location, kind: str, url: str) -> IndexedRecord:
    return IndexedRecord(
        location=location,
        kind=kind,
        url=url,
        captured_at=record.record_date,
        status=_status(record) if kind in RESPONSES else None,
        place=place_of(record, location),
        refers_to=reference_of(record) if kind == REVISIT else None,
        failure=_failure(record) if kind == METADATA else None,
    )


def _status(record: WarcRecord) -> int | None:
    if kind_of(record) == CONVERSION:
        return HTTPStatus.OK
    try:
        return status_in(record)
    except OSError:
        return None


def _failure(record: WarcRecord) -> tuple[str, str] | None:
    try:
        return failure_in(record)
    except OSError:  # damaged: it is told as such when the walk goes on
        return None
