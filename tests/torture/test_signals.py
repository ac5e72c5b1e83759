"""Ctrl-C and `systemctl stop`: a run ends in order, says so, and the next one goes on."""

import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

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
    """Seconds, from the first one on; and what a run that nobody disturbs comes to."""
    place, began = Place(folder / "whole"), time.monotonic()
    ended = running.end_of(running.start(place, served, *DAYS))
    assert ended.status == 0, ended.stderr[-3000:]
    lasts = time.monotonic() - began
    return [rng.uniform(1.0, lasts) for _ in range(count)], checks.contents(place.store)


def wrong_with(place: Place, ended: Ended, runs: int) -> list[str]:
    """What is not as it should be after one signal.

    :param runs: in the store before.
    """
    if "Traceback" in ended.stderr and query(place.copied(), "select id from runs")[runs:]:
        return ["a traceback"]
    if not query(place.copied(), "select id from runs")[runs:]:
        return []  # it came before the run began
    reason, healthy, summary = query(place.store, END)[0]
    if reason == "finished":
        return [] if (ended.status, healthy) == (0, 1) else [f"finished with {ended.status}"]
    if (reason, healthy, ended.status) != ("shutdown", 0, 1) or not summary:
        return [f"it ended as {reason}, healthy: {healthy}, with status {ended.status}"]
    told = [f"kompas_global: {summary}", "kompas_global: not healthy: the run was stopped by a signal (shutdown)"]
    return [] if ended.told == told else [f"it told {ended.told}"]


def hit(place: Place, ended: Ended, runs: int) -> str:
    """What a signal met."""
    now = query(place.store, "select finish_reason from runs")[runs:] if place.store.exists() else []
    return {"finished": "too late", None: "no verdict"}.get(now[0][0], "at work") if now else "in the start-up"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_signal_ends_a_run_in_order(number: signal.Signals, tmp_path: Path, figures: Figures) -> None:
    """Without it Ctrl-C leaves a run that nobody can tell from one that was killed, or says that all is well."""
    met: Counter[str] = Counter()
    wrong, rng = [], random.Random(running.SEED)
    with LookAlike() as served:
        times, whole = moments(served, tmp_path, running.so_many(SIGNALS), rng)
        for one, moment in enumerate(times):
            place = Place(tmp_path / f"store-{one}")
            ended = running.signalled(running.start(place, served, *DAYS), moment, number)
            met[hit(place, ended, 0)] += 1
            wrong += [f"after {moment:.2f} s: {what}" for what in wrong_with(place, ended, 0)]
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
            ended = running.signalled(running.start(place, served, *DAYS), moment, *TWICE)
            met[hit(place, ended, 0)] += 1
            finish(place, served, whole)
    figures.tell("SIGINT twice", f"{dict(met)}; every store complete afterwards")


def finish(place: Place, served: LookAlike, whole: checks.Contents) -> None:
    """The run after a signal does the rest."""
    ended = running.end_of(running.start(place, served, *DAYS))
    assert ended.status == 0, ended.stderr[-3000:]
    assert checks.faults_of_the_end(place, whole) == []
    assert checks.faults_of_feed(place, place.store) == []
