"""What is wanted of an archive, and what is passed over, by reason."""

import errno
import gzip
import os
from io import BufferedReader, BytesIO
from pathlib import Path
from random import Random
from typing import IO

import pytest

from crawler.archive.files import Source, expand
from crawler.archive.recording_index import site_dismissal
from crawler.archive.scan import scan, story_dismissal
from crawler.archive.window import Guarded
from tests.archive.conftest import OTHER, Rec, captured_of, scanned, source, write
from tests.file_server import file_server
from tests.make import URL, read_page, story_url

SEVEN = [Rec(story_url(f"2021/04/22/1800{n:02}070")) for n in range(7)]
PASSED_OVER = [
    (Rec(type="request", body=b""), "type_request"),
    (Rec(type="metadata", body=b"via: x\r\n"), "type_metadata"),
    (Rec("dns:www.kompas.com", b"192.0.2.1\n", type="resource"), "type_resource"),
    (Rec("https://www.example.org/read/2021/04/22/160600870/judul"), "other_site"),
    (Rec("https://video.kompas.com/watch/123/kapal"), "not_an_article"),
    (Rec("https://www.kompas.com/global"), "not_an_article"),
    (Rec("https://www.kompas.com.example.org/global/read/2021/04/22/160600870/judul"), "other_site"),
    (Rec("https://www.kompas.com/tren/read/2021/04/22/160600865/judul"), "other_section"),
    (Rec("https://nasional.kompas.com/read/2021/04/22/160600811/judul"), "other_section"),
    (Rec(URL.replace("www.", "amp.")), "other_view"),
    (Rec(URL.replace("/read/", "/copy/")), "other_view"),
]


@pytest.mark.parametrize(("record", "reason"), PASSED_OVER)
def test_what_is_no_article_of_these_kanals_is_passed_over_by_reason(tmp_path: Path, record: Rec, reason: str) -> None:
    """Without it a crawl of news of the whole world enters the dataset, or a reader cannot say what was left out."""
    found = scanned(write(tmp_path / "a.warc.gz", record))
    assert dict(found.counts) == {"records": 1, f"passed_over/{reason}": 1}
    assert found.entries == []


def test_every_record_is_either_wanted_or_passed_over(tmp_path: Path) -> None:
    """Without it the counts of a run do not add up, and missing records are not seen."""
    revisit = Rec(type="revisit", body=b"")
    found = scanned(write(tmp_path / "a.warc.gz", Rec(), revisit, *(record for record, _ in PASSED_OVER)))
    passed = sum(number for name, number in found.counts.items() if name.startswith("passed_over/"))
    assert (len(found.entries), found.counts["records"]) == (2, passed + 2)


def test_a_record_of_another_site_is_dismissed_with_its_body_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the news of the whole world are unpacked and parsed for the sake of one section."""
    path = write(tmp_path / "a.warc.gz", *(record for record, _ in PASSED_OVER), Rec())
    parsed: list[object] = []
    monkeypatch.setattr("crawler.archive.scan.status_in", parsed.append)
    assert len(scanned(path).entries) == len(parsed) == 1


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "202 Accepted"])
def test_the_status_of_an_answer_is_noted(tmp_path: Path, status: str) -> None:
    """Without it an error page is read as a story."""
    found = scanned(write(tmp_path / "a.warc.gz", Rec(status=status, body=b"")))
    assert [entry.status for entry in found.entries] == [int(status[:3])]


def test_an_answer_that_cannot_be_unpacked_has_no_status(tmp_path: Path) -> None:
    """Without it one damaged record ends the reading of the whole file."""
    long = read_page() + "".join(map(str, range(90_000))).encode()
    path = write(tmp_path / "a.warc.gz", Rec(), Rec(OTHER, long), Rec(story_url("2021/04/22/180000070")))
    at = scanned(path).entries[1].location.offset + 400
    content = bytearray(path.read_bytes())
    content[at : at + 20] = b"\xff" * 20
    path.write_bytes(content)
    found = scanned(path)
    assert [entry.url for entry in found.entries if entry.status == 200][::2] in ([URL], [URL, found.entries[-1].url])
    assert found.damage == 1


def test_a_file_damaged_half_way_is_read_on_behind_it_and_reported(tmp_path: Path) -> None:
    """Without it good pages around the damage are lost, or the loss goes unnoticed."""
    path = write(tmp_path / "a.warc.gz", Rec())
    good = path.read_bytes()
    path.write_bytes(good + gzip.compress(b"Bukan rekaman.\n" * 50) + good)
    found = scanned(path)
    assert [captured_of(entry.location).body for entry in found.entries] == [read_page()] * 2
    assert found.damage == 1


@pytest.mark.parametrize("damage", ["cut off", "changed"])
def test_damage_in_a_file_compressed_as_a_whole_is_reported(tmp_path: Path, damage: str) -> None:
    """Without it a damaged archive ends the run with a traceback, or is taken for whole."""
    stories = [story_url(f"2021/04/22/1700{number:02}070") for number in range(60)]
    path = write(tmp_path / "a.warc.gz", *(Rec(url) for url in stories), packing="whole")
    content = path.read_bytes()
    path.write_bytes(content[:-100] if damage == "cut off" else content[:-8] + b"\0" * 8)
    found = scanned(path)
    assert found.damage == 1
    if damage == "cut off":
        assert len(found.entries) >= 50


def test_records_without_offsets_of_their_own_come_along_and_promise_none(tmp_path: Path) -> None:
    """Without it the provenance names a byte at which nothing begins, or counts do not add up."""
    path = write(tmp_path / "a.warc.gz", Rec(OTHER, b"<p>Lain</p>"), Rec(type="request", body=b""), packing="whole")
    found = scanned(path)
    assert (found.is_kept, found.counts) == (True, {"records": 2, "passed_over/type_request": 1})
    path.unlink()
    (entry,) = found.entries
    assert (entry.place.warc_file, entry.place.warc_offset) == ("a.warc.gz", None)
    assert entry.place.warc_record_id
    read = captured_of(entry.location)
    assert (read.body, read.place) == (b"<p>Lain</p>", entry.place)


@pytest.mark.parametrize("packing", ["records", "none", "zstd"])
def test_records_of_a_server_without_ranges_come_along_with_their_offsets(tmp_path: Path, packing: str) -> None:
    """Without it the provenance depends on the server, or its whole file is fetched again for each record."""
    path = write(tmp_path / "a.warc.gz", *SEVEN, packing=packing)
    with file_server(has_ranges=False) as served:
        (source,) = expand(served.add("/a.warc.gz", path.read_bytes()))
        found = scanned(source)
        read = [captured_of(entry.location) for entry in found.entries]
        assert len(served.requests) == 1
    assert found.is_kept
    assert read == [captured_of(entry.location) for entry in scanned(path).entries]


@pytest.mark.parametrize("most", [1, 2, 7])
@pytest.mark.parametrize("packing", ["records", "none", "zstd"])
def test_a_file_goes_on_where_a_slice_of_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: str, most: int
) -> None:
    """Without it a file of a million stories is held in memory, or is not read to its end."""
    path = write(tmp_path / "a.warc.gz", *SEVEN, Rec(OTHER), packing=packing)
    whole = scanned(path)
    monkeypatch.setattr("crawler.bounds.SLICE_ENTRIES", most)
    slices, start = [], 0
    while True:
        slices.append(next(scan(source(path), story_dismissal, start)))
        if slices[-1].onward is None:
            break
        start = slices[-1].onward
    assert [entry for one in slices for entry in one.entries] == whole.entries
    assert max(len(one.entries) for one in slices) == most
    assert sum(one.bytes for one in slices) == path.stat().st_size
    assert sum(one.counts["records"] for one in slices) == 8


def test_slices_of_kept_records_are_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a file that was compressed as a whole is held in memory with all its pages."""
    path = write(tmp_path / "a.warc.gz", *SEVEN, packing="whole")
    monkeypatch.setattr("crawler.bounds.SLICE_BYTES", 1)
    assert [len(one.entries) for one in scan(source(path), story_dismissal)] == [1] * 7
    monkeypatch.undo()
    slices = list(scan(source(path), story_dismissal, most_records=3))
    assert [one.counts["records"] for one in slices] == [3, 3, 1]
    assert sum(one.bytes for one in slices) == path.stat().st_size


