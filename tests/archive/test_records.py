"""Reading records of every packing and of every tool: places, dates, lengths, damage."""

import gzip
from codecs import BOM_UTF8
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.records import digest_agrees, first_capture, has_offsets, refuse_no_warc
from crawler.errors import NotInArchive, UnreadableArchive
from tests.archive.conftest import ANSWER, HTML, OTHER, PAGE, Rec, by_hand, captured, named, scanned, source, write
from tests.make import CAPTURED_AT, URL, story_url

PAIR = (Rec("https://www.example.org/", b"<p>Lain</p>"), Rec(), Rec(OTHER, b"<p>Kapal lain</p>"))


def offsets(path: Path) -> bool:
    with source(path).open() as stream:
        return has_offsets(stream)


@pytest.mark.parametrize("packing", ["records", "none", "zstd"])
def test_the_offset_of_a_record_leads_to_its_bytes(tmp_path: Path, packing: str) -> None:
    """Without it archives of other tools give one page, or the wrong one."""
    path = write(tmp_path / named(packing), *PAIR, packing=packing)
    entries = scanned(path).entries
    assert offsets(path)
    assert [entry.url for entry in entries] == [URL, OTHER]
    for entry, rec in zip(entries, PAIR[1:], strict=True):
        read = captured(path, entry.location.offset)
        assert (read.url, read.body, read.headers) == (rec.url, rec.body, [HTML])
        assert read.place == entry.place


@pytest.mark.parametrize("packing", ["records", "none"])
def test_the_offset_of_a_record_leads_other_tools_to_its_bytes(tmp_path: Path, packing: str) -> None:
    """Without it a record of the dataset cannot be checked against the archive."""
    path = write(tmp_path / named(packing), *PAIR[:2], packing=packing)
    (entry,) = scanned(path).entries
    read = captured(path, entry.location.offset)
    assert (read.captured_at, read.place.warc_file) == (CAPTURED_AT, path.name)
    record = next(iter(ArchiveIterator(BytesIO(path.read_bytes()[read.place.warc_offset :]))))
    assert record.rec_headers.get_header("WARC-Record-ID") == read.place.warc_record_id
    assert record.rec_headers.get_header("WARC-Payload-Digest") == read.place.payload_digest
    assert digest_agrees(record.content_stream().read(), read.place.payload_digest)


@pytest.mark.parametrize(
    "records",
    [PAIR[:2], [Rec(story_url(f"2021/04/22/1700{n:02}070"), Random(n).randbytes(300_000)) for n in range(4)]],
    ids=["two", "large"],
)
def test_a_file_compressed_as_a_whole_is_reported_as_one(tmp_path: Path, records: list[Rec]) -> None:
    """Without it small archives, and those of large pages, give none but their first story."""
    assert not offsets(write(tmp_path / "a.warc.gz", *records, packing="whole"))
    assert offsets(write(tmp_path / "b.warc.gz", *records))


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2021-04-23T01:02:03Z", CAPTURED_AT),
        ("2021-04-23T01:02:03.9Z", CAPTURED_AT + timedelta(milliseconds=900)),
        ("2021-04-23T01:02:03.123456789Z", CAPTURED_AT + timedelta(microseconds=123456)),
        ("2021-04-23T08:02:03+07:00", datetime(2021, 4, 23, 8, 2, 3, tzinfo=timezone(timedelta(hours=7)))),
        ("2021-04-23T01:02:03", CAPTURED_AT),
        ("2021-04-23T01:02Z", CAPTURED_AT.replace(second=0)),
        ("2021-04-23T01Z", CAPTURED_AT.replace(minute=0, second=0)),
        ("2021-04-23", datetime(2021, 4, 23, tzinfo=UTC)),
        ("2021-04", datetime(2021, 4, 1, tzinfo=UTC)),
        ("2021", datetime(2021, 1, 1, tzinfo=UTC)),
        ("20210423010203", CAPTURED_AT),
        ("2021-04-23 01:02:03", CAPTURED_AT),
    ],
)
def test_a_date_is_read_with_fractions_and_zones_and_without_parts(
    one: Callable[..., Path], stated: str, moment: datetime
) -> None:
    """Without it captures of newer tools have no time, and cannot be put in order."""
    path = one(ANSWER, WARC_Date=stated)
    assert captured(path).captured_at == scanned(path).entries[0].captured_at == moment


