"""A crawl that is killed at any moment, again and again, comes to the same end as one that nothing interrupts."""

import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.kompas.text.dates import WIB
from tests.site import faults
from tests.site.faults import Fault as SiteFault
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.site.site import Site
from tests.torture import checks, running
from tests.torture.checks import Contents, Fault
from tests.torture.conftest import Figures
from tests.torture.running import Ended, Place

pytestmark = pytest.mark.torture
KILLS = 100
"""Of runs that had begun; those that hit the start-up before come on top."""
FIRST, SECOND = date(2021, 4, 21), date(2021, 4, 22)
LAST_END = "select finish_reason from runs order by id desc limit 1"
KINDS = ("lost", "doubled", "invalid", "lie", "damaged")


@dataclass(frozen=True)
class Scenario:
    """What is crawled."""

    name: str
    site: Callable[[], Site]
    arguments: tuple[str, ...] = ()
    faults: Mapping[str, SiteFault] = field(default_factory=dict)
    covered: int = 0
    """Status of `scrapy coverage` in the end."""


def with_a_foreign_story() -> Site:
    site = Living(FIRST, SECOND)
    site.foreign = {site.listed(SECOND)[4]}
    return site


def of_today() -> Site:
    return Site(datetime.now(UTC).astimezone(WIB).date())


SCENARIOS = (
    Scenario(
        "newest first, with links",
        with_a_foreign_story,
        ("-a", f"since={FIRST}", "-a", f"until={SECOND}"),
    ),
    Scenario(
        "oldest first, one story gone",
        Site,
        ("-a", f"since={FIRST}", "-a", f"until={SECOND}", "-a", "order=oldest", "-a", "latest_depth=0"),
        {Site().listed(SECOND)[7]: faults.status(404)},
        covered=1,
    ),
    Scenario("the daily run", of_today),
)


@dataclass
class Torture:
    """A scenario, its uninterrupted run, and what came of the kills."""

    scenario: Scenario
    served: LookAlike
    folder: Path
    rng: random.Random
    whole: Contents = field(default_factory=dict)
    begins: float = 0.0
    """Seconds until an uninterrupted run requested its first page."""
    lasts: float = 0.0
    requests: int = 0
    """Of an uninterrupted run."""
    kills: int = 0
    early: int = 0
    """Kills before the run had its row in the store."""
    late: int = 0
    """Kills between the end that the run noted and the end of its process."""
    found: list[Fault] = field(default_factory=list)
    stores: int = 0
    runs: int = 0
    """In the store that is being filled."""
    unfed: int = 0
    extra: int = 0
    """Requests that the kills cost."""

    def run_whole(self) -> None:
        """What it should come to."""
        place, began = Place(self.folder / "whole"), time.monotonic()
        ended = running.end_of(running.start(place, self.served, *self.scenario.arguments))
        assert ended.status == self.scenario.covered, ended.stderr[-3000:]
        self.lasts, self.begins = time.monotonic() - began, self.served.requests[0].at - began
        self.requests = len(self.served.requests)
        self.whole = checks.contents(place.store)
        assert checks.faults_of(place, self.served.site, self.whole) == []
        assert checks.unfed(place) == 0

    def fill_one_store(self, kills: int) -> None:
        """Runs that are killed, at most so many, until one ends by itself."""
        place, left, before = Place(self.folder / f"store-{self.stores}"), kills, self.kills
        self.served.requests.clear()
        self.runs = 0
        while True:
            process = running.start(place, self.served, *self.scenario.arguments)
            if left == 0:
                ended = running.end_of(process)
                break
            ended = self._kill(process)
            if not ended.was_killed:
                break
            left -= self._note_kill(place)
            if running.query(place.store, LAST_END) == [("finished",)]:
                self.late += 1
                break
        self._note_end(place, ended)
        unfed = checks.unfed(place)
        if unfed > self.kills - before:
            self.found.append(Fault("lost", f"{unfed} stories are not in the feed after {self.kills - before} kills"))
        self.unfed += unfed

    def _kill(self, process: subprocess.Popen[str]) -> Ended:
        """At a moment. Every other one is a time, from the opening of the store to the end of an uninterrupted run, or
        (one in ten) in the start-up before. The others follow one of the requests that are still to be made, often one
        of the next ten, so that short steps, as between two pages of an index, are met as often as long ones.
        """
        rng, opens = self.rng, 0.7 * self.begins
        if rng.random() < 0.5:
            left = max(1, self.requests - len(self.served.requests))
            number = rng.randint(1, rng.choice((left, min(left, 10))))
            return running.killed_at_request(process, self.served, number, rng.uniform(0, 0.05))
        start_up = rng.random() < 0.1
        moment = rng.uniform(0, opens) if start_up else rng.uniform(opens, self.lasts)
        return running.signalled(process, moment, signal.SIGKILL)

    def _note_kill(self, place: Place) -> bool:
        runs = running.query(place.copied(), "select id from runs")
        begun = len(runs) > self.runs
        self.runs = len(runs)
        self.kills += begun
        self.early += not begun
        self.found += checks.faults_of(place, self.served.site, self.whole)
        return begun

    def _note_end(self, place: Place, ended: Ended) -> None:
        self.stores += 1
        covered = self.scenario.covered
        if not ended.was_killed and ended.status not in (0, covered):
            self.found.append(Fault("lie", f"the last run ended with {ended.status}: {ended.told}"))
        if running.coverage_status(place) != covered:
            self.found.append(Fault("lie", "coverage says something else than after an uninterrupted run"))
        self.found += checks.faults_of(place, self.served.site, self.whole)
        self.found += checks.faults_of_the_end(place, self.whole)
        self.extra += len(self.served.requests) - self.requests

    def figures(self) -> str:
        kinds = Counter(fault.kind for fault in self.found)
        return (
            f"{self.kills} kills of runs that had begun ({self.late} after their end), {self.early} before, "
            f"{self.stores} stores: {', '.join(f'{kinds[kind]} {kind}' for kind in KINDS)}; {self.unfed} stored "
            f"but not in the feed; {self.extra} extra requests ({self.requests} without kills)"
        )


@pytest.mark.parametrize("number", range(len(SCENARIOS)), ids=[scenario.name for scenario in SCENARIOS])
def test_kills_at_any_moment_lose_nothing_and_double_nothing(number: int, tmp_path: Path, figures: Figures) -> None:
    """Without it a machine that is switched off leaves a dataset with unknown gaps."""
    scenario = SCENARIOS[number]
    kills = running.so_many(KILLS * (number + 1) // len(SCENARIOS) - KILLS * number // len(SCENARIOS))
    began = time.monotonic()
    with LookAlike(scenario.site(), faults=scenario.faults) as served:
        torture = Torture(scenario, served, tmp_path, random.Random(running.SEED + number))
        torture.run_whole()
        while torture.kills < kills:
            torture.fill_one_store(kills - torture.kills)
    figures.tell(f"SIGKILL, {scenario.name}", f"{torture.figures()}; {time.monotonic() - began:.0f} s")
    assert torture.found == [], "\n".join(f"{fault.kind}: {fault.what}" for fault in torture.found)
