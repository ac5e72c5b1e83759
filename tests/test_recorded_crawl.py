"""A crawl and its recording: every record finds its bytes, and the recording gives the crawl again."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.records import digest_agrees
from crawler.archive.shelf import Shelf
from crawler.items import WarcPlace
from crawler.storage import Revisions, Store
from tests.conftest import Crawl, Run, crawl_in
from tests.forked import FORKS
from tests.runs import query
from tests.site import faults
from tests.site.faults import Fault, Spell
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST

FIRST, SECOND = date(2021, 4, 21), date(2021, 4, 22)
DAYS = ("-a", f"since={FIRST}", "-a", f"until={SECOND}")
OWN = {
    "index_days": "site, day, read_at, walked_at, pages, pages_read",  # asked_at: the clock of the run that asked
    "listed": "*",
    "sightings": "*",
    "exclusions": "*",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "warc"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def site() -> Living:
    """Two days; one story needs its pages one by one, one is another kanal's by its own page."""
    living = Living(FIRST, SECOND)
    living.foreign = {living.listed(SECOND)[4]}
    return living


def record(crawl: Crawl, served: LookAlike, folder: Path, *more: str) -> Run:
    return crawl(*DAYS, *FAST, "-s", f"KOMPAS_WARC_DIR={folder}", *more, env=served.env())


@dataclass(frozen=True)
class Recording:
    """A healthy crawl, its store and the folder of its recording."""

    run: Run
    asked: list[str]
    """Addresses of its requests."""
    path: Path
    folder: Path


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    place = tmp_path_factory.mktemp("healthy")
    with LookAlike(site()) as served:
        run = record(crawl_in(place), served, place / "warc")
        return Recording(run, [asked.url for asked in served.requests], place / "store.db", place / "warc")


def checked(folder: Path) -> list[Path]:
    """The files of a folder, each of which another tool finds without fault."""
    files = sorted(folder.glob("*.warc.gz"))
    done = FORKS.run("warcio.cli", "check", *map(str, files))
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    return files


def index(files: list[Path]) -> set[tuple[str, int]]:
    """File and offset of every answer, as another tool lists them."""
    done = FORKS.run("warcio.cli", "index", "-f", "filename,offset,warc-type", *map(str, files))
    rows = map(json.loads, done.stdout.splitlines())
    return {(row["filename"], int(row["offset"])) for row in rows if row["warc-type"] in ("response", "revisit")}


def records(files: list[Path]) -> Iterator[tuple[str, str, Any]]:
    """Type, address and record."""
    for file in files:
        with file.open("rb") as stream:
            for one in ArchiveIterator(stream):
                yield one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), one


def places(path: Path) -> list[WarcPlace]:
    """Of every article and every failure that was answered."""
    with closing(Store(str(path))) as store:
        found: list[WarcPlace] = []
        for article in store.articles(Revisions.ALL):
            found += [article.provenance, *article.provenance.further_pages]
        return found + [WarcPlace(**failure["answer"]) for failure in store.failures() if failure["answer"]]


def test_every_exchange_is_recorded_and_every_record_finds_its_bytes(healthy: Recording) -> None:
    """Without it a record of ten years ago cannot be checked."""
    run, asked, folder = healthy.run, healthy.asked, healthy.folder
    assert run.status == 0, run.stderr[-3000:]
    files = checked(folder)
    assert not list(folder.glob("*.open"))
    kinds = [(kind, url) for kind, url, _ in records(files)]
    assert sorted(url for kind, url in kinds if kind in ("response", "revisit")) == sorted(asked)
    assert sorted(url for kind, url in kinds if kind == "request") == sorted(asked)
    assert [kind for kind, _ in kinds].count("warcinfo") == len(files)
    shelf, indexed = Shelf(str(folder)), index(files)
    found = places(healthy.path)
    assert len(found) > len(run.records)
    for place in found:
        assert (place.warc_file, place.warc_offset) in indexed
        assert digest_agrees(shelf.captured(place).body, place.payload_digest)


def test_the_same_bytes_are_kept_once(crawl: Crawl, folder: Path, path: Path, healthy: Recording) -> None:
    """Without it every night keeps the same index pages and robots.txt again."""
    shutil.copytree(healthy.folder, folder)
    shutil.copy(healthy.path, path)
    with LookAlike(site()) as served:
        query(path, "delete from visits")
        query(path, "delete from articles")
        again = record(crawl, served, folder)
    assert again.status == 0, again.stderr[-3000:]
    first, second = checked(folder)
    kinds = [kind for kind, _, _ in records([second])]
    assert "response" not in kinds
    assert kinds.count("revisit") == kinds.count("request") > 30
    assert second.stat().st_size < first.stat().st_size
    shelf = Shelf(str(folder))
    assert all(digest_agrees(shelf.captured(place).body, place.payload_digest) for place in places(path))


