"""A page whose classes and ids are all new: what is printed of it is enough to write the layout that reads it."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

import crawler
from crawler.kompas.cleaning import photos
from crawler.kompas.pages import layouts, listing
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.document import Document
from crawler.kompas.unread.describe import describe
from crawler.kompas.unread.report import lines_of
from tests.kompas.unread.judged import FACTS, right_places
from tests.make import CAPTURED_AT, URL, read_page
from tests.renamed import Renaming
from tests.test_fixture_pages import FOLDERS, PAGES, name

NOT_NAMED = {"2021-07-31-152100170": "times", "2023-04-20-133000770": "bodies"}
"""Fixture page -> the element that is not found: it prints a time which neither the address nor a meta states; its
form is never closed, so that the smallest element around the paragraphs is another."""
REAL = {"2020-10": 42, "2021-03": 5, "2023-04": 46, "2024-04": 16, "other_sections": 14, "older": 2}
"""Folder of real pages -> pages of which all four elements are named. One page of 2023 was served without a text."""
NO_ARTICLE = re.compile("^(?:index|section)_")


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_the_renamed_elements_of_a_fixture_page_are_named(folder: Path) -> None:
    """Without it a person searches a page of 3,000 elements for its headline after every redesign."""
    url = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["url"]
    found = right_places(url, (folder / "page.html").read_bytes(), seed=7)
    assert found == {fact: NOT_NAMED.get(folder.name) != fact for fact in FACTS}


@pytest.mark.parametrize("folder", REAL)
def test_the_renamed_elements_of_real_pages_are_named(real_pages: Path, folder: str) -> None:
    """Without it the fixture pages, which are short, are all that was tried."""
    right = 0
    for path in sorted((real_pages / folder).glob("*.gz")):
        if NO_ARTICLE.match(path.name):
            continue
        body = gzip.decompress(path.read_bytes())
        stated = re.search(rb'rel="canonical" href="([^"]+)"', body)
        places = right_places(stated[1].decode() if stated else URL, body, seed=7)
        right += all(places.values())
    assert right == REAL[folder]


class WrittenPage(ArticlePage):
    """Written from the printed lines of the fixture page `read/2021-04-22-160600870`, renamed with seed 5."""

    layout: ClassVar[str] = "written"
    bodies: ClassVar = ("div.putabeki",)
    titles: ClassVar = ("h1.ledokupu",)
    times: ClassVar = ("div.toletoli",)
    breadcrumbs: ClassVar = "li.poniniko"
    photos: ClassVar = ("div.tulapuka",)
    tag_links: ClassVar = "a.duhikuge"
    page_links: ClassVar = "a.tidak-ada"
    credit_items: ClassVar = ("div.nekagobo",)

    @classmethod
    def recognises(cls, document: Document) -> bool:
        return document.has(("putabeki",))


def test_a_layout_that_was_written_from_the_lines_reads_the_same_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the lines look helpful and lack a field."""
    folder = PAGES / "read" / "2021-04-22-160600870"
    url = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["url"]
    body = (folder / "page.html").read_bytes()
    before = crawler.read(url, body, fetched_at=CAPTURED_AT)
    renamed = Renaming(5).page(body)
    printed = "\n".join(lines_of(describe(Document(url, renamed))))
    row = listing._EntryMarkup("written", "div.timoheke", "a.remalari", "a.remalari", "div.tusapemi", "div.tidak-ada")
    monkeypatch.setattr(layouts, "LAYOUTS", (*layouts.LAYOUTS, WrittenPage))
    monkeypatch.setattr(listing, "_MARKUPS", (*listing._MARKUPS, row))
    monkeypatch.setattr(photos, "_CREDITS", {*photos._CREDITS, "kupirile"})
    after = crawler.read(url, renamed, fetched_at=CAPTURED_AT)
    assert replace(after, layout=before.layout) == before
    for written in (*WrittenPage.bodies, *WrittenPage.titles, *WrittenPage.times, *WrittenPage.photos):
        assert f'= "{written}"' in printed
    for written in (*WrittenPage.credit_items, WrittenPage.breadcrumbs, WrittenPage.tag_links, row.entry, row.link):
        assert f'= "{written}"' in printed
    assert 'section = "div.tusapemi"' in printed
    assert "span.kupirile (1): AP PHOTO" in printed


def test_the_headline_of_the_index_finds_the_title_where_the_page_states_none() -> None:
    """Without it a page without metas is left to guessing."""
    page = Renaming(1).page(read_page())
    without = describe(Document(URL, page))
    told = describe(Document(URL, page), headline="Kapal Riset Berlabuh di Pulau Terjauh")
    assert "titles" in without.not_found
    assert [place.reason for place in told.places if place.attribute == "titles"] == ["the index"]


def test_the_marks_that_are_left_are_reported() -> None:
    """Without it a page of which one class was renamed looks like an entirely new one."""
    page = read_page().replace(b"read__content", b"story__text")
    nearest = describe(Document(URL, page)).distances[0]
    assert nearest.layout == "read"
    assert "read__title" in nearest.present
    assert "read__content (bodies)" in nearest.missing


def test_a_page_without_anything_is_described_too() -> None:
    """Without it the first odd page ends the command with a traceback."""
    told = describe(Document(URL, b"<html><body><div></div></body></html>"))
    assert told.places == []
    assert set(told.not_found) >= {"titles", "times", "bodies"}
    assert any(line.startswith("  not found: bodies, titles, times") for line in lines_of(told))
