"""The line for a person at a terminal."""

from typing import Never, cast

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from tqdm import tqdm

from crawler.extensions.progress import Progress, progress_text
from tests.facts import ONE, make_page
from tests.make import URL, make_article, make_failure


@pytest.mark.parametrize(
    ("stats", "line"),
    [
        ({}, "0 new, 0 known, 0 failed"),
        (
            {"kompas/days/asked": 30, "kompas/days/done": 3, "kompas/store/new": 41},
            "3/30 days, 41 new, 0 known, 0 failed",
        ),
        ({"kompas/days/asked": 1}, "0/1 days, 0 new, 0 known, 0 failed"),
        ({"kompas/store/known": 2, "kompas/skip_known/stored": 5}, "0 new, 7 known, 0 failed"),
        ({"kompas/failed/Timeout": 2, "kompas/failed/HttpStatus 403": 1}, "0 new, 0 known, 3 failed"),
        ({"item_dropped_count": 9, "item_scraped_count": 9, "start_time": "x"}, "0 new, 0 known, 0 failed"),
    ],
)
def test_the_line_says_days_new_known_and_failed(stats: dict[str, object], line: str) -> None:
    """Without it a person watches a number that means something else, for hours."""
    assert progress_text(stats) == line


class Line:
    """In place of tqdm's."""

    def __init__(self) -> None:
        self.pages = 0

    def set_postfix_str(self, text: str, refresh: bool) -> None:
        """Nothing."""

    def update(self) -> None:
        self.pages += 1


@pytest.mark.parametrize(
    ("signal", "item", "response", "pages"),
    [
        (signals.response_received, None, Response(URL), 1),
        (signals.item_scraped, make_article(), Response(URL), 0),
        (signals.item_scraped, make_article(), None, 1),
        (signals.item_dropped, make_article(), None, 1),
        (signals.item_scraped, make_failure(), None, 0),
        (signals.item_scraped, make_page(ONE), None, 0),
        (signals.item_scraped, make_page(ONE), Response(URL), 0),
    ],
    ids=["response", "its article", "archived", "archived and known", "failure", "fact", "fact of a page"],
)
def test_a_page_is_counted_once_and_a_fact_never(
    signal: object, item: object, response: Response | None, pages: int, crawler: Crawler
) -> None:
    """Without it the rate that a person sees is three times the one at which pages come."""
    progress, line = Progress(crawler), Line()
    progress._line = cast("tqdm[Never]", line)
    progress.tick(signal, item, response)
    assert line.pages == pages
