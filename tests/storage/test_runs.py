"""The rows of the runs: which job each belongs to, how it ended, and what robots.txt said to it."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.storage import Beginning, End, Store
from crawler.storage.runs import COMPLETE, KILLED

START = datetime(2021, 4, 22, 19, 0, tzinfo=UTC)


def at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


def begin(store: Store, hours: int = 0, job: str = "daily") -> tuple[int, datetime]:
    return store.runs.begin(Beginning(job, at(hours), "mesin", 4711, "1.0", "1"))


def end(store: Store, run: int, reason: str = COMPLETE, **changes: Any) -> None:
    healthy = changes.pop("healthy", reason == COMPLETE)
    store.runs.end(run, End(at(1), reason, healthy, changes.pop("summary", "3 new"), **changes))


def newest(store: Store) -> dict[str, Any]:
    return next(store.runs.newest_first())


def test_a_run_is_a_row_before_it_asks_for_anything(store: Store) -> None:
    """Without it a run that is killed has never been."""
    run, job_started_at = begin(store)
    row = newest(store)
    assert (run, job_started_at) == (1, START)
    assert {name: value for name, value in row.items() if value is not None} == {
        "id": 1,
        "job": "daily",
        "job_started_at": START,
        "started_at": START,
        "host": "mesin",
        "pid": 4711,
        "version": "1.0",
        "parser_version": "1",
    }


def test_the_end_of_a_run_is_written_into_its_own_row(store: Store) -> None:
    """Without it the verdict of one night stands beside another."""
    first, _ = begin(store)
    end(store, first, reasons=[], counts={"kompas/store/new": 3}, readings={"current": {"articles": 3}})
    second, _ = begin(store, 24)
    end(store, second, "shutdown", reasons=["the run was ended early"], summary="0 new")
    rows = list(store.runs.newest_first())
    assert [(row["id"], row["finish_reason"], row["healthy"], row["summary"]) for row in rows] == [
        (2, "shutdown", False, "0 new"),
        (1, COMPLETE, True, "3 new"),
    ]
    assert rows[1]["counts"] == {"kompas/store/new": 3}
    assert rows[0]["reasons"] == ["the run was ended early"]


def test_a_run_without_an_end_was_killed_when_the_next_one_begins(store: Store) -> None:
    """Without it a killed run is shown as running for years."""
    begin(store, job="since=2021-04-01")
    begin(store, 5)
    rows = list(store.runs.newest_first())
    assert [(row["finish_reason"], row["healthy"]) for row in rows] == [(None, None), (KILLED, False)]


@pytest.mark.parametrize("reason", ["limit", "shutdown", "store_error", "blocked"])
def test_a_job_that_was_not_finished_goes_on(store: Store, reason: str) -> None:
    """Without it a run of ten years that was stopped once begins anew."""
    run, _ = begin(store)
    end(store, run, reason)
    assert begin(store, 7) == (2, START)
    assert begin(store, 9) == (3, START)  # the second was killed


def test_a_job_that_was_finished_starts_anew_healthy_or_not(store: Store) -> None:
    """Without it a range that is requested again next year is not read again."""
    run, _ = begin(store)
    end(store, run, COMPLETE, healthy=False, reasons=["1 failed"])
    assert begin(store, 7) == (2, at(7))


def test_another_job_in_between_changes_nothing(store: Store) -> None:
    """Without it the nightly run makes a backfill that was stopped begin anew, or takes it for its own."""
    begin(store, job="since=2011-01-01 until=2020-12-31")
    nightly, started = begin(store, 5)
    assert started == at(5)
    end(store, nightly)
    assert begin(store, 8, job="since=2011-01-01 until=2020-12-31") == (3, START)


def test_only_a_run_without_an_end_is_at_work(store: Store) -> None:
    """Without it a second run names the wrong owner."""
    assert store.runs.at_work() is None
    run, _ = begin(store)
    row = store.runs.at_work()
    assert row is not None
    assert (row["id"], row["pid"], row["host"], row["started_at"]) == (run, 4711, "mesin", START)
    end(store, run)
    assert store.runs.at_work() is None


def test_what_is_usual_is_reported_by_the_newest_runs_that_ended(store: Store) -> None:
    """Without it a run is measured against itself, or against one that was killed half way."""
    for number in range(4):
        run, _ = begin(store, number)
        end(store, run, readings={"current": {"articles": number}} if number != 2 else {})
    begin(store, 9)
    run, _ = begin(store, 10)
    assert store.runs.readings_before(run, 2) == [{"current": {"articles": 3}}]
    assert store.runs.readings_before(run, 10) == [{"current": {"articles": number}} for number in (3, 1, 0)]
    assert store.runs.readings_before(2, 10) == [{"current": {"articles": 0}}]


def test_robots_txt_is_kept_per_run_and_its_text_once(store: Store, path: Path) -> None:
    """Without it the rules of a day cannot be shown later, or the same text is kept every night for years."""
    text = "User-Agent: *\nDisallow: /copy/\n"
    for run in (1, 2):
        begin(store, run)
        store.runs.keep_robots(run, "www.kompas.com", 200, text, at(run))
    store.runs.keep_robots(2, "indeks.kompas.com", None, "", at(2))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("select run_id, host, status, sha256 = ? from robots", (sha256,)).fetchall()
        texts = connection.execute("select text from robots_texts order by text").fetchall()
    assert sorted(rows) == [
        (1, "www.kompas.com", 200, 1),
        (2, "indeks.kompas.com", None, 0),
        (2, "www.kompas.com", 200, 1),
    ]
    assert texts == [("",), (text,)]
    read = [(host, last, found) for host, last, found in store.runs.robots_texts()]
    assert read == [("indeks.kompas.com", at(2), ""), ("www.kompas.com", at(2), text)]
