"""A power cut at every sync point: nothing that a run promised is lost, and the next run and all commands go on."""

import json
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from tests.site.living import Living
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST
from tests.torture import checks, running
from tests.torture.conftest import Figures
from tests.torture.disk import POINTS, Disk, Files, Snapshot
from tests.torture.forks import Forks
from tests.torture.running import Place, query
from tests.torture.test_kills_while_recording import faults_of
from tests.torture.traced import Operation, trace

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]
DAY: Final = date(2026, 4, 16)
SMALL_FILES: Final = ("crawler.extensions.open_archive.WARC_SIZE=60000",)
"""Several WARC files in a run, so that there are renames in the middle of it."""


@dataclass(frozen=True)
class Scene:
    """A site, and the process that runs commands on it."""

    served: LookAlike
    forks: Forks
    whole: checks.Contents
    """The store of a crawl that nothing interrupted."""
    finished: Path
    """The folder of that crawl."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("finished")
    with LookAlike(Living(DAY)) as served, Forks({**os.environ, **served.env()}) as forks:
        assert forks.run(folder.parent / "finished.log", crawl(folder)) == 0
        yield Scene(served, forks, checks.contents(folder / "store.db"), folder)


def crawl(folder: Path) -> list[str]:
    """Return the words of a crawl that writes store, feed and WARC into a folder."""
    days = ["-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0"]
    options = ["-s", f"KOMPAS_DB={folder / 'store.db'}", "-o", str(folder / "out.jsonl"), *FAST]
    return ["crawl", "kompas_global", *days, *options, "-s", f"KOMPAS_WARC_DIR={folder / 'warc'}"]


def files_of(folder: Path) -> Files:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def recorded(scene: Scene, folder: Path, words: list[str], *changes: str) -> list[Operation]:
    """Return what a command does below a folder, in the order in which it does it."""
    command = [sys.executable, "-m", "tests.patched", *changes, *words]
    env = {**os.environ, **scene.served.env()}
    status, operations = trace(command, folder, folder.with_suffix(".strace"), env)
    assert status == 0, f"{words[0]} ended with {status}"
    return operations


def drawn(snapshots: Iterator[Snapshot], seed: int) -> list[Snapshot]:
    """Return the states of all points, or of a share of the points, without those that are equal."""
    rng, chosen, seen = random.Random(seed), dict[int, bool](), set[str]()
    kept = []
    for snapshot in snapshots:
        if snapshot.number not in chosen:
            chosen[snapshot.number] = rng.random() < running.SHARE
        if chosen[snapshot.number] and snapshot.digest not in seen:
            seen.add(snapshot.digest)
            kept.append(snapshot)
    return kept


def go_over(
    snapshots: list[Snapshot], folder: Path, check: Callable[[Snapshot, Path], list[str]]
) -> tuple[list[str], Counter[str]]:
    """Lay out each state and check it; return what is wrong, and the number of states of each kind."""
    wrong, states = [], Counter[str]()
    for snapshot in snapshots:
        states[snapshot.state] += 1
        place = folder / f"{snapshot.number}-{states.total()}"
        snapshot.lay_out(place)
        found = check(snapshot, place)
        wrong += [f"{snapshot.number} {snapshot.point}, {snapshot.state}: {what}" for what in found]
        if not found:
            shutil.rmtree(place)
    return wrong, states


def tell(
    figures: Figures, name: str, operations: list[Operation], states: Counter[str], wrong: list[str], began: float
) -> None:
    points = Counter(operation.kind for operation in operations if operation.kind in POINTS)
    for fault in wrong:
        figures.tell("fault", fault)
    figures.tell(
        f"power cut, {name}",
        f"{len(operations)} operations, points {dict(points)}, states {dict(states)}, {len(wrong)} faults; "
        f"share {running.SHARE}, seed {running.SEED}, {time.monotonic() - began:.0f} s",
    )


def promised(feed: bytes) -> set[str]:
    """Return the stories whose lines were written: each line is written after its story was stored."""
    return {json.loads(line)["id"] for line in feed.split(b"\n")[:-1]}


def crashed_crawl(scene: Scene, snapshot: Snapshot, folder: Path) -> list[str]:
    """Return what is wrong with the state of a crawl, with the commands that read it, and with the next run."""
    place, log = Place(folder), folder.with_suffix(".log")
    stored = {story for (story,) in query(place.copied(), "select id from articles")}
    wrong = [f"{story} was promised and is lost" for story in promised(snapshot.written.get("out.jsonl", b"")) - stored]
    wrong += map(str, checks.faults_of(place, scene.served.site, scene.whole))
    wrong += faults_of(place, folder / "warc")
    options = ["-s", f"KOMPAS_DB={place.store}", "-s", f"KOMPAS_WARC_DIR={folder / 'warc'}"]
    for words in (["coverage"], ["export", str(folder / "export.jsonl")]):
        status = scene.forks.run(log, [*words, *options])
        if status not in (0, 1, 2) or "Traceback" in log.read_text():
            wrong.append(f"{words[0]} ended with {status}: {log.read_text()[-500:]}")
    status = scene.forks.run(log, crawl(folder))
    if status or "Traceback" in log.read_text():
        return [*wrong, f"the next run ended with {status}: {log.read_text()[-1500:]}"]
    wrong += map(str, checks.faults_of_the_end(place, scene.whole))
    wrong += map(str, checks.faults_of_articles(place.store, scene.served.site))
    wrong += map(str, checks.faults_of_feed(place, place.store))
    wrong += faults_of(place, folder / "warc")
    wrong += [f"{left.name} was not sealed" for left in folder.glob("warc/*.open")]
    if scene.forks.run(log, ["coverage", *options]):
        wrong.append(f"coverage afterwards: {log.read_text()[-500:]}")
    return wrong


def test_a_power_cut_in_a_crawl_loses_nothing_that_was_promised(scene: Scene, tmp_path: Path, figures: Figures) -> None:
    """Without it one power cut makes a store that names bytes which no disk holds."""
    began, folder = time.monotonic(), tmp_path / "traced"
    folder.mkdir()
    operations = recorded(scene, folder, crawl(folder), *SMALL_FILES)
    snapshots = drawn(Disk({}).snapshots(operations), running.SEED)
    wrong, states = go_over(snapshots, tmp_path, lambda one, place: crashed_crawl(scene, one, place))
    tell(figures, "crawl", operations, states, wrong, began)
    assert wrong == []


def test_a_power_cut_in_the_run_after_a_power_cut(scene: Scene, tmp_path: Path, figures: Figures) -> None:
    """Without it the repair of what a power cut left is itself not safe."""
    began, first, second = time.monotonic(), tmp_path / "first", tmp_path / "second"
    first.mkdir()
    operations = recorded(scene, first, crawl(first), *SMALL_FILES)
    states = [one for one in Disk({}).snapshots(operations) if one.state == "last write torn"]
    open_files = [one for one in states if any(path.endswith(".open") for path in one.files)]
    middle = next(one for one in open_files[len(open_files) // 2 :] if one.point.startswith("sync warc/"))
    middle.lay_out(second)
    left = files_of(second)
    operations = recorded(scene, second, crawl(second), *SMALL_FILES)
    early = [
        one for one in drawn(Disk(left).snapshots(operations), running.SEED + 1) if one.number < len(operations) / 4
    ]
    wrong, counts = go_over(early, tmp_path, lambda one, place: crashed_crawl(scene, one, place))
    tell(figures, "the run after one, its first quarter", operations, counts, wrong, began)
    assert wrong == []


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.csv", "out.parquet", "out.db"])
def test_a_power_cut_in_an_export_leaves_the_old_file_or_the_new_one(
    name: str, scene: Scene, tmp_path: Path, figures: Figures
) -> None:
    """Without it half a file looks like a data set."""
    began, folder = time.monotonic(), tmp_path / "traced"
    shutil.copytree(scene.finished, folder)
    (folder / "out.jsonl").unlink()
    (folder / name).write_bytes(b"an earlier export\n")
    before = files_of(folder)
    words = ["export", str(folder / name), "-s", f"KOMPAS_DB={folder / 'store.db'}"]
    operations = recorded(scene, folder, words)
    after = (folder / name).read_bytes()

    def check(_snapshot: Snapshot, place: Path) -> list[str]:
        found = (place / name).read_bytes() if (place / name).exists() else b"nothing"
        again = scene.forks.run(
            place.with_suffix(".log"),
            ["export", str(place / name), *words[2:3], words[3].replace(str(folder), str(place))],
        )
        wrong = [] if found in (before[name], after) else [f"{name} is {found[:40]!r}, {len(found)} bytes"]
        return wrong if not again and (place / name).read_bytes() == after else [*wrong, f"the next export: {again}"]

    wrong, states = go_over(drawn(Disk(before).snapshots(operations), running.SEED), tmp_path, check)
    tell(figures, f"export {name}", operations, states, wrong, began)
    assert wrong == []


def test_a_power_cut_in_a_release_leaves_a_whole_one_or_none(scene: Scene, tmp_path: Path, figures: Figures) -> None:
    """Without it a release with empty files bears its final name."""
    began, folder = time.monotonic(), tmp_path / "traced"
    shutil.copytree(scene.finished, folder)
    before = files_of(folder)
    store = ["-s", f"KOMPAS_DB={folder / 'store.db'}"]
    operations = recorded(scene, folder, ["export", "--bundle", str(folder / "release"), *store])

    def check(_snapshot: Snapshot, place: Path) -> list[str]:
        if not (place / "release").exists():
            return []
        log = place.with_suffix(".log")
        status = scene.forks.run(log, ["export", "--verify", str(place / "release"), *store])
        return [log.read_text()[-300:]] if status else []

    wrong, states = go_over(drawn(Disk(before).snapshots(operations), running.SEED), tmp_path, check)
    tell(figures, "release", operations, states, wrong, began)
    assert wrong == []
