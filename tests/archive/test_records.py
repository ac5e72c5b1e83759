"""Reading records: every packing of a file, every coding of a body, and what damage does."""

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from crawler.archive.records import headers, read, seekable
from crawler.errors import NotInArchive, UnreadableArchive
from tests.archive.conftest import HTML, Rec, index_of, write
from tests.make import URL, read_page, story_url

OTHER = story_url("2021/04/22/170000070")
PAIR = (Rec("https://www.example.org/", b"<p>Lain</p>"), Rec(), Rec(OTHER, b"<p>Kapal lain</p>"))
GZIPPED = ("Content-Encoding", "gzip")


def named(packing: str) -> str:
    return "a.warc" if packing == "none" else "a.warc.gz"


@pytest.mark.parametrize("packing", ["records", "none", "whole"])
def test_every_packing_gives_every_record_at_an_offset_that_can_be_read(
    tmp_path: Path, scratch: Path, packing: str
) -> None:
    """Without it archives of other tools give one page, or the wrong one."""
    file = seekable(write(tmp_path / named(packing), *PAIR, packing=packing), scratch, [])
    found = list(headers(file))
    assert [(header.type, header.url) for header in found] == [("response", rec.url) for rec in PAIR]
    for header, rec in zip(found, PAIR, strict=True):
        assert (read(file, header.offset).url, read(file, header.offset).body) == (rec.url, rec.body)


@pytest.mark.parametrize(
    "records",
    [PAIR[:2], [Rec(story_url(f"2021/04/22/1700{n:02}070"), Random(n).randbytes(300_000)) for n in range(4)]],
    ids=["two", "large"],
)
def test_a_whole_file_gzip_is_told_by_what_it_is_not_by_a_few_offsets(
    tmp_path: Path, scratch: Path, records: list[Rec]
) -> None:
    """Without it small archives, and those of large pages, give none but their first story."""
    file = seekable(write(tmp_path / "a.warc.gz", *records, packing="whole"), scratch, [])
    assert [read(file, header.offset).url for header in headers(file)] == [rec.url for rec in records]


def test_only_a_file_that_was_compressed_as_a_whole_is_copied(tmp_path: Path, scratch: Path) -> None:
    """Without it every archive is written to the disk once more, or its offsets point nowhere."""
    for packing in ("records", "none"):
        path = write(tmp_path / named(packing), *PAIR, packing=packing)
        assert seekable(path, scratch, []) is path
    assert seekable(write(tmp_path / "whole.warc.gz", *PAIR, packing="whole"), scratch, []).name == "whole.warc"
    assert [file.name for file in scratch.glob("*/*")] == ["whole.warc"]


def test_a_capture_says_when_where_and_with_which_digest(tmp_path: Path) -> None:
    """Without it a record of the dataset cannot be traced to its bytes."""
    path = write(tmp_path / "a.warc.gz", Rec(status="404 Not Found"))
    captured = read(path, 0)
    assert captured.status == 404
    assert captured.captured_at == datetime(2021, 4, 23, 1, 2, 3, tzinfo=UTC)
    stated = gzip.decompress(path.read_bytes()).decode()
    assert f"WARC-Record-ID: {captured.record_id}\r\n" in stated
    assert captured.payload_digest
    assert f"WARC-Payload-Digest: {captured.payload_digest}\r\n" in stated
    assert captured.headers == [HTML]


def test_an_address_in_angle_brackets_is_read_without_them(tmp_path: Path) -> None:
    """Without it no story of the older archives that write <address> is found."""
    path = write(tmp_path / "a.warc.gz", Rec(f"<{URL}>"))
    assert [header.url for header in headers(path)] == [URL]
    assert read(path, 0).url == URL


def test_a_chunked_body_is_put_together(tmp_path: Path) -> None:
    """Without it lengths in hexadecimal stand in the middle of sentences."""
    body = read_page()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:100], body[100:])) + b"0\r\n\r\n"
    path = write(tmp_path / "a.warc.gz", Rec(body=chunks, headers=(HTML, ("Transfer-Encoding", "chunked"))))
    assert read(path, 0).body == body
    assert read(path, 0).headers == [HTML]


def test_a_gzip_body_stays_as_it_is_under_its_header(tmp_path: Path) -> None:
    """Without it the page is unpacked twice, or not at all."""
    body = gzip.compress(read_page())
    path = write(tmp_path / "a.warc.gz", Rec(body=body, headers=(HTML, GZIPPED)))
    assert (read(path, 0).body, read(path, 0).headers) == (body, [HTML, GZIPPED])


