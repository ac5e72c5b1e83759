"""Reading WARC records: one pass over a file, and one record at an offset."""

import gzip
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from fastwarc.warc import ArchiveIterator, WarcRecord

from crawler.errors import NotInArchive, UnreadableArchive

_GZIP: Final = b"\x1f\x8b"
_SITE: Final = "kompas.com"
"""Other sites' records are dismissed by their address, before any of their bytes is parsed."""


@dataclass(frozen=True)
class Header:
    """What a record says of itself before its body is read."""

    offset: int
    type: str
    url: str
    status: int | None
    """HTTP status of a response of the site; None for anything else, and for a record that is cut off."""


@dataclass(frozen=True)
class Captured:
    """One archived HTTP response; chunked transfer is undone, content coding is not."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    captured_at: datetime
    record_id: str | None
    payload_digest: str | None


def headers(file: Path) -> Iterator[Header]:
    """Every record of a file, in order.

    :raises UnreadableArchive: no WARC at all, or (after the readable records were given) damaged from some point on.
    """
    last = -1
    try:
        with file.open("rb") as stream:
            for record in _records(stream):
                last = record.stream_pos
                kind, url = (record.headers.get("WARC-Type") or "unknown").lower(), _target(record)
                yield Header(last, kind, url, _status(record) if kind == "response" and _SITE in url else None)
    except OSError as error:
        where = "is not a WARC file" if last < 0 else f"is damaged after byte {last}"
        raise UnreadableArchive(f"the archive {file} {where} ({error})") from error
    if last < 0:
        raise UnreadableArchive(f"the archive {file} holds no WARC record")


def seekable(file: Path, scratch: Path, damage: list[str]) -> Path:
    """A file whose records can be read one by one: itself, or a plain copy when it was compressed as a whole.

    :param damage: takes a sentence when the file is cut off or damaged; the copy ends where the damage begins.
    """
    try:
        with file.open("rb") as stream:
            compressed = stream.read(2) == _GZIP
            stream.seek(0)
            first = [(record.stream_pos, record.record_id) for record, _ in zip(_records(stream), "ab", strict=False)]
            if not compressed or len(first) < 2 or _id_at(stream, first[1][0]) == first[1][1]:
                return file
    except OSError:
        return file  # `headers` says what is wrong with it
    plain = Path(tempfile.mkdtemp(dir=scratch)) / file.name.removesuffix(".gz")
    try:
        with gzip.open(file) as packed, plain.open("wb") as out:
            shutil.copyfileobj(packed, out)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        damage.append(f"the archive {file} is damaged, and is read as far as it goes ({error})")
    return plain


def _records(stream: BinaryIO) -> Iterator[WarcRecord]:
    return iter(ArchiveIterator(stream, parse_http=False))


def _id_at(stream: BinaryIO, offset: int) -> str | None:
    stream.seek(offset)
    try:
        record = next(_records(stream), None)
    except OSError:
        return None
    return record.record_id if record else None


def read(file: Path, offset: int) -> Captured:
    """The response at an offset.

    :raises NotInArchive: the record is cut off, holds no HTTP response, or does not say when it was captured.
    """
    with file.open("rb") as stream:
        stream.seek(offset)
        try:
            record = next(_records(stream))
            block_is_whole = record.freeze() and record.content_length == int(
                record.headers.get("Content-Length") or -1
            )
            record.parse_http(auto_decode="transfer")
            body = record.reader.read()
        except (OSError, StopIteration) as error:
            raise NotInArchive(f"the record at byte {offset} of {file} cannot be read ({error})") from error
    http = record.http_headers
    if http is None or http.status_code is None or not block_is_whole:
        raise NotInArchive(f"the record at byte {offset} of {file} is cut off")
    if record.record_date is None:
        raise NotInArchive(f"the record at byte {offset} of {file} has no WARC-Date")
    return Captured(
        url=_target(record),
        status=http.status_code,
        headers=_true_headers(list(http.to_tuples()), body),
        body=body,
        captured_at=record.record_date,
        record_id=record.record_id,
        payload_digest=record.headers.get("WARC-Payload-Digest"),
    )


def _status(record: WarcRecord) -> int | None:
    try:
        record.parse_http()
    except OSError:
        return None
    return record.http_headers.status_code if record.http_headers else None


def _target(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ")


def _true_headers(stated: list[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    """Some archives keep decoded bodies under the header of the encoded ones; that header would garble them."""
    drop = {"transfer-encoding", "content-length"}
    if body.lstrip()[:1] == b"<":
        drop.add("content-encoding")
    return [(name, value) for name, value in stated if name.lower() not in drop]
