"""A fault of the program itself is one failure of what it was doing, and the verdict names it."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.extensions.crawl_plan import CrawlPlan
from crawler.health.judgement import EARLY_ENDS
from crawler.spiders import archived, lists
from crawler.spiders.kompas_global import KompasGlobalSpider
from tests.conftest import Crawl
from tests.facts import make_day
from tests.project.test_sample import SAMPLE
from tests.site import faults
from tests.site.faults import Faults
from tests.site.server import LookAlike
from tests.site.site import Site
from tests.test_whole_crawl import FAST

DAY = date(2021, 4, 22)
RANGE = ("-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0", *FAST)


async def fail_to_wait(self: CrawlPlan) -> None:
    raise LookupError("the plan is broken")


def fail_to_read(*_: object) -> None:
    raise LookupError("the reading is broken")


def break_start() -> None:
    """The plan fails behind the first index day."""
    CrawlPlan.worked_off = fail_to_wait  # type: ignore[method-assign]


def break_archive() -> None:
    """The reading of an archive fails at its first story."""
    archived.outputs_of = fail_to_read  # type: ignore[assignment]


def break_callback() -> None:
    """The reading of an index page fails."""
    lists.read_index = fail_to_read  # type: ignore[assignment,attr-defined]


def break_errback() -> None:
    """The reading of a failed download fails."""
    KompasGlobalSpider.article_failed = fail_to_read  # type: ignore[assignment,method-assign]


def failures(path: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as store:
        return store.execute("select url, reason, detail from failures").fetchall()


def ended(run_reasons: str, why: str) -> bool:
    return why in run_reasons and run_reasons.count("Unexpected") == 1


def test_a_fault_in_start_is_a_failure_of_the_day_that_it_leaves_undone(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a run that lost all its other days says that one error was logged, and nothing is on record."""
    earlier = DAY - timedelta(days=1)
    with LookAlike(Site()) as site:
        range_ = ("-a", f"since={earlier}", *RANGE[2:])
        run = crawl(*range_, env=site.env(), changes=["tests.test_faults_of_ours.break_start"])
    assert failures(tmp_path / "store.db") == [(make_day(earlier).url, "Unexpected LookupError", "the plan is broken")]
    assert {record["id"][:10] for record in run.records} == {f"{DAY:%Y/%m/%d}"}, "what was requested is read"
    assert run.status == 1
    assert ended(run.verdict[-1], EARLY_ENDS["start_error"]), run.verdict
    assert "1 failed: 1 Unexpected LookupError" in run.verdict[-1]
    assert "NoneType" not in run.stderr


def test_a_fault_while_an_archive_is_read_is_a_failure_of_the_archive(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a user does not learn which archive failed."""
    run = crawl("-a", f"archive={SAMPLE}", changes=["tests.test_faults_of_ours.break_archive"])
    assert failures(tmp_path / "store.db") == [(str(SAMPLE), "Unexpected LookupError", "the reading is broken")]
    assert run.status == 1
    assert ended(run.verdict[-1], EARLY_ENDS["start_error"]), run.verdict


@pytest.mark.parametrize("broken", ["break_callback", "break_errback"])
def test_a_fault_in_a_callback_or_errback_is_a_failure_of_its_page(broken: str, crawl: Crawl, tmp_path: Path) -> None:
    """Without it a page that makes the program stumble is lost without a trace."""
    site = Site()
    lost = site.listed(DAY)[2]
    with LookAlike(site, faults={lost: faults.status(500)}) as served:
        options = ("-s", "RETRY_ENABLED=False")
        run = crawl(*RANGE, *options, env=served.env(), changes=[f"tests.test_faults_of_ours.{broken}"])
    ((url, reason, detail),) = failures(tmp_path / "store.db")
    assert (reason, detail) == ("Unexpected LookupError", "the reading is broken")
    assert (lost in url) if broken == "break_errback" else (url == make_day(DAY).url)
    assert run.verdict[-1].count("Unexpected LookupError") == 1
    assert isinstance(served.faults, Faults)
