"""Which record answers which page of which story, what is passed over, and where the bytes are."""

import asyncio
import gzip
from io import BytesIO
from pathlib import Path

import pytest
from scrapy import Request
from warcio.archiveiterator import ArchiveIterator

from crawler import PARSER_VERSION
from crawler.archive.addon import ArchiveAddon
from crawler.archive.handler import CAPTURED, ArchiveDownloadHandler
from crawler.errors import NotInArchive
from crawler.extensions.open_store import OpenStore
from crawler.items import Provenance
from tests.archive.conftest import Rec, index_of, write
from tests.make import CAPTURED_AT, URL, make_crawler, read_page, story_url

OTHER = story_url("2021/04/22/170000070")
PASSED_OVER = [
    (Rec(type="request", body=b""), "type_request"),
    (Rec(type="metadata", body=b"via: x\r\n"), "type_metadata"),
    (Rec(type="revisit", body=b""), "type_revisit"),
    (Rec("dns:www.kompas.com", b"192.0.2.1\n", type="resource"), "type_resource"),
    (Rec("https://www.example.org/read/2021/04/22/160600870/judul"), "not_an_article"),
    (Rec("https://video.kompas.com/watch/123/kapal"), "not_an_article"),
    (Rec("https://www.kompas.com/global"), "not_an_article"),
    (Rec("https://www.kompas.com/tren/read/2021/04/22/160600865/judul"), "other_section"),
    (Rec("https://nasional.kompas.com/read/2021/04/22/160600811/judul"), "other_section"),
    (Rec(URL.replace("www.", "amp.")), "other_view"),
    (Rec(URL.replace("/read/", "/copy/")), "other_view"),
    (Rec(status="404 Not Found"), "status_404"),
    (Rec(status="301 Moved Permanently", body=b""), "status_301"),
    (Rec(status="202 Accepted", body=b""), "status_202"),
]


@pytest.mark.parametrize(("record", "reason"), PASSED_OVER)
def test_what_is_no_article_of_these_kanals_is_passed_over_by_reason(
    tmp_path: Path, scratch: Path, record: Rec, reason: str
) -> None:
    """Without it a crawl of news of the whole world enters the dataset, or a reader cannot say what was left out."""
    index = index_of(scratch, write(tmp_path / "a.warc.gz", record))
    assert dict(index.counts) == {"records": 1, f"passed_over/{reason}": 1}
    assert list(index.addresses()) == []


def test_every_record_is_either_an_article_or_passed_over(tmp_path: Path, scratch: Path) -> None:
    """Without it the counts of a run do not add up, and nobody can tell what is missing."""
    counts = index_of(scratch, write(tmp_path / "a.warc.gz", Rec(), *(record for record, _ in PASSED_OVER))).counts
    assert counts["articles"] == 1
    assert counts["records"] == 1 + sum(n for name, n in counts.items() if name.startswith("passed_over/"))


def test_every_story_has_one_address_in_the_order_of_the_records(tmp_path: Path, scratch: Path) -> None:
    """Without it a story with several captures is read several times, or in another order every time."""
    records = (Rec(OTHER), Rec(f"{URL}?page=2"), Rec(URL), Rec(f"{OTHER}?utm_source=x"))
    assert list(index_of(scratch, write(tmp_path / "a.warc.gz", *records)).addresses()) == [OTHER, f"{URL}?page=2"]


def test_the_latest_good_capture_of_several_answers(tmp_path: Path, scratch: Path) -> None:
    """Without it an error page, or the first draft of a story, stands in the dataset."""
    first = write(
        tmp_path / "a.warc.gz", Rec(body=b"<p>baru</p>", date="2021-05-02T00:00:00Z"), Rec(body=b"<p>lama</p>")
    )
    later = write(tmp_path / "b.warc.gz", Rec(status="404 Not Found", date="2022-01-01T00:00:00Z"))
    place, captured = index_of(scratch, first, later).find(URL)
    assert captured.body == b"<p>baru</p>"
    assert (place.name, place.offset) == ("a.warc.gz", 0)


def test_an_error_page_is_never_given_for_a_story(tmp_path: Path, scratch: Path) -> None:
    """Without it a page that says "not found" is read as the story of a good archive."""
    index = index_of(scratch, write(tmp_path / "a.warc.gz", Rec(status="404 Not Found")))
    with pytest.raises(NotInArchive):
        index.find(f"{URL}?page=all")


def test_a_redirect_answers_nothing(tmp_path: Path, scratch: Path) -> None:
    """Without it a run without network is sent to the network, or in circles."""
    moved = Rec(status="301 Moved Permanently", body=b"", headers=(("Location", OTHER),), date="2022-01-01T00:00:00Z")
    with pytest.raises(NotInArchive):
        index_of(scratch, write(tmp_path / "a.warc.gz", moved)).find(URL)
    assert index_of(scratch, write(tmp_path / "b.warc.gz", moved, Rec())).find(URL)[1].status == 200


