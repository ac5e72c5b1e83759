"""What the stories of a run are compared with."""

from datetime import timedelta

import pytest
from scrapy.crawler import Crawler

from crawler.clock import utc_now
from crawler.extensions.gains_watch import STORIES, USUAL_AFTER, GainsWatch
from crawler.extensions.open_store import OpenStore
from crawler.storage import End, Suspect
from tests.make import STORY, make_article

PROMO = "line/nikmati kabar laut"


def mark(what: str, days: float = 0, story: str = STORY) -> Suspect:
    return Suspect(story, what, "read", what.partition("/")[2], utc_now() - timedelta(days=days))


def test_markup_of_earlier_runs_is_usual_but_for_what_is_marked(crawler: Crawler) -> None:
    """Without it every run marks every story, or an addition is reported for one night only."""
    store, run = OpenStore.of(crawler), OpenStore.run_of(crawler)
    readings = {"read": {"articles": 9, "facts": {"has/div.old": 9, "has/div.promo": 9, "has/div.kept": 9}}}
    store.runs.end(run.id, End(utc_now(), "finished", healthy=True, summary="", readings=readings))
    store.suspects.mark([mark("has/div.promo"), mark("has/div.kept", USUAL_AFTER.days + 1)])
    crawler.get_extension(OpenStore).run = type(run)(run.id + 1, run.started_at, run.job_started_at)  # type: ignore[union-attr]
    usual = GainsWatch(crawler).baseline.watch.usual["read"]
    assert usual == {"has/div.old", "has/div.kept"}


@pytest.mark.parametrize(("days", "lines"), [(1, {"nikmati kabar laut"}), (USUAL_AFTER.days + 1, set())])
def test_a_line_is_suspected_for_five_weeks(crawler: Crawler, days: int, lines: set[str]) -> None:
    """Without it a later run takes the line for text of the stories, or revisions are held back without end."""
    OpenStore.of(crawler).suspects.mark([mark(PROMO, days)])
    baseline = GainsWatch(crawler).baseline
    assert baseline.lines == lines
    assert ("nikmati kabar laut" in baseline.watch.window.usual) is not bool(lines)


def test_stored_stories_are_the_baseline_of_lines(crawler: Crawler) -> None:
    """Without it a line on one page in twenty is never in three stories of a run."""
    OpenStore.of(crawler).save(make_article())
    assert GainsWatch(crawler).baseline.watch.window.before == 1


def test_what_several_stories_carry_is_reported(crawler: Crawler) -> None:
    """Without it marks are written and no run says so."""
    for number in range(STORIES):
        OpenStore.of(crawler).suspects.mark([mark("has/div.promo", story=f"2021/04/22/16060{number}870")])
    (addition,) = GainsWatch(crawler).additions()
    assert (addition.what, addition.stories) == ("has/div.promo", STORIES)
