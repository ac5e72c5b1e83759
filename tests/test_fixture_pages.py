"""Frozen pages, written for the project with the site's markup, against what a person reads on them: a test a field."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.serialize import ScrapyJSONEncoder

import crawler
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import LAYOUTS

PAGES = Path(__file__).parent / "fixtures" / "pages"
FOLDERS = sorted(path.parent for path in PAGES.glob("*/*/page.html"))
FIELDS = (
    "id url title section kind claim claim_verdict summary published_at modified_at authors editors sources dateline "
    "body declared_word_count pages complete images embeds tags related latest layout"
).split()
FILES = {"page.html", "article.json", "meta.json"}


def name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


@cache
def document(folder: Path) -> Document:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return Document(meta["url"], (folder / "page.html").read_bytes())


@cache
def record(folder: Path) -> dict[str, Any]:
    """The page alone as a record: what stands on other pages of the story is not there."""
    body = (folder / "page.html").read_bytes()
    article = crawler.read(document(folder).url, body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    read: dict[str, Any] = json.loads(ScrapyJSONEncoder().encode(article))
    return read


@cache
def expected(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "article.json").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_a_field_is_what_a_person_reads_on_the_page(folder: Path, field: str) -> None:
    """One field of one page; the failing name says which."""
    assert record(folder)[field] == expected(folder)[field]


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_exactly_one_layout_recognises_a_page(folder: Path) -> None:
    """Two layouts that both claim a page would make the order of a list decide."""
    fitting = [layout.layout for layout in LAYOUTS if layout.recognises(document(folder))]
    assert fitting == [folder.parent.name]


def test_every_folder_is_whole() -> None:
    """A page without its expectation tests nothing."""
    assert len(FOLDERS) >= 25
    for folder in FOLDERS:
        assert {path.name for path in folder.iterdir()} == FILES, name(folder)
        assert set(FIELDS) <= set(expected(folder)), name(folder)
