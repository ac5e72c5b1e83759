"""An index that fails or changes while it is read: every story that it showed is stored or failed, none twice."""

from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Crawl
from tests.faults.outcome import Row, assert_rest, crawl_day, failures, stored
from tests.site import faults
from tests.site.changing import ChangingIndex
from tests.site.faults import Fault, first
from tests.site.listings import PAGE_SIZES
from tests.site.server import LookAlike
from tests.site.site import Site

DAY = date(2026, 4, 17)
INDEX = f"https://indeks.kompas.com/?site=global&date={DAY}"
SECOND = f"{INDEX}&page=2"
ALL = Site().listed(DAY)
SHOWN_FIRST = [row.story.id for row in Site().rows(DAY)[: PAGE_SIZES["current"]]]


def test_index_pages_that_come_in_the_end_cost_nothing(crawl: Crawl, tmp_path: Path) -> None:
    """Without it half an index page is read as a quiet day."""
    with LookAlike(faults={INDEX: first(2, faults.truncated), SECOND: first(2, faults.gzip_cut)}) as served:
        run = crawl_day(crawl, served, DAY)
    assert_rest(tmp_path, run, served, DAY, set())


@pytest.mark.parametrize(
    ("fault", "row"),
    [(faults.status(502), Row("HttpStatus 502", 502, 4)), (faults.truncated, Row("CutOff", 200, 4))],
    ids=["error", "half a page"],
)
def test_an_index_page_that_never_comes_is_a_failure_of_its_own(
    fault: Fault, row: Row, crawl: Crawl, tmp_path: Path
) -> None:
    """Without it the stories of the first page are lost, or the run does not report that the second is missing."""
    with LookAlike(faults={SECOND: fault}) as served:
        run = crawl_day(crawl, served, DAY)
    assert failures(tmp_path) == {SECOND: row}
    assert set(stored(tmp_path)) == set(SHOWN_FIRST) & set(ALL)
    assert run.status == 1


def test_a_story_that_comes_in_meanwhile_pushes_none_out_and_is_met_by_the_next_run(
    crawl: Crawl, tmp_path: Path
) -> None:
    """Without it a new story, which moves the last one of page 1 to page 2, costs a story."""
    newest = ALL[0]
    with LookAlike(ChangingIndex(DAY, added={newest})) as served:
        run = crawl_day(crawl, served, DAY)
        assert run.status == 0, run.stderr[-3000:]
        assert sorted(stored(tmp_path)) == sorted(ALL[1:])
        crawl_day(crawl, served, DAY)
    assert sorted(stored(tmp_path)) == sorted(ALL)
    assert failures(tmp_path) == {}


def test_a_story_that_goes_meanwhile_hides_one_and_the_next_run_finds_it(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a removed story, which moves the first one of page 2 to page 1, costs a story."""
    gone = ALL[1]
    with LookAlike(ChangingIndex(DAY, removed={gone})) as served:
        crawl_day(crawl, served, DAY)
        assert gone in stored(tmp_path)
        crawl_day(crawl, served, DAY)
    assert sorted(stored(tmp_path)) == sorted(ALL)
    assert failures(tmp_path) == {}


def test_a_page_of_a_story_that_never_comes_leaves_the_story_marked(crawl: Crawl, tmp_path: Path) -> None:
    """Without it three quarters of a story are lost, or stored as the whole."""
    day = date(2021, 4, 22)
    with LookAlike() as served:
        broken = next(story for story in served.site.listed(day) if not served.site.stories[story].whole_on_request)
        served.faults.laid = {served.site.stories[broken].page_url(2): faults.gzip_cut}
        run = crawl_day(crawl, served, day)
        assert sorted(stored(tmp_path)) == sorted(served.site.listed(day))
    assert failures(tmp_path) == {broken: Row("CutOff", 200, 4)}
    assert [record["id"] for record in run.records if not record["complete"]] == [broken]
    assert run.status == 1


def test_a_robots_txt_that_forbids_all_is_the_reason_of_every_failure(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a month without articles does not show that the site forbids the crawl."""
    with LookAlike(faults={"/robots.txt": faults.text("User-agent: *\nDisallow: /\n")}) as served:
        run = crawl_day(crawl, served, DAY)
        asked = {request.path_qs for request in served.requests}
    assert {row.reason for row in failures(tmp_path).values()} == {"RobotsTxt"}
    assert asked == {"/robots.txt"}
    assert stored(tmp_path) == []
    assert run.status == 1
