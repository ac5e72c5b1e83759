"""A crawl of a look-alike with faults, and what became of every story of the day."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.conftest import Crawl, Run
from tests.site.faults import Fault, Spell
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST, assert_true

UNTIRING = ("-s", "KOMPAS_BACKOFF=0", "-s", "KOMPAS_BLOCK_STREAK=0")
"""Waits no longer than the site says, and does not give up where most of a day goes wrong."""
NO_STREAK = ("crawler.extensions.brake.FAILURE_STREAK=1000",)
STORED = "stored"


@dataclass(frozen=True)
class Row:
    """What the table `failures` says of an address."""

    reason: str
    status: int | None
    attempts: int


@dataclass(frozen=True)
class Case:
    """A fault, and the expected result for the story that it hits."""

    fault: Fault | Spell
    end: Row | str = STORED


def crawl_day(crawl: Crawl, served: LookAlike, day: date, *more: str, env: Mapping[str, str] | None = None) -> Run:
    return crawl(
        *("-a", f"since={day}", "-a", f"until={day}", "-a", "latest_depth=0", *FAST, *UNTIRING, *more),
        env={**served.env(), **(env or {})},
        changes=NO_STREAK,
    )


def failures(folder: Path) -> dict[str, Row]:
    """By story, or by address where there is none."""
    with closing(sqlite3.connect(folder / "store.db")) as store:
        rows = store.execute("select coalesce(article_id, url), reason, status, attempts from failures").fetchall()
    return {key: Row(*rest) for key, *rest in rows}


def stored(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "store.db")) as store:
        return [story for (story,) in store.execute("select id from articles")]


def lay(served: LookAlike, day: date, cases: Mapping[str, Case]) -> dict[str, str]:
    """Puts each fault on a story of its own; gives the stories by the names of the faults."""
    stories = dict(zip(cases, served.site.listed(day), strict=False))
    assert len(stories) == len(cases), "the day has too few stories"
    served.faults.laid = {story: cases[name].fault for name, story in stories.items()}
    return stories


def assert_ends(folder: Path, run: Run, served: LookAlike, day: date, cases: Mapping[str, Case]) -> None:
    """Each fault ended as it should, every other story is stored, and no record says anything but the truth."""
    stories = dict(zip(cases, served.site.listed(day), strict=False))
    failed = failures(folder)
    kept = stored(folder)
    ends = {name: STORED if story in kept else failed.get(story, "lost") for name, story in stories.items()}
    wrong = {name: (ends[name], case.end) for name, case in cases.items() if ends[name] != case.end}
    assert wrong == {}, f"it is / it should be: {wrong}"
    expected = {story for name, story in stories.items() if cases[name].end != STORED}
    assert_rest(folder, run, served, day, expected)


def assert_rest(folder: Path, run: Run, served: LookAlike, day: date, expected: set[str]) -> None:
    """Assert that exactly these stories failed, and that all others of the day are stored once and right."""
    failed = set(failures(folder))
    assert failed == expected, f"it is / it should be: {failed} / {expected}"
    whole = Counter(set(served.site.listed(day)) - expected)
    assert Counter(stored(folder)) == whole, "lost, stored twice, or stored though it failed"
    for record in run.records:
        assert_true(record, served.site.truth(record["id"]))
        assert record["complete"] is True, record["id"]
    assert served.foreign == [], f"asked of other hosts: {served.foreign}"
    assert run.status == (1 if failed else 0), run.stderr[-3000:]
