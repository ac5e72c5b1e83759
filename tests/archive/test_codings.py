"""Bodies as servers packed them, and as they say that they did."""

import gzip
import zlib
from io import BytesIO
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from fastwarc.stream_io import ZstdWriter

from crawler.archive import codings
from crawler.archive.codings import plain_body
from crawler.archive.records import Captured
from crawler.errors import NotInArchive
from crawler.items import WarcPlace
from tests.make import CAPTURED_AT, URL, read_page

PAGE = read_page()


def gz(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)  # else the names of the tests change with the clock


def zstd(content: bytes) -> bytes:
    out = BytesIO()
    writer = ZstdWriter(out)
    writer.write(content)
    writer.close()
    return out.getvalue()


def bare_deflate(content: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(content) + packing.flush()


def packed(body: bytes, *stated: str) -> Captured:
    headers = [("Content-Encoding", value) for value in stated]
    return Captured(URL, 200, headers, body, CAPTURED_AT, WarcPlace(None, None, None, None))


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        (PAGE, []),
        (PAGE, ["identity"]),
        (PAGE, [""]),
        (PAGE, ["none"]),
        (PAGE, ["UTF-8"]),
        (PAGE, ["8bit, identity"]),
        (gz(PAGE), ["utf-8", "gzip"]),
        (gz(PAGE), ["gzip"]),
        (gz(PAGE), ["GZIP"]),
        (gz(PAGE), ["x-gzip"]),
        (gz(PAGE[:50]) + gz(PAGE[50:]), ["gzip"]),
        (zlib.compress(PAGE), ["deflate"]),
        (bare_deflate(PAGE), ["deflate"]),
        (brotli.compress(PAGE), ["br"]),
        (zstd(PAGE), ["zstd"]),
        (gz(brotli.compress(PAGE)), ["br, gzip"]),
        (gz(gz(PAGE)), ["gzip", "gzip"]),
        (gz(PAGE), ["identity, gzip"]),
        (gz(PAGE) + bytes(10), ["gzip"]),
        (b"", ["gzip"]),
        (gz(b""), ["gzip"]),
    ],
)
def test_every_coding_of_browsers_is_undone(body: bytes, stated: list[str]) -> None:
    """Without it pages that other crawlers archived fail as "not HTML"."""
    assert plain_body(packed(body, *stated)) == (PAGE if len(body) > 30 else b"")


@pytest.mark.parametrize("coding", ["compress", "dcb", "x"])
def test_an_unknown_coding_is_named(coding: str) -> None:
    """Without it undecoded bytes reach the parser."""
    with pytest.raises(NotInArchive, match=f"in the unknown coding {coding}"):
        plain_body(packed(PAGE, coding))


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        (b"\x00\x01bukan", "gzip"),
        (b"\x00\x01bukan", "br"),
        (b"\x00\x01bukan", "zstd"),
        (b"\xff\xff\xff\xff", "deflate"),
        (gz(PAGE), "gzip, gzip"),
        (gz(PAGE)[:20] + b"\xff" * 60 + gz(PAGE)[80:], "gzip"),
    ],
)
def test_a_wrong_coding_or_a_damaged_body_is_named(body: bytes, stated: str) -> None:
    """Without it a damaged page ends the reading of the whole archive."""
    with pytest.raises(NotInArchive, match="cannot be unpacked"):
        plain_body(packed(body, stated))


@pytest.mark.parametrize(("pack", "coding"), [(gz, "gzip"), (brotli.compress, "br"), (zstd, "zstd")])
def test_a_body_without_its_end_is_no_page(pack: Any, coding: str) -> None:
    """Without it half a page passes for the whole story."""
    long = PAGE.replace(b"</div>", b" ".join(str(number).encode() for number in range(20_000)) + b"</div>")
    with pytest.raises(NotInArchive, match="cannot be unpacked"):
        plain_body(packed(pack(long)[:-2000], coding))


def test_a_body_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it one prepared page takes all memory of the machine."""
    monkeypatch.setattr("crawler.bounds.PAGE_BYTES", 1000)
    for pack, coding in ((gz, "gzip"), (brotli.compress, "br"), (zstd, "zstd"), (bare_deflate, "deflate")):
        assert len(plain_body(packed(pack(bytes(1000)), coding))) == 1000
        assert len(plain_body(packed(pack(bytes(1_000_000)), coding))) == 1001, "refused as `TooLarge`"


def test_a_body_of_very_many_members_is_refused_and_padding_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it 0.03 MB of empty members keep a worker busy for minutes."""
    monkeypatch.setattr("crawler.bounds.GZIP_MEMBERS", 3)
    monkeypatch.setattr(codings, "_BLOCK", 7)
    assert plain_body(packed(gz(b"a") + gz(b"") + gz(b"b") + bytes(20), "gzip")) == b"ab"
    with pytest.raises(NotInArchive, match="more than 3 gzip members"):
        plain_body(packed(gz(b"") * 4, "gzip"))
