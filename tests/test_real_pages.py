"""The real pages, through the command a user types, against an independent reading of them.

The pages are Kompas's text and no part of the project; these tests are skipped where the folder is absent.
"""

import gzip
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.errors import PageError
from crawler.items import Article
from crawler.kompas.cleaning import clean
from crawler.kompas.cleaning.parts import text_below
from crawler.kompas.cleaning.phrases import furniture_rule
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.multipage import Story
from crawler.kompas.pages.whole_text import stated_text
from tests.conftest import Run, crawl_in
from tests.make import load_page

_SPACE = re.compile(r"\s+")


def squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def expected(real_pages: Path) -> list[dict[str, Any]]:
    lines = (real_pages / "expected_2020-10.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def pages(real_pages: Path) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of every stored article page: the section's, then those of others."""
    for record in expected(real_pages):
        yield record["url"], gzip.decompress((real_pages / record["file"]).read_bytes())
    for name in [
        *sorted((real_pages / "other_sections").glob("*.gz")),
        *sorted((real_pages / "older").glob("article*")),
    ]:
        body = gzip.decompress(name.read_bytes())
        address = re.search(rb'rel="canonical" href="([^"]+)"', body)
        assert address is not None
        yield address[1].decode(), body


@pytest.fixture(scope="module")
def archive(real_pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("real") / "pages.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for url, body in pages(real_pages):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=UTF-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(body), length=len(body), http_headers=headers
            )
            writer.write_record(record)
    return path


def comparable(record: dict[str, Any]) -> dict[str, Any]:
    """A record in the words of the independent reading."""
    lead = record["images"][0]
    return {
        "url": record["url"],
        "title": record["title"],
        "published": record["published_at"],
        "author": " ".join(record["authors"]),
        "editor": " ".join(record["editors"]),
        "source": record["sources"],
        "tags": record["tags"],
        "section": record["section"],
        "dateline": record["dateline"] or "",
        "paragraphs": [squeezed(block["text"]) for block in record["body"]],
        "related": record["related"],
        "lead": {key: lead[key] for key in ("url", "credit", "caption")},
        "inline_images": [
            {key: image[key] for key in ("credit", "caption", "url")}
            for image in record["images"]
            if image["role"] == "inline"
        ],
        "latest": [{key: link[key] for key in ("title", "url", "section")} for link in record["latest"]],
        "total_words": record["declared_word_count"],
        "multipage": record["pages"] > 1,
    }


def reading(record: dict[str, Any]) -> dict[str, Any]:
    """The independent reading in the same shape; titles without the blank some end in."""
    return {
        **{key: record[key] for key in comparable_keys},
        "title": record["title"].strip(),
        "paragraphs": [squeezed(paragraph) for paragraph in record["paragraphs"]],
        "related": [{"title": link["title"].strip(), "url": link["url"]} for link in record["related"]],
        "latest": [{"title": x["title"].strip(), "url": x["url"], "section": x["section"]} for x in record["latest"]],
    }


comparable_keys = (
    "url title published author editor source tags section dateline paragraphs related lead inline_images latest "
    "total_words multipage"
).split()


@pytest.fixture(scope="module")
def run(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A crawl of the archive; several tests read its records."""
    return crawl_in(tmp_path_factory.mktemp("run"))("-a", f"archive={archive}")


def test_every_field_of_the_42_pages_equals_the_independent_reading(run: Run, real_pages: Path) -> None:
    """Real pages come out right, and only pages of this section come out."""
    assert run.status == 0, run.stderr[-2000:]
    records = {record["url"]: record for record in run.records}
    readings = {record["url"]: record for record in expected(real_pages)}
    assert len(run.records) == len(records) == 42
    assert set(records) == set(readings)
    table = {
        field: sum(comparable(records[url])[field] == reading(readings[url])[field] for url in readings)
        for field in comparable_keys
    }
    assert table == dict.fromkeys(comparable_keys, 42)


def test_page_1_of_several_is_incomplete(run: Run, real_pages: Path) -> None:
    """Each stored page has an address without a page number: 32 of the 42 stories have further pages elsewhere."""
    records = {record["url"]: record for record in run.records}
    for record in expected(real_pages):
        assert records[record["url"]]["complete"] is not record["multipage"], record["url"]


def test_no_furniture_line_is_left_in_any_text(run: Run) -> None:
    """Without it an analysis counts furniture as words of the press."""
    assert run.records
    for record in run.records:
        for line in record["text"].splitlines():
            assert not line or furniture_rule(line) is None, (record["url"], line)
        assert not re.search(r"Baca juga\s*:|#JernihBerkomentar|Terkini Lainnya|Close Ads", record["text"])


def test_bodies_of_2023_come_out_clean(real_pages: Path) -> None:
    """Without it furniture of 2022 and later is left: advertising boxes, "Baca juga", promotion lines."""
    bodies = gzip.decompress((real_pages / "bodies_2023.jsonl.gz").read_bytes()).decode().splitlines()
    for line in bodies:
        markup = json.loads(line)["paragraph_html"].strip("[]").replace("</p>, <p", "</p>\n<p")
        root = html.fromstring(f'<div class="read__content"><div class="clearfix">{markup}</div></div>')
        body = clean(root, "https://www.kompas.com/global/read/2023/04/20/100000070/judul")
        text = "\n".join(block.text for block in body.blocks)
        assert body.dateline_text, text[:200]
        assert len(body.blocks) >= 4
        assert not re.search(r"Baca juga|Telegram, caranya|WhatsApp Channel|Advertisement|Kompas\.com\+", text)


@pytest.mark.parametrize(
    ("name", "title", "time", "first", "blocks"),
    [
        ("article_2015-11-04_regional_anggota-din-minimi", "Polres ", "21:04 WIB", "Penyidik Polres Lhokseumawe", 10),
        ("article_2016-02-16_nasional_menteri-yuddy", "Menteri ", "14:38 WIB", "Menteri Pendayagunaan", 14),
    ],
)
def test_articles_of_2015_and_2016_are_read(
    real_pages: Path, name: str, title: str, time: str, first: str, blocks: int
) -> None:
    """Without it the oldest markup is not read: text between <br> in one page, in <p> in the other."""
    body = gzip.decompress((real_pages / "older" / f"{name}.html.gz").read_bytes())
    page = read_article(Document("http://internasional.kompas.com/read/2016/02/16/14112381/Judul", body))
    assert page.layout == "kcm_read"
    assert (page.title() or "").startswith(title)
    assert time in (page.time_line() or "")
    assert page.body.blocks[0].text.startswith(first)
    assert len(page.body.blocks) == blocks
    assert [credit.role for credit in page.credits()] == ["author", "editor"]


KINDS = {"Standard": "article", "Kolom": "column", "Brandzview": "advertorial"}
"""`content_type` of the stored pages of 2021-2024 -> kind."""

IN_TEXT = "an Oleh line opens the text: the person who wrote the column is added to the institution in its header"
ONLY_IN_TEXT = "the page has no header: the Oleh line in the text and no meta tag names the writers"
FILLED_BY_SCRIPT = "the header of the column is empty until a script fills it: the meta tag names the columnist"
ONE_PERSON = "the label beside the name says Penulis, and the meta tag names the same person as editor: both roles"
OFFICE = "Kontributor <place> is where the writer works, not part of the name (see `Article.authors`)"
DIFFERENCES = {
    ("2021/01/04/164735570", "authors"): FILLED_BY_SCRIPT,
    ("2022/05/11/150000170", "authors"): IN_TEXT,
    ("2022/07/04/162958270", "authors"): IN_TEXT,
    ("2022/09/20/210000270", "authors"): ONLY_IN_TEXT,
    ("2023/01/27/160000670", "authors"): OFFICE,
    ("2024/03/10/111146570", "authors"): ONE_PERSON,
    ("2024/03/10/111146570", "editors"): ONE_PERSON,
    ("2024/03/05/194008270", "authors"): ONE_PERSON,
    ("2024/03/05/194008270", "editors"): ONE_PERSON,
}
"""Story and field -> why this reading, looked up on the page, is right where the independent one differs."""
UNREADABLE = {"2023/03/20/130000970": "EmptyStory"}
"""Pages that the site served without any text."""


def stated(record: dict[str, Any]) -> dict[str, Any]:
    """Return what the independent reading of 2021-2024 says of the head of a page."""
    return {
        "title": record["title"].strip(),
        "url": record["url"],
        "section": "Global",
        "kind": KINDS[record["content_type"]],
        "published_at": record["published"],
        "modified_at": record["modified"],
        "authors": record["authors"],
        "editors": record["editors"],
        "sources": record["sources"],
        "tags": record["tags"],
    }


def head(article: Article) -> dict[str, Any]:
    """Return the same of a record."""
    return {
        "title": article.title,
        "url": article.url,
        "section": article.section,
        "kind": article.kind,
        "published_at": article.published_at.isoformat(),
        "modified_at": article.modified_at.isoformat() if article.modified_at else None,
        "authors": article.authors,
        "editors": article.editors,
        "sources": article.sources,
        "tags": article.tags,
    }


@pytest.mark.parametrize(("folder", "count"), [("2021-03", 5), ("2023-04", 47), ("2024-04", 16)])
def test_heads_of_2021_to_2024_equal_the_independent_reading(real_pages: Path, folder: str, count: int) -> None:
    """Without it the generations after the seed are read by what is known of other people's selectors."""
    lines = (real_pages / f"expected_{folder}.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == count
    differing: set[tuple[str, str]] = set()
    for line in lines:
        record = json.loads(line)
        story = record["file"].removesuffix(".html.gz").replace("-", "/")
        body = gzip.decompress((real_pages / folder / record["file"]).read_bytes())
        if story in UNREADABLE:
            with pytest.raises(PageError) as refused:
                load_page(body, record["url"])
            assert refused.value.reason == UNREADABLE[story]
            continue
        ours = head(load_page(body, record["url"]))
        differing |= {(story, field) for field, value in stated(record).items() if ours[field] != value}
    here = {json.loads(line)["file"].removesuffix(".html.gz").replace("-", "/") for line in lines}
    assert differing == {(story, field) for story, field in DIFFERENCES if story in here}


SETS = {"2020-10": (42, 10), "2021-03": (5, 4), "2023-04": (47, 15), "2024-04": (16, 14)}
"""Set -> pages, and those that hold their whole story by a person's reading: of several pages only the first is stored,
and one page (2022-08-25) is cut by the site without paging."""


def _stored(real_pages: Path, name: str) -> list[tuple[dict[str, Any], bytes]]:
    lines = (real_pages / f"expected_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    folders = [real_pages if "/" in record["file"] else real_pages / name for record in records]
    return [
        (record, gzip.decompress((folder / record["file"]).read_bytes()))
        for record, folder in zip(records, folders, strict=True)
    ]


def _story(url: str, body: bytes, *, without: float = 0) -> Story:
    """The story of one page, of which a share of the paragraphs, the last ones, may be emptied."""
    document = Document(url, body)
    page, story = read_article(document), Story()
    element = document.first(*page.bodies)
    assert element is not None
    lines = [line for line in element.iter("p", "li", "h2", "h3") if text_below(line).strip()]
    for line in lines[len(lines) - max(1, int(len(lines) * without)) :] if without else []:
        for node in (line, *line.iterdescendants()):
            node.text, node.tail = "", "" if node is not line else node.tail
    story.add(page, page.number)
    return story


@pytest.mark.parametrize("name", SETS)
def test_a_whole_page_is_complete_and_no_cut_one_is(real_pages: Path, name: str) -> None:
    """Without it one article of twenty is marked as cut by mistake, or a cut one passes for the whole."""
    pages = _stored(real_pages, name)
    whole = [record["file"] for record, body in pages if _story(record["url"], body).complete]
    assert (len(pages), len(whole)) == SETS[name]
    assert not [record["file"] for record, _ in pages if record["multipage"] and record["file"] in whole]
    assert not [record["file"] for record, body in pages if _story(record["url"], body, without=1 / 3).complete]


@pytest.mark.parametrize("name", ["2023-04", "2024-04"])
def test_the_stated_text_has_the_words_that_the_independent_reading_counts(real_pages: Path, name: str) -> None:
    """Without it the text to compare with is not the one whose words the page declares."""
    for record, body in _stored(real_pages, name):
        document = Document(record["url"], body)
        declared = record["brand_safety_words"]
        assert stated_text(document, declared) is not None, record["file"]
        assert stated_text(document, declared + 1) is None, record["file"]
