"""One exchange after another into the files of a folder."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.exchange import Answered, Asked
from crawler.archive.payloads import NAME, Original, Payloads
from crawler.archive.recorder import Recorder
from crawler.archive.shelf import Shelf
from crawler.archive.warc_file import WarcFile
from crawler.errors import UnusableArchiveFolder
from tests.make import URL, story_url

AT = datetime(2021, 4, 23, 1, 2, 3, tzinfo=UTC)
ASKED = Asked(
    f"{URL}?page=all", "GET", [("User-Agent", "kompas_global/1")], AT, {"found-by": "index", "via": "https://x"}
)
ANSWERED = Answered(
    200, "OK", [("content-type", "text/html"), ("Transfer-Encoding", "chunked")], b"<html>", "192.0.2.1"
)
OTHER = replace(ASKED, url=story_url("2021/04/22/170000070"))


def recorder(folder: Path, largest: int = 10_000_000) -> Recorder:
    return Recorder(folder, largest, AT, {"software": "kompas_global/1", "operator": ""})


def read(file: Path) -> list[tuple[Any, bytes]]:
    with file.open("rb") as stream:
        return [(record, record.content_stream().read()) for record in ArchiveIterator(stream)]


def test_an_exchange_is_an_answer_a_request_and_a_note(tmp_path: Path) -> None:
    """Without it an archive holds pages without the request that fetched them, its time and its reason."""
    writer = recorder(tmp_path)
    place = writer.record(ASKED, ANSWERED)
    writer.close()
    info, answer, asked, note = read(tmp_path / str(place.warc_file))
    assert info[0].rec_type == "warcinfo"
    assert b"software: kompas_global/1\r\n" in info[1]
    assert (answer[0].rec_type, answer[1]) == ("response", b"<html>")
    header = answer[0].rec_headers.get_header
    assert header("WARC-Record-ID") == place.warc_record_id
    assert header("WARC-Payload-Digest") == place.payload_digest
    assert header("WARC-Date") == "2021-04-23T01:02:03Z"
    assert header("WARC-IP-Address") == "192.0.2.1"
    assert answer[0].http_headers.get_header("Transfer-Encoding") is None
    assert answer[0].http_headers.get_header("Content-Length") == "6"
    assert asked[0].http_headers.protocol == "GET"
    assert asked[0].http_headers.get_header("Host") == "www.kompas.com"
    assert note[1] == b"found-by: index\r\nvia: https://x\r\n"
    linked = [record.rec_headers.get_header("WARC-Concurrent-To") for record, _ in (asked, note)]
    assert linked == [place.warc_record_id] * 2


def test_the_place_leads_back_to_the_bytes(tmp_path: Path) -> None:
    """Without it provenance is a promise."""
    writer = recorder(tmp_path)
    first, second = writer.record(ASKED, ANSWERED), writer.record(OTHER, replace(ANSWERED, body=b"<html>2"))
    shelf = Shelf(str(tmp_path))
    assert [shelf.captured(place).body for place in (first, second)] == [b"<html>", b"<html>2"]  # still being written
    writer.close()
    assert [shelf.captured(place).url for place in (first, second)] == [ASKED.url, OTHER.url]


def test_headers_come_back_byte_for_byte(tmp_path: Path) -> None:
    """Without it a replay follows another `Location` than the crawl did, and fails where the crawl did not."""
    came = [("Location", b"/kaf\xc3\xa9 \xe9"), ("X-Judul", "Rakit – tiba".encode())]
    writer = recorder(tmp_path)
    place = writer.record(
        ASKED, Answered(301, "", [(name, value.decode("latin-1")) for name, value in came], b"", None)
    )
    writer.close()
    read_back = dict(Shelf(str(tmp_path)).captured(place).headers)
    assert [(name, read_back[name].encode("latin-1")) for name, _ in came] == came


def test_the_same_bytes_are_written_once(tmp_path: Path) -> None:
    """Without it a site that did not change fills the disk night after night."""
    writer = recorder(tmp_path)
    places = [writer.record(asked, ANSWERED) for asked in (ASKED, OTHER, OTHER)]
    writer.close()
    found = [record for record, _ in read(tmp_path / str(places[0].warc_file))]
    assert [record.rec_type for record in found if record.rec_type in ("response", "revisit")] == [
        "response",
        "revisit",
        "revisit",
    ]
    assert writer.revisits == 2
    header = next(record for record in found if record.rec_type == "revisit").rec_headers.get_header
    assert header("WARC-Refers-To") == places[0].warc_record_id
    assert header("WARC-Refers-To-Target-URI") == ASKED.url
    assert header("WARC-Refers-To-Filename") == places[0].warc_file
    captured = Shelf(str(tmp_path)).captured(places[2])
    assert (captured.url, captured.body) == (OTHER.url, b"<html>")


def test_empty_bodies_and_unchanged_pages_are_what_they_are(tmp_path: Path) -> None:
    """Without it a redirect is the copy of another, and a page that did not change is empty."""
    writer = recorder(tmp_path)
    moved = replace(ANSWERED, status=301, reason="Moved Permanently", body=b"")
    places = [writer.record(asked, moved) for asked in (ASKED, OTHER)]
    same = writer.record(OTHER, replace(moved, status=304, reason="Not Modified"))
    writer.close()
    kinds = [record.rec_type for record, _ in read(tmp_path / str(places[0].warc_file))]
    assert [kind for kind in kinds if kind in ("response", "revisit")] == ["response", "response", "revisit"]
    assert places[0].payload_digest is None
    assert Shelf(str(tmp_path)).captured(same).status == 304


def test_what_is_known_is_forgotten_with_its_file(tmp_path: Path) -> None:
    """Without it a record refers to bytes in a file that was moved away."""
    folder = tmp_path / "warc"
    folder.mkdir()
    payloads = Payloads(folder)
    original = Original("<urn:uuid:1>", URL, "2021-04-23T01:02:03Z", "a.warc.gz", 5)
    payloads.add("sha1:A", original)
    assert payloads.find("sha1:A") is None
    (folder / "a.warc.gz").write_bytes(b"12345")
    assert payloads.find("sha1:A") is None  # not written so far
    (folder / "a.warc.gz").write_bytes(b"123456")
    assert payloads.find("sha1:A") == original
    assert payloads.find("sha1:B") is None
    payloads.close()


def test_a_damaged_list_of_payloads_is_made_anew(tmp_path: Path) -> None:
    """Without it a power cut stops all crawls until a person finds the damaged file."""
    (tmp_path / NAME).write_bytes(b"not a database" * 100)
    writer = recorder(tmp_path)
    writer.record(ASKED, ANSWERED)
    writer.close()


def test_a_request_without_an_answer_is_noted(tmp_path: Path) -> None:
    """Without it a replay does not know that the site was silent."""
    writer = recorder(tmp_path)
    writer.record_failure(ASKED, "Timeout", "took longer\nthan 60 s")
    writer.close()
    (file,) = tmp_path.glob("*.warc.gz")
    _, asked, note = read(file)
    assert asked[0].rec_type == "request"
    assert b"failure: Timeout\r\ndetail: took longer than 60 s\r\n" in note[1]


def test_what_lets_a_reader_act_for_the_user_is_not_archived(tmp_path: Path) -> None:
    """Without it the password of a proxy is handed on with every archive."""
    writer = recorder(tmp_path)
    headers = [(name, "Basic rahasia") for name in ("Proxy-Authorization", "authorization", "Cookie")]
    writer.record(replace(ASKED, headers=[*ASKED.headers, *headers]), ANSWERED)
    writer.record_failure(replace(ASKED, headers=headers), "Timeout", "took longer")
    writer.close()
    (file,) = tmp_path.glob("*.warc.gz")
    kept = [record.http_headers.headers for record, _ in read(file) if record.rec_type == "request"]
    assert kept == [[("Host", "www.kompas.com"), ("User-Agent", "kompas_global/1")], [("Host", "www.kompas.com")]]


def test_processes_with_one_id_share_a_folder(tmp_path: Path) -> None:
    """Without it one of two containers that begin in the same second stops, or replaces the files of the other."""
    writers = [recorder(tmp_path) for _ in range(3)]
    places = [writer.record(ASKED, ANSWERED) for writer in writers]
    for writer in writers:
        writer.close()
    assert len({place.warc_file for place in places}) == 3
    assert len(list(tmp_path.glob("*.warc.gz"))) == 3


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    """Without it an archived crawl is lost to one that got the same name."""
    (tmp_path / "a.warc.gz").write_bytes(b"lama")
    with pytest.raises(FileExistsError):
        WarcFile(tmp_path / "a.warc.gz")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a full disk ends in a traceback."""
    writer = recorder(tmp_path)
    writer.record(ASKED, ANSWERED)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UnusableArchiveFolder, match=r"cannot be written \(No space left on device\)"):
        writer.record(OTHER, replace(ANSWERED, body=b"x"))
    monkeypatch.undo()
    writer.close()
    (file,) = tmp_path.glob("*.warc.gz")
    assert len(read(file)) == 4
