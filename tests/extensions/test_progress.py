"""The line for a person at a terminal."""

import pytest

from crawler.extensions.progress import progress_text


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