@pytest.mark.parametrize(
    ("held", "asked", "answer"),
    [
        (["", "?page=all"], "?page=all", "?page=all"),
        (["?page=3", "?page=2", ""], "?page=all", ""),
        (["?page=3", "?page=2"], "?page=all", "?page=2"),
        (["", "?page=2"], "?page=2", "?page=2"),
        ([""], "?page=1", ""),
        (["?page=1"], "", "?page=1"),
    ],
)
def test_each_page_is_answered_by_itself_and_the_whole_by_the_lowest(
    tmp_path: Path, scratch: Path, held: list[str], asked: str, answer: str
) -> None:
    """Without it pages of a long story are mixed up, or a story of which only pages are held is not read."""
    index = index_of(scratch, write(tmp_path / "a.warc.gz", *(Rec(URL + query) for query in held)))
    assert index.find(URL + asked)[1].url == URL + answer


def test_the_whole_is_answered_by_the_first_page_when_its_own_record_is_a_redirect(
    tmp_path: Path, scratch: Path
) -> None:
    """Without it a story whose whole form led elsewhere is lost, though its first page lies in the archive."""
    moved = Rec(f"{URL}?page=all", status="301 Moved Permanently", body=b"", headers=(("Location", URL),))
    index = index_of(scratch, write(tmp_path / "a.warc.gz", moved, Rec()))
    assert index.find(f"{URL}?page=all")[1].url == URL


@pytest.mark.parametrize("url", [OTHER, f"{URL}?page=2", "https://www.kompas.com/global", "https://www.example.org/"])
def test_what_is_not_held_is_not_in_the_archive(tmp_path: Path, scratch: Path, url: str) -> None:
    """Without it a missing page is answered with another one."""
    with pytest.raises(NotInArchive, match="the archive does not hold "):
        index_of(scratch, write(tmp_path / "a.warc.gz", Rec())).find(url)


def test_a_story_is_found_under_another_slug_and_host(tmp_path: Path, scratch: Path) -> None:
    """Without it a story whose headline was changed is told as missing."""
    index = index_of(scratch, write(tmp_path / "a.warc.gz", Rec()))
    assert index.find("https://internasional.kompas.com/read/2021/04/22/160600870/lain?page=all")[1].url == URL


def test_a_file_damaged_half_way_is_read_as_far_as_it_goes_and_told(tmp_path: Path, scratch: Path) -> None:
    """Without it good pages before the damage are lost, or the loss behind it goes unnoticed."""
    path = write(tmp_path / "a.warc.gz", Rec())
    path.write_bytes(path.read_bytes() + gzip.compress(b"Bukan rekaman.\n" * 50))
    index = index_of(scratch, path)
    assert index.find(URL)[1].body == read_page()
    assert len(index.damage) == 1
    assert "a.warc.gz is damaged after byte 0" in index.damage[0]


def answer(archive: Path, url: str) -> Request:
    """What a request carries once the run's archive has answered it."""
    crawler = make_crawler(archive.parent, ADDONS={ArchiveAddon: 0}, KOMPAS_ARCHIVE=str(archive))
    OpenStore.of(crawler).close()
    request = Request(url)
    response = asyncio.run(ArchiveDownloadHandler(crawler).download_request(request))
    assert response.body == read_page()
    addon = crawler.get_addon(ArchiveAddon)
    assert addon is not None
    assert addon._scratch is not None
    addon._scratch.cleanup()
    return request


@pytest.mark.parametrize("packing", ["records", "none"])
def test_the_offset_of_a_record_leads_other_tools_to_its_bytes(tmp_path: Path, packing: str) -> None:
    """Without it nobody can check a record of the dataset against the archive."""
    name = "a.warc.gz" if packing == "records" else "a.warc"
    path = write(tmp_path / name, Rec(OTHER, b"<p>Lain</p>"), Rec(), packing=packing)
    captured_at, provenance = answer(path, f"{URL}?page=all").meta[CAPTURED]
    assert captured_at == CAPTURED_AT
    assert (provenance.warc_file, provenance.parser_version) == (name, PARSER_VERSION)
    record = next(iter(ArchiveIterator(BytesIO(path.read_bytes()[provenance.warc_offset :]))))
    assert record.rec_headers.get_header("WARC-Record-ID") == provenance.warc_record_id
    assert record.rec_headers.get_header("WARC-Payload-Digest") == provenance.payload_digest
    assert record.content_stream().read() == read_page()


def test_a_file_compressed_as_a_whole_promises_no_offset(tmp_path: Path) -> None:
    """Without it the provenance names a byte of a copy that is gone."""
    path = write(tmp_path / "a.warc.gz", Rec(OTHER, b"<p>Lain</p>"), Rec(), Rec(OTHER), packing="whole")
    provenance: Provenance = answer(path, URL).meta[CAPTURED][1]
    assert (provenance.warc_file, provenance.warc_offset) == ("a.warc.gz", None)
    assert provenance.warc_record_id
