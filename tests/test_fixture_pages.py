"""Frozen pages with the site's markup and invented text, each against the record that a person reads on it.

`scrapy draft-fixture` drafts a folder from a page. A person checks the record or the error against the page, writes in
`why` what the page is there for, and only then sets `reviewed`.
"""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.serialize import ScrapyJSONEncoder

import crawler
from crawler.drafting.fixture import ARTICLE, ERROR, META, PAGE
from crawler.drafting.reading import FIELDS, outcome_of
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import LAYOUTS

FIXTURES = Path(__file__).parent / "fixtures"
PAGES = FIXTURES / "pages"
FOLDERS = sorted(path.parent for path in PAGES.glob("*/*/page.html"))
ERRORS = sorted(path.parent for path in FIXTURES.glob("errors/*/page.html"))


def name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


@cache
def meta(folder: Path) -> dict[str, Any]:
    """Return the notes on a page."""
    read: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
    return read


@cache
def document(folder: Path) -> Document:
    return Document(meta(folder)["url"], (folder / PAGE).read_bytes())


@cache
def record(folder: Path) -> dict[str, Any]:
    """Return the record of the page alone, without the other pages of the story."""
    body = (folder / PAGE).read_bytes()
    article = crawler.read(document(folder).url, body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    read: dict[str, Any] = json.loads(ScrapyJSONEncoder().encode(article))
    return read


@cache
def expected(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / ARTICLE).read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_every_field_is_what_a_person_reads_on_the_page(folder: Path) -> None:
    """Without it a change of the parser changes records unseen."""
    read, right = record(folder), expected(folder)
    assert {field: read[field] for field in FIELDS} == {field: right[field] for field in FIELDS}


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_exactly_one_layout_recognises_a_page(folder: Path) -> None:
    """Without it two layouts recognise a page, and the order of a list decides which one reads it."""
    fitting = [layout.layout for layout in LAYOUTS if layout.recognises(document(folder))]
    assert fitting == [folder.parent.name]


@pytest.mark.parametrize("folder", ERRORS, ids=name)
def test_a_page_without_an_article_is_refused_for_its_reason(folder: Path) -> None:
    """Without it the reason of a failure changes unseen, and the advice about it is wrong."""
    read = json.loads((folder / ERROR).read_text(encoding="utf-8"))
    assert outcome_of(meta(folder)["url"], (folder / PAGE).read_bytes()).fields == read


def test_every_folder_is_whole() -> None:
    """Without it a page without an expected record tests nothing."""
    assert len(FOLDERS) >= 60
    assert len(ERRORS) >= 4
    for folder, files in [
        *((one, {PAGE, ARTICLE, META}) for one in FOLDERS),
        *((one, {PAGE, ERROR, META}) for one in ERRORS),
    ]:
        assert {path.name for path in folder.iterdir()} == files, name(folder)
    assert all(set(FIELDS) == set(expected(folder)) for folder in FOLDERS)


def test_a_person_has_reviewed_every_folder() -> None:
    """Without it the parser's own output passes for what stands on the page."""
    unread = [name(one) for one in (*FOLDERS, *ERRORS) if meta(one)["reviewed"] is not True or not meta(one)["why"]]
    assert unread == []
