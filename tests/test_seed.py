"""The page the project began with, written anew with its structure: every part is where the data format puts it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.test_fixture_pages import PAGES, record

SEED = PAGES / "read" / "2021-04-22-160600870"
FURNITURE = (
    "Baca juga",
    "Sumber Reuters",
    "Rekomendasi untuk anda",
    "25th",
    "#JernihBerkomentar",
    "Syarat & Ketentuan",
    "Berkomentarlah secara bijaksana",
    "Laporkan Komentar",
    "Terkini Lainnya",
    "Mungkin Anda melewatkan ini",
    "komentar",
    "Close Ads X",
)


@pytest.fixture
def seed() -> dict[str, Any]:
    return record(Path(SEED))


def test_the_dateline_with_its_en_dash_is_taken_off_the_body(seed: dict[str, Any]) -> None:
    """The place is a field, and the text begins with the first word of the story."""
    assert seed["dateline"] == "ROTTERDAM"
    assert "KOMPAS.com" not in seed["text"]


def test_the_lead_photo_has_caption_and_credit_apart(seed: dict[str, Any]) -> None:
    """The caption and the credit of the lead photo, which the page prints as one string, are two fields."""
    (lead,) = seed["images"]
    assert lead["role"] == "lead"
    assert lead["credit"]
    assert lead["credit"] not in lead["caption"]
    assert lead["caption"] not in seed["text"]


def test_four_pointers_are_links_and_the_source_is_a_field(seed: dict[str, Any]) -> None:
    """The body ends before the last of the four pointers."""
    assert len(seed["related"]) == 4
    assert all(link["title"] not in seed["text"] for link in seed["related"])
    assert seed["sources"] == ["Reuters"]


def test_fifteen_doubled_titles_are_fifteen_latest_links(seed: dict[str, Any]) -> None:
    """Twelve links lead to the kanal Global and three to Internasional, each once."""
    assert Counter(link["section"] for link in seed["latest"]) == {"Global": 12, "Internasional": 3}
    assert len({link["url"] for link in seed["latest"]}) == 15


@pytest.mark.parametrize("phrase", FURNITURE)
def test_furniture_is_on_the_page_and_in_no_text(seed: dict[str, Any], phrase: str) -> None:
    """Furniture is in no text, at any position of the page."""
    page = (SEED / "page.html").read_text(encoding="utf-8")
    words = phrase.removeprefix("Sumber ") if phrase.startswith("Sumber") else phrase
    assert words in page
    assert phrase not in seed["text"]
    assert phrase not in json.dumps(seed["body"], ensure_ascii=False)
