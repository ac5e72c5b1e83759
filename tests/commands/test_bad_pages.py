"""Pages that no parser should meet: each ends as a named failure or a true record, and costs no other story."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.conftest import Crawl

ADDRESS = "https://www.kompas.com/global/read/2021/04/22/{digits}/judul"
HEAD = (
    '<html><head><meta charset="utf-8"><link rel="canonical" href="{address}">'
    '<meta name="content_PublishedDate" content="2021-04-22 10:00:00"></head><body>'
    '<ul class="breadcrumb__wrap"><li class="breadcrumb__item">Global</li></ul>'
)
TITLE = '<h1 class="read__title">Judul percobaan</h1><div class="read__time">Kompas.com - 22/04/2021, 10:00 WIB</div>'
BODY = '<div class="read__content"><p><strong>OSLO, KOMPAS.com</strong> - Isi percobaan tetap utuh.</p></div>'


def page(digits: str, *parts: str | bytes, end: str = "</body></html>") -> bytes:
    head = HEAD.format(address=ADDRESS.format(digits=digits))
    return head.encode() + b"".join(part if isinstance(part, bytes) else part.encode() for part in (*parts, end))


PAGES: dict[str, tuple[bytes, str]] = {
    # digits -> the page and the reason it fails for, or the text that its record must hold
    "100000070": (page("100000070", TITLE, BODY), "Isi percobaan tetap utuh."),
    "100001070": (b"", "EmptyPage"),
    "100002070": (b" \n\t ", "EmptyPage"),
    "100003070": (b'{"bukan": "html"}', "EmptyPage"),
    "100004070": (page("100004070", "<p>Halaman lain.</p>"), "UnknownLayout"),
    "100005070": (page("100005070", BODY), "MissingTitle"),
    "100006070": (page("100006070", TITLE, '<div class="read__content"><p> </p></div>'), "EmptyStory"),
    "100007070": (page("100007070", TITLE, '<div class="read__content">', "<div>" * 9_000), "TooDeep"),
    "100008070": (
        page("100008070", TITLE, '<div class="read__content"><p>Teks <b>tebal <i>miring</p><p>dan </div></span>lagi'),
        "Teks tebal miring",
    ),
    "100009070": (
        page(
            "100009070", TITLE, '<div class="read__content"><p>', b"\x93Kutipan\x94 \x96 dan caf\xc3\xa9 ini</p></div>"
        ),
        "“Kutipan” – dan café ini",
    ),
    "100010070": (
        page("100010070", TITLE, '<div class="read__content"><p>', b"Se\x00buah\x07 ka\x1bta</p></div>"),
        "Sebuah kata",
    ),
    "999999070": (  # a clock that does not exist, and no time on the page
        page("999999070", '<h1 class="read__title">Judul percobaan</h1>', BODY).replace(b"content_PublishedDate", b"x"),
        "MissingTime",
    ),
    "100012070": (  # no time on the page: the clock of the URL says it
        page("100012070", '<h1 class="read__title">Judul percobaan</h1>', BODY).replace(b"content_PublishedDate", b"x"),
        "Isi percobaan tetap utuh.",
    ),
    "100013070": (page("100013070", "<script>window.gokuProps = {}; awsWafCookieDomainList = []</script>"), "Blocked"),
    "100015070": (page("100015070", TITLE, BODY, end=""), "CutOff"),
    "100016070": (page("100070070", TITLE, BODY), "OtherStory"),
    "100014070": (
        b"<html><head><title>Halaman tidak ditemukan - Kompas.com</title></head><body><p>x</p></body>",
        "PageNotFound",
    ),
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "bad.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for digits, (body, _) in PAGES.items():
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=UTF-8")], protocol="HTTP/1.1")
            url = f"{ADDRESS.format(digits=digits)}?page=all"
            date = {"WARC-Date": datetime(2021, 4, 23, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", BytesIO(body), length=len(body), http_headers=headers, warc_headers_dict=date
                )
            )
    return path


def test_every_bad_page_is_a_named_failure_and_every_good_one_a_record(
    archive: Path, crawl: Crawl, tmp_path: Path
) -> None:
    """Without it a bad page is stored in part, or costs the stories behind it."""
    run = crawl("-a", f"archive={archive}")
    assert run.status == 1
    assert "Traceback" not in run.stderr
    records = {record["id"].rpartition("/")[2]: record for record in run.records}
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        rows = connection.execute("select article_id, reason from failures").fetchall()
    connection.close()
    failures = {article.rpartition("/")[2]: reason for article, reason in rows}
    assert set(records) | set(failures) == set(PAGES)
    for digits, (_, expected) in PAGES.items():
        if digits in records:
            assert expected in records[digits]["text"], digits
        else:
            assert failures[digits] == expected, digits
