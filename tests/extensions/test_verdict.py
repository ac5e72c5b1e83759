"""What the extension makes of a run: the judgement, the run's row, the heartbeat."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from crawler.errors import UnusableStore
from crawler.extensions.open_store import OpenStore
from crawler.extensions.verdict import Verdict
from crawler.health.causes import EXIT_STATUS
from tests.make import URL, make_crawler


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    """A run over a list of addresses, which has stored one story."""
    listed = tmp_path / "urls.txt"
    listed.write_text(f"{URL}\n")
    made = make_crawler(tmp_path, {"urls": str(listed)})
    made.stats.inc_value("kompas/store/new")
    yield made
    OpenStore.of(made).close()


@pytest.mark.parametrize("given", [{}, {"archive": "a.warc.gz"}, None], ids=["days", "archive", "another spider"])
def test_only_a_run_over_index_days_must_have_listed_something(given: dict[str, str] | None, tmp_path: Path) -> None:
    """Without it every run over an archive or a list is unhealthy, or no run over days ever is."""
    crawler = make_crawler(tmp_path, given)
    verdict = Verdict.from_crawler(crawler)
    crawler.stats.inc_value("kompas/store/new")
    verdict.close("finished")
    assert verdict.judgement is not None
    assert bool(verdict.judgement.reasons) is (given != {"archive": "a.warc.gz"})
    OpenStore.of(crawler).close()


def test_the_verdict_is_the_end_of_the_run_s_row(crawler: Crawler) -> None:
    """Without it the results of past nights are unknown, and there is no baseline."""
    crawler.stats.inc_value("kompas/reading/read/articles")
    Verdict.from_crawler(crawler).close("shutdown")
    (run,) = OpenStore.of(crawler).runs.newest_first()
    assert run["finish_reason"] == "shutdown"
    assert run["healthy"] is False
    assert run["ended_at"] >= run["started_at"]
    assert run["summary"].startswith("1 new")
    assert run["counts"]["kompas/store/new"] == 1
    assert run["readings"] == {"read": {"articles": 1, "facts": {}}}


def test_a_store_that_cannot_take_the_verdict_is_a_reason_and_no_crash(
    crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a disk that fills up at the very end is a traceback and a status of 0."""

    def full(*_: object) -> None:
        raise UnusableStore("the store s.db cannot grow because the disk is full")

    monkeypatch.setattr(OpenStore.of(crawler).runs, "end", full)
    verdict = Verdict.from_crawler(crawler)
    verdict.close("finished")
    assert verdict.judgement is not None
    assert verdict.judgement.reasons == ["the store s.db cannot grow because the disk is full"]


@pytest.fixture
def beating(tmp_path: Path) -> Iterator[Crawler]:
    made = make_crawler(
        tmp_path, {"archive": "a.warc.gz"}, KOMPAS_HEARTBEAT=str(tmp_path / "folder" / "heartbeat.json")
    )
    made.stats.inc_value("kompas/store/new")
    made.stats.inc_value("kompas/listed/index")
    yield made
    OpenStore.of(made).close()


def test_the_heartbeat_says_what_the_last_line_says(beating: Crawler, tmp_path: Path) -> None:
    """Without it a monitor cannot distinguish a failed run from one that never started."""
    (tmp_path / "folder").mkdir()
    Verdict.from_crawler(beating).close("finished")
    said = json.loads((tmp_path / "folder" / "heartbeat.json").read_text())
    assert said["healthy"] is True
    assert said["summary"].startswith("1 new")
    assert (said["status"], said["cause"], said["run_id"]) == (0, "none", 1)
    assert (said["counts"]["new"], said["counts"]["failed"]) == (1, 0)
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["heartbeat.json"]


def test_a_heartbeat_that_cannot_be_written_is_a_reason(beating: Crawler) -> None:
    """Without it the monitor is silent for good and the run says that all is well."""
    verdict = Verdict.from_crawler(beating)
    verdict.close("finished")
    assert verdict.judgement is not None
    assert "cannot be written" in verdict.judgement.reasons[0]


def test_the_row_of_a_run_keeps_its_exit_status(beating: Crawler, tmp_path: Path) -> None:
    """Without it the runs of a month can be distinguished only by reading their sentences."""
    (tmp_path / "folder").mkdir()
    Verdict.from_crawler(beating).close("blocked")
    (run,) = OpenStore.of(beating).runs.newest_first()
    assert run["counts"][EXIT_STATUS] == 4
