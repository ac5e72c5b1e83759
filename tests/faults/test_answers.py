"""Whatever goes wrong with an answer: the story is stored whole, or its failure says what happened."""

from datetime import date
from pathlib import Path

from tests.conftest import Crawl
from tests.downloader import IMPATIENT
from tests.faults.outcome import Case, Row, assert_ends, crawl_day, lay
from tests.site import faults
from tests.site.faults import first
from tests.site.server import LookAlike

DAY = date(2021, 4, 22)
TRIES = 4
"""One request and `RETRY_TIMES` (settings.py) more."""

STATUSES = {
    "500 twice": Case(first(2, faults.status(500))),
    "502 three times": Case(first(3, faults.status(502))),
    "503 with Retry-After": Case(first(1, faults.status(503, retry_after="1"))),
    "429 with Retry-After, twice": Case(first(2, faults.status(429, retry_after="0"))),
    "503 with a cut body, twice": Case(first(2, faults.both(faults.status(503), faults.gzip_cut))),
    "503 with a garbled body": Case(
        faults.both(faults.status(503), faults.gzip_headless), Row("HttpStatus 503", 503, TRIES)
    ),
    "500": Case(faults.status(500), Row("HttpStatus 500", 500, TRIES)),
    "404": Case(faults.status(404), Row("HttpStatus 404", 404, 1)),
    "404 with the page": Case(faults.under(404), Row("HttpStatus 404", 404, 1)),
    "203 with the page": Case(faults.under(203), Row("HttpStatus 203", 203, 1)),
    "206 with the page": Case(faults.under(206), Row("HttpStatus 206", 206, 1)),
    "206 with half a page": Case(faults.both(faults.under(206), faults.truncated), Row("CutOff", 206, TRIES)),
    "206 with half a page, twice": Case(first(2, faults.both(faults.under(206), faults.truncated))),
    "410": Case(faults.status(410), Row("HttpStatus 410", 410, 1)),
}
CONNECTIONS = {
    "reset, twice": Case(first(2, faults.reset)),
    "reset": Case(faults.reset, Row("ConnectionFailed", None, TRIES)),
    "reset in the body, twice": Case(first(2, faults.reset_midway)),
    "reset in the body": Case(faults.reset_midway, Row("CutOff", None, TRIES)),
}
DRIP = faults.drip(0.005, size=8192)
SLOW = {
    "no answer, once": Case(first(1, faults.never)),
    "no answer": Case(faults.never, Row("Timeout", None, 2)),
    "slow": Case(DRIP),
    "too slow": Case(faults.drip(0.1), Row("Timeout", None, 2)),
}
LENGTHS = {
    "more is promised than sent": Case(faults.longer_than_sent, Row("CutOff", None, TRIES)),
    "less is promised than sent, twice": Case(first(2, faults.shorter_than_sent)),
    "less is promised than sent": Case(faults.shorter_than_sent, Row("CutOff", 200, TRIES)),
    "cut without a length, twice": Case(first(2, faults.cut_without_length)),
    "cut without a length": Case(faults.cut_without_length, Row("CutOff", 200, TRIES)),
    "half a page, twice": Case(first(2, faults.truncated)),
    "half a page": Case(faults.truncated, Row("CutOff", 200, TRIES)),
    "nothing": Case(faults.empty, Row("EmptyPage", 200, 1)),
    "too large": Case(faults.oversize(600_000), Row("TooLarge", None, 1)),
    "too large, in chunks": Case(faults.oversize_undeclared(600_000), Row("TooLarge", None, 1)),
}
ENCODINGS = {
    "gzip": Case(faults.gzipped),
    "gzip cut, twice": Case(first(2, faults.gzip_cut)),
    "gzip cut": Case(faults.gzip_cut, Row("CutOff", 200, TRIES)),
    "gzip cut before the first byte": Case(faults.gzip_headless, Row("CutOff", 200, TRIES)),
    "gzip with a wrong sum": Case(faults.gzip_wrong_sum, Row("CutOff", 200, TRIES)),
    "gzip garbled": Case(faults.gzip_garbled, Row("CutOff", 200, TRIES)),
    "gzip bomb": Case(faults.gzip_bomb(600_000), Row("TooLarge", None, 1)),
    "deflate": Case(faults.deflated, Row("UnsupportedEncoding", None, 1)),
    "charset that it is not": Case(faults.header("Content-Type", "text/html; charset=windows-1252")),
    "charset that there is not": Case(faults.header("Content-Type", "text/html; charset=klingon")),
}


def test_bad_statuses(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a short fault of the site costs a story, or a lasting one is not named with its status."""
    with LookAlike() as served:
        lay(served, DAY, STATUSES)
        run = crawl_day(crawl, served, DAY)
    assert_ends(tmp_path, run, served, DAY, STATUSES)


def test_broken_connections(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a connection that breaks leaves half a story."""
    with LookAlike() as served:
        lay(served, DAY, CONNECTIONS)
        run = crawl_day(crawl, served, DAY)
    assert_ends(tmp_path, run, served, DAY, CONNECTIONS)


def test_slow_answers(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a story that never comes holds up the night: each of its retries waits for the timeout."""
    with LookAlike() as served:
        slow = lay(served, DAY, SLOW)
        hasty = {IMPATIENT: " ".join(slow[name] for name, case in SLOW.items() if case.fault is not DRIP)}
        impatient = ("-s", "DOWNLOADER=tests.downloader.Impatient", "-s", "RETRY_TIMES=1")
        run = crawl_day(crawl, served, DAY, *impatient, env=hasty)
    assert_ends(tmp_path, run, served, DAY, SLOW)


def test_bodies_that_are_not_whole(crawl: Crawl, tmp_path: Path) -> None:
    """Without it half a page is stored as a short story, and the loss is not seen."""
    with LookAlike() as served:
        lay(served, DAY, LENGTHS)
        run = crawl_day(crawl, served, DAY, "-s", "DOWNLOAD_MAXSIZE=500000")
    assert_ends(tmp_path, run, served, DAY, LENGTHS)


def test_encodings(crawl: Crawl, tmp_path: Path) -> None:
    """Without it the half of a cut gzip stream that Scrapy decodes is stored as the whole story."""
    with LookAlike() as served:
        lay(served, DAY, ENCODINGS)
        run = crawl_day(crawl, served, DAY, "-s", "DOWNLOAD_MAXSIZE=500000")
        asked = {request.headers["Accept-Encoding"] for request in served.requests}
    assert_ends(tmp_path, run, served, DAY, ENCODINGS)
    assert asked == {"gzip"}
