"""What is wanted of an archive, and what is passed over, by reason."""

import gzip
from pathlib import Path

import pytest

from crawler.archive.recording_index import site_dismissal
from crawler.archive.scan import copy_wanted, scan, story_dismissal
from tests.archive.conftest import OTHER, Rec, captured, captured_of, scanned, source, write
from tests.make import URL, read_page, story_url

PASSED_OVER = [
    (Rec(type="request", body=b""), "type_request"),
    (Rec(type="metadata", body=b"via: x\r\n"), "type_metadata"),
    (Rec("dns:www.kompas.com", b"192.0.2.1\n", type="resource"), "type_resource"),
    (Rec("https://www.example.org/read/2021/04/22/160600870/judul"), "other_site"),
    (Rec("https://video.kompas.com/watch/123/kapal"), "not_an_article"),
    (Rec("https://www.kompas.com/global"), "not_an_article"),
    (Rec("https://www.kompas.com.example.org/global/read/2021/04/22/160600870/judul"), "not_an_article"),
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
    """Without it the counts of a run do not add up, and nobody can tell what is missing."""
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
    assert found.damage["places"] == 1


def test_a_file_damaged_half_way_is_read_on_behind_it_and_told(tmp_path: Path) -> None:
    """Without it good pages around the damage are lost, or the loss goes unnoticed."""
    path = write(tmp_path / "a.warc.gz", Rec())
    good = path.read_bytes()
    path.write_bytes(good + gzip.compress(b"Bukan rekaman.\n" * 50) + good)
    found = scanned(path)
    assert [captured_of(entry.location).body for entry in found.entries] == [read_page()] * 2
    assert found.damage["places"] == 1


@pytest.mark.parametrize("damage", ["cut off", "changed"])
def test_damage_in_a_file_compressed_as_a_whole_is_told(tmp_path: Path, scratch: Path, damage: str) -> None:
    """Without it a damaged archive ends the run with a traceback, or is taken for whole."""
    stories = [story_url(f"2021/04/22/1700{number:02}070") for number in range(60)]
    path = write(tmp_path / "a.warc.gz", *(Rec(url) for url in stories), packing="whole")
    content = path.read_bytes()
    path.write_bytes(content[:-100] if damage == "cut off" else content[:-8] + b"\0" * 8)
    copy, found = copy_wanted(source(path), scratch, story_dismissal)
    assert found.damage["places"] == 1
    if damage == "cut off":
        assert len(scan(copy, 0, None, story_dismissal, exact=False).entries) >= 50


def test_records_copied_aside_promise_no_offset_and_are_counted_once(tmp_path: Path, scratch: Path) -> None:
    """Without it the provenance names a byte of a copy that is gone, and counts do not add up."""
    path = write(tmp_path / "a.warc.gz", Rec(OTHER, b"<p>Lain</p>"), Rec(type="request", body=b""), packing="whole")
    copy, found = copy_wanted(source(path), scratch, story_dismissal)
    again = scan(copy, 0, None, story_dismissal, exact=False)
    assert (found.counts, again.counts["records"]) == ({"records": 2, "passed_over/type_request": 1}, 0)
    (entry,) = again.entries
    assert (entry.place.warc_file, entry.place.warc_offset) == ("a.warc.gz", None)
    assert entry.place.warc_record_id
    assert captured(copy.path).body == b"<p>Lain</p>"


def test_a_damaged_note_of_a_recording_does_not_end_the_reading(tmp_path: Path) -> None:
    """Without it a recording whose last note was torn cannot be replayed at all."""
    note = b"failure: Timeout\r\ndetail: " + "".join(map(str, range(90_000))).encode()
    path = write(tmp_path / "a.warc.gz", Rec(), Rec(type="metadata", body=note))
    path.write_bytes(path.read_bytes()[:-4000])
    found = scan(source(path), 0, None, site_dismissal)
    assert found.entries[0].status == 200
    assert found.damage["places"] == 1


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
    found = scan(source(write(tmp_path / "a.warc.gz", Rec(type="metadata", body=body))), 0, None, site_dismissal)
    assert [entry.failure for entry in found.entries] == [failure]
