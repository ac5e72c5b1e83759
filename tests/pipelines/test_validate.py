"""Every rule of the data format, broken alone, and the failure that says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scrapy.crawler import Crawler

from crawler.items import Block, Failure
from crawler.pipelines.validate import BLOCK_TYPES, Validate, broken_rules
from tests.make import CAPTURED_AT, STORY, URL, make_article, make_failure, make_full_article, story_url

NO_ZONE = datetime(2021, 4, 22, 16, 6)  # noqa: DTZ001 - what is refused
BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("published_at", {"published_at": NO_ZONE}, "has no zone"),
    ("modified_at", {"modified_at": NO_ZONE}, "has no zone"),
    ("fetched_at", {"fetched_at": NO_ZONE + timedelta(days=1)}, "has no zone"),
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
def test_a_good_record_passes_as_it_is(crawler: Crawler, stats: dict[str, Any], article: object) -> None:
    """Without it good stories are missing from the dataset."""
    assert Validate.from_crawler(crawler).process_item(article) is article  # type: ignore[arg-type]
    assert not [name for name in stats if name.startswith("kompas/")]


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


@pytest.mark.parametrize(("later", "doubtful"), [(timedelta(0), 0), (timedelta(seconds=1), 1)])
def test_a_time_after_the_capture_is_kept_counted_and_told(
    later: timedelta, doubtful: int, crawler: Crawler, stats: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """Without it one wrong clock of an archive costs all of its stories, or a misread time goes unnoticed."""
    article = make_article(published_at=CAPTURED_AT + later)
    assert Validate.from_crawler(crawler).process_item(article) is article
    assert stats.get("kompas/validate/doubtful/published_at", 0) == doubtful
    assert (article.url in caplog.text) is bool(doubtful)


def test_a_broken_record_becomes_a_failure_that_leads_back_to_its_page(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it the story is neither stored nor listed as missing."""
    article = replace(make_article(title="", content_hash=""), text="Lain.")
    before = datetime.now(UTC).replace(microsecond=0)
    failure = Validate.from_crawler(crawler).process_item(article)
    assert isinstance(failure, Failure)
    assert (failure.url, failure.article_id, failure.via) == (URL, STORY, "urls")
    assert failure.reason == "InvalidRecord"
    assert failure.detail == "title is empty; text is not the text of the body; content_hash is missing"
    assert before <= failure.failed_at <= datetime.now(UTC)
    rejected = {name: count for name, count in stats.items() if name.startswith("kompas/")}
    assert rejected == {f"kompas/validate/rejected/{field}": 1 for field in ("title", "text", "content_hash")}


def test_failures_pass_as_they_are(crawler: Crawler) -> None:
    """Without it what went wrong earlier is lost on its way to the store."""
    failure = make_failure()
    assert Validate.from_crawler(crawler).process_item(failure) is failure