def test_a_file_has_a_size(crawl: Crawl, folder: Path, path: Path) -> None:
    """Without it ten years are one file that is too large to copy."""
    with LookAlike(site()) as served:
        size = ["crawler.extensions.open_archive.WARC_SIZE=60000"]
        crawl(*DAYS, *FAST, "-s", f"KOMPAS_WARC_DIR={folder}", env=served.env(), changes=size)
    files = checked(folder)
    assert len(files) > 3
    assert all(file.stat().st_size <= 60_000 for file in files)
    assert {place.warc_file for place in places(path)} <= {file.name for file in files}


def test_failures_point_to_what_was_answered(crawl: Crawl, folder: Path, path: Path) -> None:
    """Without it a user cannot see what the site answered when a story was refused."""
    living = site()
    gone, broken, silent = living.listed(SECOND)[6:9]
    lost: dict[str, Fault | Spell] = {gone: faults.status(404), broken: faults.status(500), silent: faults.reset}
    with LookAlike(living, faults=lost) as served:
        record(crawl, served, folder, "-s", "RETRY_TIMES=1", "-s", "KOMPAS_MAX_FAILED_SHARE=1")
    checked(folder)
    answers = dict(query(path, "select article_id, answer from failures"))
    assert set(answers) == {gone, broken, silent}
    assert answers[silent] is None
    shelf = Shelf(str(folder))
    with closing(Store(str(path))) as store:
        statuses = {
            failure["article_id"]: shelf.captured(WarcPlace(**failure["answer"])).status
            for failure in store.failures()
            if failure["answer"]
        }
    assert statuses == {gone: 404, broken: 500}


def contents(path: Path) -> dict[str, Any]:
    """All that a crawl leaves but the number and the clock of its run, and where its bytes are."""
    with closing(Store(str(path))) as store:
        found: dict[str, Any] = {"articles": [asdict(article) for article in store.articles(Revisions.ALL)]}
        found["failures"] = [{**row, "answer": None, "failed_at": 0, "first_failed_at": 0} for row in store.failures()]
        (run,) = store.runs.newest_first()
        reasons = [without_advice(reason) for reason in run["reasons"]]
        found["verdict"] = [run["healthy"], run["summary"], reasons, run["readings"]]
    for table, columns in OWN.items():
        found[table] = sorted(map(str, query(path, f"select {columns} from {table}")))
    return found


def without_advice(line: str) -> str:
    """What to do about a failure differs between the site and its recording."""
    return line.partition(" (")[0]


@pytest.mark.parametrize("with_faults", [False, True], ids=["healthy", "faulty"])
def test_a_recorded_crawl_replayed_is_the_same_crawl(
    crawl: Crawl, folder: Path, path: Path, tmp_path: Path, with_faults: bool
) -> None:
    """Without it a recording is a pile of pages, and no crawl can be looked into afterwards."""
    living = site()
    gone, broken, silent, flaky = living.listed(SECOND)[6:10]
    lost: dict[str, Fault | Spell] = {}
    if with_faults:
        lost = {gone: faults.status(404), broken: faults.status(500), silent: faults.reset}
        lost[flaky] = faults.first(1, faults.status(503))
    options = ("-s", "RETRY_TIMES=1", "-s", "KOMPAS_BACKOFF=0.1")
    with LookAlike(living, faults=lost) as served:
        live = record(crawl, served, folder, *options)
        asked = len(served.requests)
        again = crawl(*DAYS, "-a", f"replay={folder}", *options, db=tmp_path / "again.db", env=served.env())
        assert len(served.requests) == asked
    assert again.status == live.status
    assert [*map(without_advice, again.verdict)] == [*map(without_advice, live.verdict)]
    assert contents(tmp_path / "again.db") == contents(path)
    assert again.records == live.records


def test_what_was_not_recorded_is_a_named_failure(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    """Without it a replay of half a recording passes for the whole."""
    with LookAlike(site()) as served:
        record(crawl, served, folder, "-a", "limit=5")
        run = crawl(*DAYS, "-a", f"replay={folder}", db=tmp_path / "again.db", env={**os.environ, **served.env()})
    assert run.status == 1
    reasons = query(tmp_path / "again.db", "select distinct reason from failures")
    assert reasons == [("NotInArchive",)]


def test_an_archive_folder_that_cannot_be_written_is_refused_before_anything_is_asked(
    crawl: Crawl, tmp_path: Path
) -> None:
    """Without it the pages of a night are fetched and not archived."""
    taken = tmp_path / "file"
    taken.write_text("x")
    with LookAlike(site()) as served:
        run = record(crawl, served, taken / "warc")
        assert served.requests == []
    assert run.status == 2
    assert run.verdict[0].startswith(f"kompas_global: the archive folder {taken}/warc cannot be written")
    assert "Traceback" not in run.stderr