def test_a_decoded_body_loses_the_header_of_the_coded_one(tmp_path: Path) -> None:
    """Without it every page of an archive that keeps decoded bodies is refused as broken gzip."""
    length = ("Content-Length", "17")
    path = write(tmp_path / "a.warc.gz", Rec(headers=(HTML, ("content-encoding", "GZIP"), length)))
    assert (read(path, 0).body, read(path, 0).headers) == (read_page(), [HTML])


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd"])
def test_a_decoded_body_loses_the_header_of_every_other_coding(tmp_path: Path, coding: str) -> None:
    """Without it decoded pages that came in another coding than gzip reach the parser garbled, or not at all."""
    path = write(tmp_path / "a.warc.gz", Rec(headers=(HTML, ("Content-Encoding", coding))))
    assert (read(path, 0).body, read(path, 0).headers) == (read_page(), [HTML])


def test_a_coded_body_keeps_the_header_of_every_other_coding(tmp_path: Path) -> None:
    """Without it nobody unpacks the page, and it is told as an unknown layout."""
    deflate = ("Content-Encoding", "deflate")
    path = write(tmp_path / "a.warc.gz", Rec(body=zlib.compress(read_page()), headers=(HTML, deflate)))
    assert read(path, 0).headers == [HTML, deflate]


@pytest.mark.parametrize("packing", ["records", "none"])
def test_a_file_cut_off_in_its_last_record_gives_the_others(tmp_path: Path, scratch: Path, packing: str) -> None:
    """Without it a capture that was killed is lost as a whole, or gives half a story as a whole one."""
    path = write(tmp_path / named(packing), Rec(), Rec(OTHER, read_page() * 40), packing=packing)
    path.write_bytes(path.read_bytes()[:-60])
    index = index_of(scratch, path)
    assert index.find(URL)[1].body == read_page()
    with pytest.raises(NotInArchive):
        index.find(OTHER)


@pytest.mark.parametrize(
    "content", [b"Bukan arsip.\n" * 100, b"\x1f\x8b" + b"\0" * 500, gzip.compress(b"Bukan.\n" * 100)]
)
def test_a_file_that_is_no_warc_is_named(tmp_path: Path, scratch: Path, content: bytes) -> None:
    """Without it a wrong file is a run that found nothing, or a traceback."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(UnreadableArchive, match=r"the archive .*a\.warc\.gz (is not a WARC file|holds no WARC record)"):
        index_of(scratch, path)


@pytest.mark.parametrize("content", [b"", gzip.compress(b"")])
def test_an_empty_file_is_named(tmp_path: Path, scratch: Path, content: bytes) -> None:
    """Without it a download that never began is a run that found nothing."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(UnreadableArchive, match=r"a\.warc\.gz holds no WARC record"):
        index_of(scratch, path)


def told(scratch: Path, path: Path) -> str:
    """What the person is told of a file that is damaged: by a refusal, or beside what could be read."""
    try:
        return "; ".join(index_of(scratch, path).damage)
    except UnreadableArchive as refusal:
        return str(refusal)


@pytest.mark.parametrize("damage", ["cut off", "changed"])
def test_damage_in_a_file_compressed_as_a_whole_is_told_in_a_sentence(
    tmp_path: Path, scratch: Path, damage: str
) -> None:
    """Without it a damaged archive ends the run with a traceback instead of the file's name."""
    path = write(
        tmp_path / "a.warc.gz", *(Rec(story_url(f"2021/04/22/1700{n:02}070")) for n in range(60)), packing="whole"
    )
    content = path.read_bytes()
    path.write_bytes(content[:-100] if damage == "cut off" else content[:-8] + b"\0" * 8)
    assert "a.warc.gz" in told(scratch, path)


@pytest.mark.parametrize("offset", [3, 10_000_000])
def test_an_offset_where_no_record_begins_is_not_in_the_archive(tmp_path: Path, offset: int) -> None:
    """Without it a stale provenance leads to a traceback."""
    with pytest.raises(NotInArchive, match=f"the record at byte {offset} of "):
        read(write(tmp_path / "a.warc.gz", Rec()), offset)


def test_a_record_without_a_date_is_refused_by_name(tmp_path: Path) -> None:
    """Without it a story is said to have been captured in 1970."""
    path = write(tmp_path / "a.warc", Rec(), packing="none")
    path.write_bytes(path.read_bytes().replace(b"WARC-Date:", b"WARC-Xate:"))
    with pytest.raises(NotInArchive, match="no WARC-Date"):
        read(path, 0)
