"""The HTTP message of a record: odd heads, chunks, and bodies that are short."""

import contextlib
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.archive.codings import plain_body
from crawler.errors import NotInArchive
from tests.archive.conftest import (
    ANSWER,
    HEAD,
    PAGE,
    captured,
    scanned,
)

ODD_MESSAGES = {
    "no reason phrase": HEAD.replace(b" OK", b""),
    "an empty reason phrase": HEAD.replace(b"OK", b""),
    "HTTP/1.0": HEAD.replace(b"/1.1", b"/1.0"),
    "HTTP/2": HEAD.replace(b"/1.1", b"/2"),
    "HTTP/2 as browsers write it": HEAD.replace(b"/1.1 200 OK", b"/2.0 200 "),
    "HTTP/3": HEAD.replace(b"/1.1 200 OK", b"/3 200"),
    "lower-case names": HEAD.replace(b"Content-Type", b"content-type"),
    "a wrong length": HEAD + b"Content-Length: 5\r\n",
    "a line that is no field": HEAD + b"bukan bidang\r\n",
    "a folded line": HEAD + b"X-A: a\r\n b\r\n",
    "a byte of another charset": HEAD + b"X-A: caf\xe9\r\n",
    "a header of 50 KB": HEAD + b"Set-Cookie: " + b"x" * 50_000 + b"\r\n",
    "no field at all": b"HTTP/1.1 200 OK\r\n",
}


@pytest.mark.parametrize("head", ODD_MESSAGES.values(), ids=ODD_MESSAGES)
def test_an_odd_message_is_read(one: Callable[..., Path], head: bytes) -> None:
    """Without it all pages of a tool that writes so are missing."""
    path = one(head + b"\r\n" + PAGE)
    assert [entry.status for entry in scanned(path).entries] == [200, 200]
    assert (captured(path).status, captured(path).body) == (200, PAGE)


@pytest.mark.parametrize("ends", [b"\n\n", b"\r\n\n"], ids=["LF", "mixed"])
def test_a_header_with_other_line_ends_is_read(one: Callable[..., Path], ends: bytes) -> None:
    """Without it a page of such a server is empty, or its text stands in its header."""
    body = b"<p>Satu</p>\r\n\r\n<p>Dua</p>\n\n<p>Tiga</p>"
    path = one(b"HTTP/1.1 200 OK\nContent-Type: text/html" + ends + body)
    assert (captured(path).headers, captured(path).body) == ([("Content-Type", "text/html")], body)
    assert scanned(path).entries[0].status == 200


@pytest.mark.parametrize(
    "media_type", ["application/http", "application/http;msgtype=response", "Application/HTTP", "text/html", None]
)
def test_a_response_is_read_whatever_its_record_calls_it(one: Callable[..., Path], media_type: str | None) -> None:
    """Without it archives that leave out or vary one field of a record give no story at all."""
    path = one(ANSWER, Content_Type=media_type)
    assert scanned(path).entries[0].status == 200
    assert captured(path).body == PAGE


@pytest.mark.parametrize("block", [PAGE, b"", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1"], ids=["html", "none", "abc", "cut"])
def test_a_record_without_an_http_message_is_refused_by_name(one: Callable[..., Path], block: bytes) -> None:
    """Without it a body is taken for a header, or an empty page for a story."""
    path = one(block)
    assert [entry.status for entry in scanned(path).entries] == [None, 200]
    with pytest.raises(NotInArchive, match=r"the record at byte 0 of a\.warc holds no HTTP response"):
        captured(path)


def chunks(*parts: bytes, extension: bytes = b"", end: bytes = b"0\r\n\r\n") -> bytes:
    return b"".join(b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts) + end


CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "message",
    [
        CHUNKED + chunks(PAGE[:100], PAGE[100:]),
        CHUNKED.replace(b"Transfer-Encoding: chunked", b"transfer-encoding: Chunked") + chunks(PAGE),
        CHUNKED + chunks(PAGE, extension=b";nama=nilai"),
        CHUNKED + chunks(PAGE, end=b"0\r\nExpires: 0\r\n\r\n"),
        CHUNKED + PAGE,
        CHUNKED.replace(b"chunked", b"gzip, chunked") + chunks(gzip.compress(PAGE)),
        CHUNKED.replace(b"chunked", b"identity") + PAGE,
    ],
    ids=["chunks", "case", "extension", "trailer", "header only", "gzip", "identity"],
)
def test_a_chunked_body_is_put_together(one: Callable[..., Path], message: bytes) -> None:
    """Without it lengths in hexadecimal stand in the middle of sentences, or pages put together before are lost."""
    read = captured(one(message))
    assert plain_body(read) == PAGE
    assert "transfer-encoding" not in {name.lower() for name, _ in read.headers}


@pytest.mark.parametrize("body", [b"f" * 40 + b"\r\nlain", b"-5\r\nlain", b"0x10\r\nlain", b"1\r\n"])
def test_a_body_that_only_begins_like_a_chunk_ends_in_no_traceback(one: Callable[..., Path], body: bytes) -> None:
    """Without it one page of plain text ends a run over a whole archive."""
    with contextlib.suppress(NotInArchive):
        assert captured(one(CHUNKED + body)).body in (body, b"lain")


def test_a_chunked_body_that_ends_early_is_refused(one: Callable[..., Path]) -> None:
    """Without it half a page that a crawler gave up passes for the whole story."""
    with pytest.raises(NotInArchive, match="the chunked body ends after 100 bytes"):
        captured(one(CHUNKED + chunks(PAGE[:100], PAGE[100:])[:400]))


SHORT: dict[str, tuple[bytes, dict[str, str], str | None]] = {
    "whole": (HEAD + b"Content-Length: %d\r\n" % len(PAGE), {}, None),
    "without a length": (HEAD, {}, None),
    "longer than declared": (HEAD + b"Content-Length: 5\r\n", {}, None),
    "shorter than declared": (HEAD + b"Content-Length: 9999\r\n", {}, f"{len(PAGE)} of 9999 bytes"),
    "a length that is none": (HEAD + b"Content-Length: banyak\r\n", {}, None),
    "decoded, under the length before": (HEAD + b"Content-Encoding: br\r\nContent-Length: 9999\r\n", {}, None),
    "chunks that were joined": (HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 9999\r\n", {}, None),
    "its record says so": (HEAD, {"WARC_Truncated": "length"}, "length"),
    "for want of time": (HEAD, {"WARC_Truncated": "time"}, "time"),
}


@pytest.mark.parametrize(("head", "fields", "truncated"), SHORT.values(), ids=SHORT)
def test_a_body_that_is_known_to_be_short_is_reported(
    one: Callable[..., Path], head: bytes, fields: dict[str, str], truncated: str | None
) -> None:
    """Without it half a page of an archive passes for the whole, or good pages are refused."""
    assert captured(one(head + b"\r\n" + PAGE, **fields)).truncated == truncated


def test_a_packed_body_is_short_by_its_packed_length(one: Callable[..., Path]) -> None:
    """Without it every packed page is refused, or none."""
    packed = gzip.compress(PAGE)
    for length, truncated in ((len(packed), None), (len(packed) + 1, f"{len(packed)} of {len(packed) + 1} bytes")):
        head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % length
        assert captured(one(head + packed)).truncated == truncated
