"""Two runs that are started together in one store: one works, the other declines or waits."""

import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.site.server import LookAlike
from tests.torture import running
from tests.torture.conftest import Figures
from tests.torture.running import Ended, Place

pytestmark = pytest.mark.torture
PAIRS = 50
STORES = 5
"""In each a first pair finds everything to do, and the pairs after it nothing."""
TURNS = "select started_at, ended_at from runs order by id desc limit 2"
DAYS = ("-a", "since=2021-04-21", "-a", "until=2021-04-21", "-a", "latest_depth=0")


def pair(place: Place, served: LookAlike, *more: str) -> list[Ended]:
    """Two runs within milliseconds, each with a feed of its own, by their statuses."""
    feeds = [str(place.folder / f"{name}.jsonl") for name in ("one", "other")]
    both = [running.start(place, served, *DAYS, *more, feed=feed) for feed in feeds]
    return sorted(map(running.end_of, both), key=lambda ended: ended.status)


def test_of_two_runs_one_works_and_one_declines(tmp_path: Path, figures: Figures) -> None:
    """Without it a run by hand beside the nightly one fetches everything twice, or spoils the store."""
    statuses: Counter[tuple[int, ...]] = Counter()
    began = time.monotonic()
    pairs, wrong = running.so_many(PAIRS), []
    with LookAlike() as served:
        for number in range(pairs):
            place = Place(tmp_path / f"store-{number * STORES // pairs}")
            fresh = not place.store.exists()
            served.requests.clear()
            ended = pair(place, served)
            statuses[tuple(one.status for one in ended)] += 1
            wrong += [f"pair {number}: {what}" for what in wrong_with(place, served, ended, fresh)]
    figures.tell(
        "two runs together",
        f"{pairs} pairs, statuses {dict(statuses)}, {len(wrong)} faults; {time.monotonic() - began:.0f} s",
    )
    assert wrong == []
    assert statuses[0, 3]
    assert set(statuses) <= {(0, 3), (0, 0)}


def wrong_with(place: Place, served: LookAlike, ended: list[Ended], fresh: bool) -> list[str]:
    wrong = [f"{said} in stderr" for one in ended for said in ("Traceback", "ERROR") if said in one.stderr]
    if ended[-1].status == 0:  # one that starts up slowly may find the other at its end
        second, first = running.query(place.store, TURNS)
        if second[0] < first[1]:
            wrong.append(f"both worked at once: {first}, {second}")
    elif not ended[-1].told or "another run is at work in the store" not in ended[-1].told[0]:
        wrong.append(f"the second run told {ended[-1].told}")
    stored = Counter(story for (story,) in running.query(place.store, "select id from articles"))
    if stored != Counter(served.site.listed(date(2021, 4, 21))):
        wrong.append(f"the store holds {stored}")
    stories = [asked.url for asked in served.requests if "/read/" in asked.url]
    if len(stories) != len(set(stories)) or bool(stories) is not fresh:
        wrong.append(f"{len(stories)} stories were asked for")
    return wrong


def test_a_run_that_may_wait_works_after_the_other(tmp_path: Path, figures: Figures) -> None:
    """Without it `-a wait=` in the timer of the guide is an empty promise."""
    waited = 0
    with LookAlike() as served:
        for number in range(running.so_many(10)):
            place = Place(tmp_path / f"store-{number}")
            served.requests.clear()
            ended = pair(place, served, "-a", "wait=600")
            assert [one.status for one in ended] == [0, 0], ended[-1].stderr[-3000:]
            runs = running.query(place.store, "select started_at, ended_at from runs order by id")
            assert len(runs) == 2
            assert runs[0][1] <= runs[1][0]
            assert not [what for what in wrong_with(place, served, ended, True) if "told" not in what]
            waited += 1
    figures.tell("two runs together, one waits", f"{waited} pairs, both healthy, one after the other")
