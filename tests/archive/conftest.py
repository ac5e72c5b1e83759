"""WARC files of a few records, written as a test needs them."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.files import Source
from crawler.archive.index import ArchiveIndex
from tests.make import URL, read_page

HTML = ("Content-Type", "text/html; charset=UTF-8")


@dataclass(frozen=True)
class Rec:
    """One record to be written; a good response unless said otherwise."""

    url: str = URL
    body: bytes = field(default_factory=read_page)
    status: str = "200 OK"
    type: str = "response"
    date: str = "2021-04-23T01:02:03Z"
    headers: tuple[tuple[str, str], ...] = (HTML,)


def warc_bytes(records: Sequence[Rec], compressed: bool = True) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for rec in records:
        line = "GET / HTTP/1.1" if rec.type == "request" else rec.status
        http = StatusAndHeaders(line, list(rec.headers), "" if rec.type == "request" else "HTTP/1.1")
        record = writer.create_warc_record(
            rec.url,
            rec.type,
            payload=BytesIO(rec.body),
            length=len(rec.body),
            http_headers=http if rec.type in ("response", "request", "revisit") else None,
            warc_content_type="" if rec.type in ("response", "request", "revisit") else "application/octet-stream",
            warc_headers_dict={"WARC-Date": rec.date},
        )
        writer.write_record(record)
    return out.getvalue()


def write(path: Path, *records: Rec, packing: str = "records") -> Path:
    """:param packing: `records` (a gzip member each), `none`, or `whole` (one gzip stream round all)."""
    content = warc_bytes(records, compressed=packing == "records")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, mtime=0) if packing == "whole" else content)
    return path


def index_of(scratch: Path, *paths: Path) -> ArchiveIndex:
    return ArchiveIndex([Source(path, path.name) for path in paths], scratch)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder
