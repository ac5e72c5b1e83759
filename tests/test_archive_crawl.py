"""`scrapy crawl kompas_global -a archive=` as a whole: however an archive is packed, and however the run ends."""

import gzip
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastwarc.warc import ArchiveIterator

from crawler.items import Article
from crawler.storage import Revisions, Store
from tests.archive.conftest import Rec, write
from tests.archive.test_files import write_wacz
from tests.conftest import ROOT, Crawl, Run, crawl_in
from tests.file_server import file_server
from tests.make import read_page, story_url

if TYPE_CHECKING:
    from tests.cluster import Cluster

STORY = "2021/04/22/230000070"
SAMPLE = ROOT / "samples" / "kompas_lookalike.warc.gz"


def pieces(count: int) -> list[bytes]:
    """The sample, cut between records."""
    content = SAMPLE.read_bytes()
    with SAMPLE.open("rb") as stream:
        starts = [record.stream_pos for record in ArchiveIterator(stream, parse_http=False)]
    cuts = [starts[len(starts) * number // count] for number in range(count)] + [len(content)]
    return [content[start:end] for start, end in pairwise(cuts)]


def without_place(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "provenance": None}


def test_it_makes_no_difference_how_an_archive_is_packed_and_how_many_read_it(crawl: Crawl, tmp_path: Path) -> None:
    """Without it two people with the same bytes have different datasets."""
    whole = crawl("-a", f"archive={SAMPLE}", "-s", "KOMPAS_WORKERS=1")
    assert len(whole.records) > 60
    first, second, third = pieces(3)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.warc.gz").write_bytes(first)
    write_wacz(tmp_path / "in" / "b.wacz", {"archive/data.warc.gz": second})
    (tmp_path / "c.warc.gz").write_bytes(third)
    parts = f"archive={tmp_path / 'in'},{tmp_path / 'c.warc.gz'}"
    cut = crawl("-a", parts, "-s", "KOMPAS_WORKERS=2", db=tmp_path / "parts.db")
    assert list(map(without_place, cut.records)) == list(map(without_place, whole.records))
    assert cut.verdict == whole.verdict


@dataclass(frozen=True)
class Many:
    """Some files, and what one process reads out of them."""

    folder: Path
    run: Run
    revisions: list[Article]

    def of(self, *names: str) -> list[dict[str, Any]]:
        return [record for record in self.run.records if record["provenance"]["warc_file"] in names]


def revisions(db: Path) -> list[Article]:
    with closing(Store(str(db))) as store:
        return list(store.articles(Revisions.ALL))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Many:
    """The sample in two pieces, one compressed as a whole, and a story in captures that lie in two files."""
    folder, out = tmp_path_factory.mktemp("many"), tmp_path_factory.mktemp("out")
    first, second = pieces(2)
    (folder / "a.warc.gz").write_bytes(first)
    (folder / "b.warc.gz").write_bytes(gzip.compress(gzip.decompress(second), mtime=0))
    url = story_url(STORY)
    captures = [
        Rec(f"{url}?page=all", read_page(title=f"Judul {day}", canonical=url), date=f"2021-05-{day:02}T00:00:00Z")
        for day in range(1, 7)
    ]
    write(folder / "c.warc.gz", *captures[3:])
    write(folder / "d.warc.gz", *captures[:3], packing="whole")
    run = crawl_in(out)("-a", f"archive={folder}", "-s", "KOMPAS_WORKERS=1")
    assert len(run.records) > 70
    found = revisions(out / "store.db")
    assert max(article.revision for article in found) == 6
    return Many(folder, run, found)


def test_a_cluster_gives_what_one_process_gives(crawl: Crawl, tmp_path: Path, many: Many, cluster: "Cluster") -> None:
    """Without it the same bytes give other records on more machines."""
    run = crawl("-a", f"archive={many.folder}", "-s", f"KOMPAS_CLUSTER={cluster.address}")
    assert (run.status, run.verdict) == (many.run.status, many.run.verdict)
    assert run.records == many.run.records
    assert revisions(tmp_path / "store.db") == many.revisions


@pytest.mark.parametrize("has_ranges", [True, False], ids=["ranges", "no ranges"])
def test_addresses_give_what_files_give(crawl: Crawl, tmp_path: Path, many: Many, has_ranges: bool) -> None:
    """Without it an archive has to be copied to the disk first, or its records name other bytes."""
    with file_server(has_ranges) as served:
        names = sorted(file.name for file in many.folder.iterdir())
        for name in names:
            served.add(f"/crawl-data/{name}", (many.folder / name).read_bytes())
        listed = served.add("/warc.paths.gz", gzip.compress("\n".join(f"crawl-data/{name}" for name in names).encode()))
        run = crawl("-a", f"archive=@{listed}", "-s", "KOMPAS_WORKERS=2")
    assert run.verdict == many.run.verdict
    assert run.records == many.run.records
    assert revisions(tmp_path / "store.db") == many.revisions
    assert served.requests.count(("/crawl-data/a.warc.gz", None)) == 1  # once from end to end, then record by record
    assert has_ranges == any(stated for _, stated in served.requests)


def test_sources_that_cannot_be_read_are_named_and_all_others_are_read(
    crawl: Crawl, tmp_path: Path, many: Many
) -> None:
    """Without it one busy server ends a night of reading, or no message names the missing source."""
    content = (many.folder / "a.warc.gz").read_bytes()
    with file_server() as gone:
        refused = f"{gone.url}/x.warc.gz"
    with file_server() as served:
        busy, cut = served.add("/busy.warc.gz", content), served.add("/cut.warc.gz", content)
        served.statuses["/busy.warc.gz"], served.cuts["/cut.warc.gz"] = [503], [len(content) // 2]
        missing = tmp_path / "missing.warc.gz"
        lines = [served.add("/c.warc.gz", (many.folder / "c.warc.gz").read_bytes())]
        lines += [busy, cut, f"{served.url}/none.warc.gz", refused, str(missing)]
        (tmp_path / "list.txt").write_text("\n".join(lines))
        run = crawl("-a", f"archive=@{tmp_path / 'list.txt'},{many.folder / 'd.warc.gz'}", "-s", "KOMPAS_WORKERS=2")
    assert run.status == 1
    assert [record for record in run.records if record["id"] == "2021/04/22/230000070"] == many.of(
        "c.warc.gz", "d.warc.gz"
    )
    last = run.verdict[-1]
    assert "5 source(s) of the archive could not be read: " in last
    assert f"{busy} (503 Service Unavailable), {cut} (the connection was cut at byte " in last
    assert f"{served.url}/none.warc.gz (404 Not Found), {refused} (cannot connect: Connection refused)" in last
    assert "and 1 more" in last
    assert f"{missing} (No such file or directory)" in run.stderr
    assert "'kompas/archive/sources_failed': 5" in run.stderr


def test_workers_that_are_killed_in_the_middle_cost_nothing(
    crawl: Crawl, tmp_path: Path, many: Many, cluster: "Cluster"
) -> None:
    """Without it a machine that is switched off costs stories, or the run."""
    killed: list[int] = []

    def kill() -> None:  # while a worker waits for the second half of the file
        if not killed:
            killed.extend(cluster.pids())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    with file_server() as served:
        addresses = [served.add(f"/{file.name}", file.read_bytes()) for file in sorted(many.folder.iterdir())]
        served.held["/a.warc.gz"] = kill
        run = crawl("-a", f"archive={','.join(addresses)}", "-s", f"KOMPAS_CLUSTER={cluster.address}")
    assert len(killed) == 2
    assert run.verdict == many.run.verdict
    assert run.records == many.run.records


@contextmanager
def reading(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run in the midst of an archive that takes many seconds, in a session of its own."""
    archive, db = tmp_path / "long.warc.gz", tmp_path / "store.db"
    archive.write_bytes(SAMPLE.read_bytes() * 6)
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-a", f"archive={archive}"]
    run = subprocess.Popen(
        [*command, "-s", f"KOMPAS_DB={db}", "-s", "KOMPAS_WORKERS=2"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stderr is not None
    try:
        while stored(db) == 0 and run.poll() is None:
            time.sleep(0.1)
        assert run.poll() is None, run.stderr
        yield run
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        run.stderr.close()


def stored(db: Path) -> int:
    if not db.exists():
        return 0
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection, suppress(sqlite3.OperationalError):
        count: int = connection.execute("select count(*) from articles").fetchone()[0]
        return count
    return 0


def all_ended(leader: int) -> bool:
    """Whether the processes of a session end soon."""
    deadline = time.monotonic() + 300
    while session(leader) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not session(leader)


def session(leader: int) -> list[int]:
    """Living processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, sid = stat.read_text().rpartition(")")[2].split()[:4]
            if int(sid) == leader and state != "Z":
                found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_reading_that_is_stopped_ends_in_order(tmp_path: Path, told: signal.Signals) -> None:
    """Without it a Ctrl-C leaves a traceback, half a transaction, or processes that go on."""
    with reading(tmp_path) as run:
        assert len(session(run.pid)) > 2
        os.killpg(run.pid, told)  # as a terminal does it: the reading processes get the signal too
        _, errors = run.communicate(timeout=600)
        assert "Traceback" not in errors, errors[-3000:]
        assert run.returncode == 1
        assert "stopped; run the same command to continue" in errors
        assert all_ended(run.pid)
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_reading_that_is_killed_leaves_no_process_and_the_next_run_brings_what_it_lost(
    crawl: Crawl, tmp_path: Path
) -> None:
    """A kill costs the stories of the open transaction; the same command again stores each story once."""
    db = tmp_path / "store.db"
    with reading(tmp_path) as run:
        run.kill()
        run.wait()
        assert all_ended(run.pid)
    before = {(article.id, article.content_hash) for article in revisions(db)}
    again = crawl("-a", f"archive={SAMPLE}", db=db)  # the file holds the sample six times
    whole = crawl("-a", f"archive={SAMPLE}", db=tmp_path / "whole.db")
    stories = [(article.id, article.content_hash) for article in revisions(tmp_path / "whole.db")]
    assert 0 < len(before) < len(stories)
    assert len(again.records) == len(whole.records) - len(before)
    assert [(article.id, article.content_hash) for article in revisions(db)] == stories
