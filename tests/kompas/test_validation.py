"""Every rule of the data format, broken alone, and the error that names it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.errors import InvalidRecord
from crawler.items import Article, Block
from crawler.kompas.validation import BLOCK_TYPES, broken_rules, validate
from tests.make import STORY, URL, make_article, make_full_article, story_url

NO_ZONE = datetime(2021, 4, 22, 16, 6)  # noqa: DTZ001 - what is refused
BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("published_at", {"published_at": NO_ZONE}, "has no zone"),
    ("modified_at", {"modified_at": NO_ZONE}, "has no zone"),
    ("fetched_at", {"fetched_at": NO_ZONE + timedelta(days=1)}, "has no zone"),
    ("published_at", {"published_at": datetime(9999, 12, 31, tzinfo=UTC)}, "is in the future"),
    ("url", {"url": story_url("2021/04/22/170000070")}, f"is not the address of {STORY}"),
    ("url", {"url": "https://www.kompas.com/global"}, "is not the address of"),
    ("url", {"url": f"{URL}?page=all"}, "is not canonical"),
    ("url", {"url": URL.replace("https", "http")}, "is not canonical"),
    ("title", {"title": " \n"}, "is empty"),
    ("body", {"body": []}, "has an empty block or none"),
    ("body", {"body": [Block("paragraph", "Ada."), Block("paragraph", " ")]}, "has an empty block or none"),
    ("body", {"body": [Block("caption", "Ada.")]}, "has a block of an unknown type"),
    ("text", {"text": "Teks lain."}, "is not the text of the body"),
    ("content_hash", {"content_hash": ""}, "is missing"),
]


@pytest.mark.parametrize("article", [make_article(), make_full_article(), make_article(complete=False, pages=3)])
def test_a_good_record_passes(article: Article) -> None:
    """Without it good stories are missing from the dataset."""
    validate(article)


@pytest.mark.parametrize("kind", sorted(BLOCK_TYPES))
def test_every_kind_of_block_of_the_format_passes(kind: str) -> None:
    """Without it every story with a list or a quotation is refused."""
    assert broken_rules(make_article(body=[Block(kind, "Ada.")])) == {}


@pytest.mark.parametrize(("field", "change", "fault"), BROKEN)
def test_a_broken_rule_is_named_alone(field: str, change: dict[str, Any], fault: str) -> None:
    """Without it a half record enters the dataset, or is refused for a reason that leads nowhere."""
    wrong = broken_rules(make_article(**change))
    assert list(wrong) == [field]
    assert fault in wrong[field]


def test_a_record_is_refused_with_every_rule_that_it_breaks() -> None:
    """Without it a record is repaired rule by rule, and read again each time."""
    article = replace(make_article(title="", content_hash=""), text="Lain.")
    with pytest.raises(InvalidRecord) as refused:
        validate(article)
    assert str(refused.value) == "title is empty; text is not the text of the body; content_hash is missing"
    assert refused.value.reason == "InvalidRecord"