@pytest.mark.parametrize("content", [b"", b"<html>Halaman masuk</html>"], ids=["empty", "html"])
def test_a_file_without_a_record_is_a_failure(tmp_path: Path, content: bytes) -> None:
    """Without it an error page that was saved under the name of an archive is an archive that held nothing."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    assert scanned(path).failure == "holds no WARC record that can be read; is it a WARC file?"


class Broken(Source):
    """A file on a disk with a bad block in the middle."""

    def open(self) -> IO[bytes]:
        class BadBlock(BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                if self.tell() > len(self.getvalue()) // 2:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                return super().read(size)

        return BufferedReader(Guarded(BadBlock(Path(self.path).read_bytes()), str(self.path)))


@pytest.mark.parametrize("packing", ["records", "none", "whole"])
def test_a_file_that_fails_in_the_middle_says_why_and_gives_what_was_read(tmp_path: Path, packing: str) -> None:
    """Without it a disk that fails looks like an archive that held less, or costs all that it still gives."""
    noise = Random(1).randbytes(3_000_000)
    path = write(tmp_path / "a.warc", Rec(), Rec(OTHER, noise), Rec(story_url("2021/04/22/180000070")), packing=packing)
    found = scanned(Broken(path, path.name, path.stat().st_size))
    assert found.entries[0].url == URL
    assert len(found.entries) < 3
    assert found.failure == "Input/output error"


def test_a_file_that_is_gone_says_why(tmp_path: Path) -> None:
    """Without it a folder that was taken away in the night ends the reading of all others."""
    gone = source(write(tmp_path / "a.warc.gz", Rec()))
    Path(gone.path).unlink()
    assert scanned(gone).failure == "No such file or directory"


def test_a_damaged_note_of_a_recording_does_not_end_the_reading(tmp_path: Path) -> None:
    """Without it a recording whose last note was torn cannot be replayed at all."""
    note = b"failure: Timeout\r\ndetail: " + "".join(map(str, range(90_000))).encode()
    path = write(tmp_path / "a.warc.gz", Rec(), Rec(type="metadata", body=note))
    path.write_bytes(path.read_bytes()[:-4000])
    found = scanned(path, site_dismissal)
    assert found.entries[0].status == 200
    assert found.damage == 1


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"failure: Timeout\r\ndetail: no answer: in 60 seconds\r\n", ("Timeout", "no answer: in 60 seconds")),
        (b"failure: CutOff\n", ("CutOff", "")),
        (b"fetchTimeMs: 312\r\n", None),
        (b"", None),
        (b"\xff\xfe failure", None),
    ],
)
def test_a_note_says_why_no_answer_came(tmp_path: Path, body: bytes, failure: tuple[str, str] | None) -> None:
    """Without it a replay fails for other reasons than the crawl did."""
    found = scanned(write(tmp_path / "a.warc.gz", Rec(type="metadata", body=body)), site_dismissal)
    assert [entry.failure for entry in found.entries] == [failure]
