"""A story is kept once a run, under whatever address it is met."""

from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.pipelines.drop_known import DropKnown
from tests.make import STORY, make_article, make_failure, story_url


def test_a_story_met_again_is_dropped_quietly_and_counted(crawler: Crawler, stats: dict[str, Any]) -> None:
    """Without it the feed of a run holds a story several times."""
    pipeline = DropKnown.from_crawler(crawler)
    first = make_article()
    assert pipeline.process_item(first) is first
    with pytest.raises(DropItem, match=f"met again in this run: {STORY} ") as drop:
        pipeline.process_item(make_article(url=story_url(STORY), title="Judul Lain"))
    assert drop.value.log_level == "INFO"
    assert stats["kompas/drop_known/in_run"] == 1


def test_another_story_is_kept(crawler: Crawler) -> None:
    """Without it a run ends with a single story."""
    pipeline = DropKnown.from_crawler(crawler)
    pipeline.process_item(make_article())
    other = make_article(id="2021/04/22/170000070")
    assert pipeline.process_item(other) is other


def test_a_story_of_another_run_is_kept(crawler: Crawler) -> None:
    """Without it a revision is dropped because an earlier run met the story."""
    DropKnown.from_crawler(crawler).process_item(make_article())
    again = make_article()
    assert DropKnown.from_crawler(crawler).process_item(again) is again


def test_failures_of_a_kept_story_pass_every_time(crawler: Crawler) -> None:
    """Without it a page of the story that failed is never told."""
    pipeline = DropKnown.from_crawler(crawler)
    pipeline.process_item(make_article())
    failure = make_failure()
    assert pipeline.process_item(failure) is failure
    assert pipeline.process_item(failure) is failure
