"""The line for a person at a terminal."""

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler

from crawler.extensions.crawl_plan import CrawlPlan
from crawler.extensions.open_store import OpenStore
from crawler.extensions.progress import Progress
from crawler.extensions.progress_text import Extent, Totals, extent_of, line_of, remaining
from tests.make import make_crawler

BIG = {"kompas/store/new": 210_000, "kompas/store/known": 120_000, "kompas/failed/Timeout": 1_234}


@pytest.mark.parametrize(
    ("stats", "totals", "extent"),
    [
        ({}, Totals(), Extent("begin", "")),
        ({}, Totals(files=9, megabytes=800), Extent("scan", "scan: 0 of 9 files, 0 of 800 MB", 0)),
        ({}, Totals(days=2), Extent("days", "0 of 2 days")),
        (
            {"kompas/days/done": 4, "kompas/listed/index": 80, "kompas/store/new": 40},
            Totals(days=365, days_finished=3),
            Extent("days", "3 of 365 days", 2 / 365),
        ),
        (
            {"kompas/days/done": 1, "kompas/listed/index": 4, "kompas/skip_known/stored": 9},
            Totals(days=1, days_finished=1),
            Extent("days", "1 of 1 days", 1),
        ),
        (
            {"kompas/resume/pending": 20, "kompas/days/done": 1, "kompas/listed/index": 10, "kompas/store/new": 10},
            Totals(days=2),
            Extent("days", "0 of 2 days", 10 / 40),
        ),
        (
            {"kompas/store/new": 3, "kompas/failed/Timeout": 2},
            Totals(addresses=20),
            Extent("addresses", "5 of 20 addresses", 0.25),
        ),
        ({"kompas/store/new": 30}, Totals(addresses=20), Extent("addresses", "20 of 20 addresses", 1)),
        (
            {"kompas/archive/files_read": 2, "kompas/archive/bytes_read": 200_000_000},
            Totals(files=9, megabytes=800),
            Extent("scan", "scan: 2 of 9 files, 200 of 800 MB", 0.25),
        ),
        (
            {"kompas/archive/files_read": 2, "kompas/archive/bytes_read": 6_000_000},
            Totals(),
            Extent("scan", "scan: 2 files, 6 MB"),
        ),
        (
            {"kompas/archive/files_read": 2, "kompas/archive/stories": 5_000, "kompas/archive/stories_read": 1_250},
            Totals(files=2),
            Extent("stories", "1250 of 5000 stories", 0.25),
        ),
        ({"kompas/archive/files_read": 2, "kompas/archive/stories": 0}, Totals(), Extent("stories", "0 of 0 stories")),
    ],
)
def test_the_line_says_how_much_is_done_of_how_much(stats: dict[str, Any], totals: Totals, extent: Extent) -> None:
    """Without it a person watches a number for hours and does not know whether half is done."""
    assert extent_of(stats, totals) == extent


@pytest.mark.parametrize(("share", "left"), [(None, None), (0.001, None), (0.25, 1800), (0.5, 600), (1.0, None)])
def test_the_remaining_time_is_reported_as_soon_as_it_is_known(share: float | None, left: float | None) -> None:
    """Without it the line promises minutes, then days."""
    assert remaining(share, 600) == left


@pytest.mark.parametrize(
    ("width", "ending", "line"),
    [
        (120, False, "3 of 365 days, 210000 new, 120000 unchanged, 1234 failed, 12 h 05 min, 60 d 12 h left"),
        (80, False, "3 of 365 days, 210000 new, 120000 unchanged, 1234 failed, 60 d 12 h left"),
        (64, False, "3 of 365 days, 210000 new, 1234 failed, 60 d 12 h left"),
        (30, False, "3 of 365 days, 1234 failed"),
        (9, False, "3 of 365 "),
        (80, True, "stopping, 3 of 365 days, 210000 new, 120000 unchanged, 1234 failed, 12 h 05 min"),
    ],
)
def test_the_line_fits_into_the_terminal(width: int, ending: bool, line: str) -> None:
    """Without it the end of the line is cut off, or each drawing leaves half a line behind."""
    drawn = line_of(Extent("days", "3 of 365 days"), BIG, 43_500, 5_227_200, ending=ending, width=width)
    assert drawn == line


def test_the_line_of_a_scan_counts_no_stories() -> None:
    """Without it three counts that stay 0 take the place of the time."""
    drawn = line_of(Extent("scan", "scan: 2 files, 6 MB"), {}, 63, None, ending=False, width=80)
    assert drawn == "scan: 2 files, 6 MB, 1 min 03 s"


def test_the_total_is_that_of_the_plan(tmp_path: Path) -> None:
    """Without it the total grows while the person watches: a day is requested when the one before is done."""
    crawler = make_crawler(tmp_path, {"since": "2021-04-20", "until": "2021-04-22"})
    plan = CrawlPlan(crawler)
    seen = [(plan.days_finished, plan.days_in_all)]
    seen += [(plan.days_finished, plan.days_in_all) for _ in plan.days()]
    assert [*seen, (plan.days_finished, plan.days_in_all)] == [(0, 3), (0, 3), (1, 3), (2, 3), (3, 3)]
    OpenStore.of(crawler).close()


def test_a_terminal_has_a_line_until_the_run_ends(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it the line stays and the verdict is written behind it."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    async def run() -> None:
        progress = Progress(crawler)
        progress.open()
        await asyncio.sleep(0)
        progress.close()

    asyncio.run(run())
    drawn = capsys.readouterr().err
    assert "kompas_global: " in drawn
    assert re.fullmatch(r"\s*", drawn.rpartition("\r")[2])
