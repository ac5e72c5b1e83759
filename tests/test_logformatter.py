"""Log lines: what a person should look at is a WARNING, one line long."""

import logging
from typing import Any

import pytest
from scrapy import Spider
from scrapy.exceptions import DropItem
from scrapy.http import Response

from crawler.items import Article, Failure
from crawler.ledger_facts import Fact
from crawler.logformatter import QuietFormatter
from tests.facts import ONE, make_page
from tests.make import STORY, URL, make_article, make_failure

SPIDER = Spider("kompas_global")


def shown(line: Any) -> tuple[int, str]:
    """Level and text of a line."""
    return line["level"], line["msg"] % line["args"]


@pytest.mark.parametrize(
    ("item", "level", "text"),
    [
        (make_failure(), logging.WARNING, "failed: Timeout: took longer than 60 seconds"),
        (make_article(), logging.DEBUG, f"{STORY} {make_article().title}"),
        (make_page(ONE), logging.DEBUG, "IndexPage"),
    ],
    ids=["failure", "article", "fact"],
)
def test_a_failure_is_one_warning_and_all_else_is_for_debugging(
    item: Article | Failure | Fact, level: int, text: str
) -> None:
    """Without it failures scroll by unseen, or the log holds whole articles."""
    said = shown(QuietFormatter().scraped(item, Response(URL), SPIDER))
    assert said[0] == level
    assert said[1].splitlines()[-1] == text
    assert ("\n" in said[1]) is (level == logging.DEBUG)


def test_a_changed_markup_is_one_warning() -> None:
    """Without it a redesign prints a thousand lines at the terminal in one night."""
    formatter, failure = QuietFormatter(), make_failure(reason="UnknownLayout")
    levels = [shown(formatter.scraped(failure, Response(URL), SPIDER))[0] for _ in range(3)]
    assert levels == [logging.WARNING, logging.INFO, logging.INFO]
    assert shown(formatter.scraped(make_failure(), Response(URL), SPIDER))[0] == logging.WARNING


def test_a_known_story_is_one_line() -> None:
    """Without it every night's log is full of what was stored long ago."""
    drop = DropItem("known: a story", log_level="INFO")
    assert shown(QuietFormatter().dropped(make_article(), drop, Response(URL), SPIDER)) == (logging.INFO, drop.args[0])


def test_an_item_that_a_pipeline_failed_on_is_named_by_its_story() -> None:
    """Without it a traceback is followed by thirty fields of an article."""
    said = shown(QuietFormatter().item_error(make_article(), ValueError(), Response(URL), SPIDER))
    assert said == (logging.ERROR, f"Error processing {STORY} {make_article().title}")
