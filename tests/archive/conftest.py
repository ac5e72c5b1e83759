"""WARC files of a few records, written as a test needs them."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from fastwarc.stream_io import ZstdWriter
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.files import Source
from crawler.archive.records import Captured, Location, Reference, read
from crawler.archive.scan import Dismissal, Scanned, scan, story_dismissal
from crawler.errors import NotInArchive
from tests.make import URL, read_page, story_url

HTML = ("Content-Type", "text/html; charset=UTF-8")
OTHER = story_url("2021/04/22/170000070")
PAGE = read_page()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n"
ANSWER = HEAD + b"\r\n" + PAGE
WITH_HTTP = ("response", "request", "revisit")


@dataclass(frozen=True)
class Rec:
    """One record to be written; a good response unless said otherwise."""

    url: str = URL
    body: bytes = field(default_factory=read_page)
    status: str | None = "200 OK"
    """None: the record holds no HTTP message."""
    type: str = "response"
    date: str = "2021-04-23T01:02:03Z"
    headers: tuple[tuple[str, str], ...] = (HTML,)
    id: str = ""
    more: tuple[tuple[str, str], ...] = ()
    """Further WARC fields."""


def warc_bytes(records: Sequence[Rec], compressed: bool = True) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for rec in records:
        line = "GET / HTTP/1.1" if rec.type == "request" else rec.status
        with_http = rec.type in WITH_HTTP and line is not None
        http = StatusAndHeaders(line, list(rec.headers), "" if rec.type == "request" else "HTTP/1.1")
        fields = {"WARC-Date": rec.date, **({"WARC-Record-ID": rec.id} if rec.id else {}), **dict(rec.more)}
        record = writer.create_warc_record(
            rec.url,
            rec.type,
            payload=BytesIO(rec.body),
            length=len(rec.body),
            http_headers=http if with_http else None,
            warc_content_type="" if with_http else "application/octet-stream",
            warc_headers_dict=fields,
        )
        writer.write_record(record)
    return out.getvalue()


def zstd_frames(*contents: bytes) -> bytes:
    """A frame each."""
    out = BytesIO()
    for content in contents:
        writer = ZstdWriter(out)
        writer.write(content)
        writer.close()
    return out.getvalue()


def write(path: Path, *records: Rec, packing: str = "records") -> Path:
    """:param packing: `records` (a gzip member each), `none`, `whole` (gzip round all), `zstd` (a frame each)."""
    content = warc_bytes(records, compressed=packing == "records")
    if packing == "zstd":
        content = b"".join(zstd_frames(warc_bytes([record], compressed=False)) for record in records)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, mtime=0) if packing == "whole" else content)
    return path


def named(packing: str) -> str:
    return {"none": "a.warc", "zstd": "a.warc.zst"}.get(packing, "a.warc.gz")


def by_hand(http: bytes, *, kind: str = "response", url: str = URL, **fields: str | None) -> bytes:
    """One record whose bytes a test says itself; `WARC_Date=None` leaves a field out."""
    stated = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, url)}>",
        "WARC-Date": "2021-04-23T01:02:03Z",
        "WARC-Target-URI": url,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(http)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in stated.items() if value is not None)
    return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + http + b"\r\n\r\n"


def source(path: Path) -> Source:
    return Source(path, path.name, path.stat().st_size)


def scanned(path: Path | Source, dismissal: Dismissal = story_dismissal, start: int = 0) -> Scanned:
    """All slices of a file as one."""
    slices = list(scan(path if isinstance(path, Source) else source(path), dismissal, start))
    whole = slices[-1]
    for one in slices[:-1]:
        whole.counts += one.counts
        whole.damage += one.damage
        whole.bytes += one.bytes
    whole.entries = [entry for one in slices for entry in one.entries]
    return whole


def nowhere(reference: Reference) -> Location:
    raise NotInArchive(f"{reference} is unknown")


def captured(path: Path, offset: int = 0, resolve: Callable[[Reference], Location] = nowhere) -> Captured:
    return read(Location(source(path), offset), resolve)


def captured_of(place: Location) -> Captured:
    return read(place, nowhere)


@pytest.fixture
def one(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file of one record with the given bytes, and a good record behind it."""

    def write_it(http: bytes, **fields: Any) -> Path:
        path = tmp_path / "a.warc"
        path.write_bytes(by_hand(http, **fields) + by_hand(ANSWER, url=OTHER))
        return path

    return write_it
