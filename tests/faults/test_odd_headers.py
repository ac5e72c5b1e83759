"""Odd codings, framings and headers in one recorded crawl, its replay, and what `reextract` makes of its failures."""

import gzip
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Run, crawl_in
from tests.faults.outcome import NO_STREAK, UNTIRING, Case, Row, assert_ends, failures, lay, stored
from tests.forked import FORKS
from tests.site import faults
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST

DAY = date(2021, 4, 22)
TITLE, LATIN = "X-Judul: Rakit – Dermaga".encode(), b"X-Latin: caf\xe9"
ONCE = ("-s", "RETRY_TIMES=0")


def cases(served: LookAlike) -> dict[str, Case]:
    story = served.site.listed(DAY)[7]
    elsewhere = f"https://www.kompas.com/global/read/{story}/kafé-baru?page=all"
    both = faults.both(faults.under(206), faults.truncated)
    return {
        "coding none": Case(faults.header("Content-Encoding", "none")),
        "coding UTF-8": Case(faults.header("Content-Encoding", "UTF-8")),
        "coding 8bit": Case(faults.header("Content-Encoding", "8bit")),
        "chunks": Case(faults.chunked),
        "no length": Case(faults.without_length),
        "no ASCII": Case(faults.raw_headers(TITLE, LATIN)),
        "no type": Case(faults.header("Content-Type", "application/octet-stream")),
        "moved": Case(faults.moved(elsewhere.encode())),
        "404 with the page": Case(faults.under(404), Row("HttpStatus 404", 404, 1)),
        "206 with half a page": Case(both, Row("CutOff", 206, 1)),
        "half a page": Case(faults.truncated, Row("CutOff", 200, 1)),
    }


@dataclass(frozen=True)
class Recorded:
    """A crawl, its replay, and the folder in which both left their stores."""

    folder: Path
    live: Run
    replayed: Run


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """The crawl of a day in which each odd answer stands on a story of its own."""
    folder = tmp_path_factory.mktemp("odd")
    crawl = crawl_in(folder)
    options = ("-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0", *FAST, *UNTIRING, *ONCE)
    archive = ("-s", f"KOMPAS_WARC_DIR={folder / 'warc'}")
    with LookAlike() as served:
        laid = cases(served)
        lay(served, DAY, laid)
        live = crawl(*options, *archive, env=served.env(), changes=NO_STREAK)
        assert_ends(folder, live, served, DAY, laid)
        asked = len(served.requests)
        again = folder / "again.db"
        replayed = crawl(*options, "-a", f"replay={folder / 'warc'}", db=again, env=served.env(), changes=NO_STREAK)
        assert len(served.requests) == asked
    return Recorded(folder, live, replayed)


def test_headers_are_archived_byte_for_byte(recorded: Recorded) -> None:
    """Without it the archive holds what the site never sent."""
    files = sorted((recorded.folder / "warc").glob("*.warc.gz"))
    bytes_kept = b"".join(gzip.decompress(file.read_bytes()) for file in files)
    assert b"\r\n" + TITLE + b"\r\n" in bytes_kept
    assert b"\r\n" + LATIN + b"\r\n" in bytes_kept
    assert "/kafé-baru?page=all\r\n".encode() in bytes_kept


def test_the_replay_finds_what_the_crawl_found(recorded: Recorded) -> None:
    """Without it a story behind an odd header is in the store and not in its recording."""
    live, replayed = ({record["id"]: record for record in run.records} for run in (recorded.live, recorded.replayed))
    assert replayed == live
    assert (recorded.replayed.status, recorded.live.status) == (1, 1)
    causes = [run.verdict[-1].partition(" (")[0] for run in (recorded.replayed, recorded.live)]  # the advice differs
    assert (recorded.replayed.verdict[0], causes[0]) == (recorded.live.verdict[0], causes[1])


def test_no_failure_of_the_site_becomes_an_article(recorded: Recorded) -> None:
    """Without it half a page and the page of an error are articles after the next `scrapy reextract`."""
    before = stored(recorded.folder), failures(recorded.folder)
    options = ("-s", f"KOMPAS_DB={recorded.folder / 'store.db'}", "-s", f"KOMPAS_WARC_DIR={recorded.folder / 'warc'}")
    told = FORKS.run("scrapy", "reextract", *options, "-s", "KOMPAS_WORKERS=1")
    assert told.returncode == 0, told.stderr
    assert ": 0 changed," in told.stdout
    assert (stored(recorded.folder), failures(recorded.folder)) == before
