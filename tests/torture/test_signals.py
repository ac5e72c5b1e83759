"""Ctrl-C and `systemctl stop`: a run ends in order, says so, and the next one goes on."""

import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from crawler.health.judgement import STOPPED
from tests.site.server import LookAlike
from tests.torture import checks, running
from tests.torture.conftest import Figures
from tests.torture.running import Ended, Place, query

pytestmark = pytest.mark.torture
SIGNALS = 10
"""Of each kind."""
DAYS = ("-a", "since=2021-04-22", "-a", "until=2021-04-22")
TWICE = (signal.SIGINT, signal.SIGINT)
END = "select finish_reason, healthy, summary from runs order by id desc limit 1"


def moments(served: LookAlike, folder: Path, count: int, rng: random.Random) -> tuple[list[float], checks.Contents]:
    """Return seconds, a fifth of them in the start-up, and the result of an undisturbed run."""
    place, began = Place(folder / "whole"), time.monotonic()
    ended = running.end_of(running.start(place, served, *DAYS))
    assert ended.status == 0, ended.stderr[-3000:]
    begins, lasts = served.requests[0].at - began, time.monotonic() - began
    early = [rng.uniform(1.0, begins) for _ in range(count // 5)]
    return [*early, *(rng.uniform(begins, lasts) for _ in range(count - len(early)))], checks.contents(place.store)


def wrong_with(place: Place, ended: Ended) -> list[str]:
    """What is not as it should be after one signal to the first run in a store."""
    if not query(place.copied(), "select id from runs"):
        return []  # it came before the run began
    wrong = ["a traceback"] if "Traceback" in ended.stderr else []
    reason, healthy, summary = query(place.store, END)[0]
    told = [f"kompas_global: {summary}", f"kompas_global: {STOPPED}"]
    if reason is None:  # so early that Scrapy, which was about to begin, just stops
        told = [f"kompas_global: {STOPPED}"]
        wrong += ["it has no end"] if query(place.store, "select id from articles") else []
    elif reason == "finished":
        return []  # it came while the process was on its way out, and may have ended that
    elif (reason, healthy) != ("shutdown", 0):
        wrong.append(f"it ended as {reason}, healthy: {healthy}")
    if ended.status != 1 or len(ended.told) != len(told) or not all(map(str.startswith, ended.told, told)):
        wrong.append(f"status {ended.status}, told {ended.told}")
    return wrong


def hit(place: Place) -> str:
    """What a signal met."""
    ends = query(place.copied(), "select finish_reason from runs")
    return {"finished": "too late", None: "about to begin"}.get(ends[0][0], "at work") if ends else "in the start-up"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_signal_ends_a_run_in_order(number: signal.Signals, tmp_path: Path, figures: Figures) -> None:
    """Without it Ctrl-C leaves a run that looks like a killed one, or reports that all is well."""
    met: Counter[str] = Counter()
    wrong, rng = [], random.Random(running.SEED)
    with LookAlike() as served:
        times, whole = moments(served, tmp_path, running.so_many(SIGNALS), rng)
        for one, moment in enumerate(times):
            place = Place(tmp_path / f"store-{one}")
            ended = running.signalled(running.start(place, served, *DAYS), moment, number)
            met[hit(place)] += 1
            wrong += [f"after {moment:.2f} s: {what}" for what in wrong_with(place, ended)]
            finish(place, served, whole)
    figures.tell(number.name, f"{dict(met)}; {len(wrong)} not in order; every store complete afterwards")
    assert wrong == []


def test_a_second_signal_right_after_the_first_ends_at_once_and_loses_nothing(tmp_path: Path, figures: Figures) -> None:
    """Without it an impatient person loses what a patient one keeps."""
    met: Counter[str] = Counter()
    rng = random.Random(running.SEED + 2)
    with LookAlike() as served:
        times, whole = moments(served, tmp_path, running.so_many(SIGNALS), rng)
        for one, moment in enumerate(times):
            place = Place(tmp_path / f"store-{one}")
            running.signalled(running.start(place, served, *DAYS), moment, *TWICE)
            met[hit(place)] += 1
            finish(place, served, whole)
    figures.tell("SIGINT twice", f"{dict(met)}; every store complete afterwards")


def finish(place: Place, served: LookAlike, whole: checks.Contents) -> None:
    """The run after a signal does the rest."""
    ended = running.end_of(running.start(place, served, *DAYS))
    assert ended.status == 0, ended.stderr[-3000:]
    assert checks.faults_of_the_end(place, whole) == []
    assert list(checks.faults_of_feed(place, place.store)) == []