@pytest.mark.parametrize(
    "stated",
    [None, "kemarin", "2021-13", "2021-04-31", "2021-4", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"],
)
def test_a_record_without_a_date_is_refused_by_name(one: Callable[..., Path], stated: str | None) -> None:
    """Without it a story is said to have been captured in 1970."""
    path = one(ANSWER, WARC_Date=stated)
    assert [entry.captured_at for entry in scanned(path).entries] == [None, CAPTURED_AT]
    with pytest.raises(NotInArchive, match="no WARC-Date"):
        captured(path)


def test_a_record_without_an_id_is_read(one: Callable[..., Path]) -> None:
    """Without it a page is lost for a field that only helps to name it."""
    read = captured(one(ANSWER, WARC_Record_ID=None))
    assert (read.body, read.place.warc_record_id) == (PAGE, None)


@pytest.mark.parametrize("length", ["-5", "x", None, "10", "99999999", "99999999999999999999999"])
def test_a_wrong_length_costs_the_record_and_not_the_run(one: Callable[..., Path], length: str | None) -> None:
    """Without it one damaged number ends the reading of an archive with a traceback."""
    path = one(ANSWER, Content_Length=length)
    found = scanned(path)
    assert found.entries[-1].url == OTHER
    assert found.damage == 1
    if length != "10":
        with pytest.raises(NotInArchive):
            captured(path)


@pytest.mark.parametrize("written", [f"<{URL}>", f" {URL} "])
def test_an_address_in_angle_brackets_is_read_without_them(one: Callable[..., Path], written: str) -> None:
    """Without it no story of the older archives that write <address> is found."""
    path = one(ANSWER, WARC_Target_URI=written)
    assert [entry.url for entry in scanned(path).entries] == [URL, OTHER]
    assert captured(path).url == URL


def test_names_of_fields_may_be_written_as_go_does(tmp_path: Path) -> None:
    """Without it archives of a common library are not read."""
    path = tmp_path / "a.warc"
    path.write_bytes(by_hand(ANSWER).replace(b"WARC-T", b"Warc-T").replace(b"WARC-D", b"Warc-D"))
    assert scanned(path).entries[0].captured_at == captured(path).captured_at == CAPTURED_AT


def test_a_record_of_warc_1_0_is_read(tmp_path: Path) -> None:
    """Without it every archive before 2017 is refused."""
    path = tmp_path / "a.warc"
    path.write_bytes(by_hand(ANSWER).replace(b"WARC/1.1", b"WARC/1.0"))
    assert captured(path).body == PAGE


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd"])
def test_a_decoded_body_loses_the_header_of_the_coded_one(tmp_path: Path, coding: str) -> None:
    """Without it every page of an archive that keeps decoded bodies is refused as broken."""
    headers = (HTML, ("content-encoding", coding.upper()), ("Content-Length", "17"))
    path = write(tmp_path / "a.warc.gz", Rec(headers=headers))
    assert (captured(path).body, captured(path).headers) == (PAGE, [HTML])


def test_a_decoded_body_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """Without it such a page is refused as broken, though nothing is missing."""
    body = BOM_UTF8 + b"\n" + PAGE
    path = write(tmp_path / "a.warc.gz", Rec(body=body, headers=(HTML, ("Content-Encoding", "gzip"))))
    assert (captured(path).body, captured(path).headers) == (body, [HTML])


@pytest.mark.parametrize("packing", ["records", "whole", "none"])
def test_a_record_whose_header_has_unix_line_ends_is_read(tmp_path: Path, packing: str) -> None:
    """Without it all stories of an archive that a script wrote are missing."""
    records = []
    for record in (by_hand(ANSWER), by_hand(ANSWER, url=OTHER)):
        head, _, block = record.partition(b"\r\n\r\n")
        records.append(head.replace(b"\r\n", b"\n") + b"\n\n" + block.removesuffix(b"\r\n\r\n") + b"\n\n")
    packed = {"records": b"".join(map(gzip.compress, records)), "whole": gzip.compress(b"".join(records))}
    path = tmp_path / ("a.warc" if packing == "none" else "a.warc.gz")
    path.write_bytes(packed.get(packing, b"".join(records)))
    found = scanned(path)
    assert (found.damage, [entry.url for entry in found.entries]) == (0, [URL, OTHER])
    assert captured(path).body == PAGE


def test_a_coded_body_keeps_its_header(tmp_path: Path) -> None:
    """Without it the page is not decompressed, and fails as an unknown layout."""
    gzipped = ("Content-Encoding", "gzip")
    path = write(tmp_path / "a.warc.gz", Rec(body=gzip.compress(PAGE), headers=(HTML, gzipped)))
    assert captured(path).headers == [HTML, gzipped]


@pytest.mark.parametrize("packing", ["records", "none", "zstd"])
def test_a_file_cut_off_in_its_last_record_gives_the_others(tmp_path: Path, packing: str) -> None:
    """Without it a capture that was killed is lost as a whole, or gives half a story as a whole one."""
    path = write(tmp_path / named(packing), Rec(), Rec(OTHER, Random(1).randbytes(9000)), packing=packing)
    path.write_bytes(path.read_bytes()[:-60])
    found = scanned(path)
    assert captured(path).body == PAGE
    assert found.damage == 1
    for entry in found.entries[1:]:
        with pytest.raises(NotInArchive):
            captured(path, entry.location.offset)


@pytest.mark.parametrize("offset", [3, 10_000_000])
def test_an_offset_where_no_record_begins_is_not_in_the_archive(tmp_path: Path, offset: int) -> None:
    """Without it a stale provenance leads to a traceback."""
    with pytest.raises(NotInArchive, match=f"no record can be read at byte {offset} of "):
        captured(write(tmp_path / "a.warc.gz", Rec()), offset)


@pytest.mark.parametrize(
    "content",
    [b"", gzip.compress(b""), b"Bukan arsip.\n" * 100, b"\x1f\x8b" + b"\0" * 500, gzip.compress(b"Bukan.\n" * 100)],
    ids=["empty", "empty gzip", "text", "no gzip", "gzip of text"],
)
def test_a_file_that_is_no_warc_is_named(tmp_path: Path, content: bytes) -> None:
    """Without it a wrong file, or a download that never began, is a run that found nothing, or a traceback."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(UnreadableArchive, match=r"the archive .*a\.warc\.gz holds no WARC record"):
        refuse_no_warc(source(path))


@pytest.mark.parametrize("packing", ["records", "none", "zstd"])
def test_an_archive_that_is_damaged_at_its_very_beginning_is_not_refused(tmp_path: Path, packing: str) -> None:
    """Without it one bad byte costs an archive of many gigabytes."""
    path = write(tmp_path / named(packing), Rec(), Rec(OTHER), packing=packing)
    path.write_bytes(b"\0" * 7 + path.read_bytes()[7:])
    refuse_no_warc(source(path))
    assert [entry.url for entry in scanned(path).entries] == [OTHER]
    assert scanned(path).damage == 1


def test_a_recording_began_with_the_earliest_of_its_first_records(tmp_path: Path) -> None:
    """Without it a replay decides by the clock of another day which pages are due."""
    files = [
        write(tmp_path / f"{n}.warc.gz", Rec(date=f"2021-04-2{n}T00:00:00.75Z"), Rec(date="2020-01-01T00:00:00Z"))
        for n in (5, 3)
    ]
    assert first_capture(map(source, files)) == datetime(2021, 4, 23, tzinfo=UTC)
    without = write(tmp_path / "x.warc", Rec(), packing="none")
    without.write_bytes(without.read_bytes().replace(b"WARC-Date:", b"WARC-Xate:"))
    with pytest.raises(UnreadableArchive, match="does not say when it was made"):
        first_capture([source(without)])


def test_a_digest_that_is_not_sha1_says_nothing() -> None:
    """Without it pages of archives with other digests are called damaged."""
    assert digest_agrees(b"x", "sha256:ab") is digest_agrees(b"x", None) is None
    assert digest_agrees(b"x", "sha1:CH3K2C34YSRJNNYWR3XPFJD7FOBNZDM5".lower()) is False
