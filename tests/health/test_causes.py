"""Which cause of an unhealthy run becomes its exit status."""

from typing import Any

import pytest

from crawler.errors import FinishReason
from crawler.health.causes import STATUS, Cause, cause_named, cause_of
from crawler.health.judgement import Judgement

BAD = Judgement("", ["a reason"])
DRIFTED = Judgement("", ["pages show less"], drifts=True)
FAILED = {"kompas/failed/Timeout": 1}
CASES: list[tuple[str, dict[str, Any], str, Judgement, Cause]] = [
    ("healthy", {"kompas/left/stories": 1}, "finished", Judgement(""), Cause.NONE),
    ("disk full", {"kompas/run/store_error": "full"}, "store_error", BAD, Cause.STORAGE),
    ("archive folder full", {"kompas/run/archive_error": "full"}, "archive_error", BAD, Cause.STORAGE),
    ("feed full, run went on", {"kompas/run/feed_error": "full"}, "finished", BAD, Cause.STORAGE),
    ("disk full while blocked", {"kompas/run/store_error": "full"}, "blocked", BAD, Cause.STORAGE),
    ("blocked", {"kompas/left/stories": 9, **FAILED}, "blocked", BAD, Cause.BLOCKED),
    ("asked to wait", {}, "told_to_wait", BAD, Cause.BLOCKED),
    ("one challenge that did not end the run", {"kompas/failed/Blocked": 1}, "finished", BAD, Cause.OTHER),
    ("site down", {"kompas/failed/Timeout": 9}, "site_unreachable", BAD, Cause.SITE_DOWN),
    ("robots.txt down", {}, "robots_unreachable", BAD, Cause.SITE_DOWN),
    ("facts vanish", {"kompas/left/stories": 2}, "finished", DRIFTED, Cause.DRIFT),
    ("unknown markup", {"kompas/unread/stories": 3}, "finished", BAD, Cause.DRIFT),
    ("unknown index", {"kompas/failed/UnknownLayout": 1}, "finished", BAD, Cause.DRIFT),
    ("thin days", {"kompas/days/thin": 1}, "finished", BAD, Cause.DRIFT),
    ("missing", {"kompas/left/stories": 2}, "finished", BAD, Cause.MISSING),
    ("missing and failed", {"kompas/left/stories": 2, **FAILED}, "finished", BAD, Cause.MISSING),
    ("days not read", {"kompas/left/days": 1}, "finished", BAD, Cause.MISSING),
    ("a failed index page", {"kompas/left/days": 1, **FAILED}, "finished", BAD, Cause.OTHER),
    ("a limit leaves the rest", {"kompas/left/stories": 2, **FAILED}, "limit", BAD, Cause.OTHER),
    ("failed", FAILED, "finished", BAD, Cause.OTHER),
    ("stopped", {"kompas/left/stories": 2}, "shutdown", BAD, Cause.OTHER),
]


@pytest.mark.parametrize(
    ("stats", "ending", "judgement", "cause"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_the_cause_is_what_a_person_has_to_look_at(
    stats: dict[str, Any], ending: str, judgement: Judgement, cause: Cause
) -> None:
    """Without it a full disk at night is one more unhealthy run, which can wait until Monday."""
    assert cause_of(stats, ending, judgement, crawls=True) is cause


def test_each_cause_has_a_status_of_its_own() -> None:
    """Without it two causes have one status; scripts rely on the first four."""
    assert set(STATUS) == set(Cause)
    assert sorted(STATUS.values()) == list(range(9))
    assert [STATUS[cause] for cause in (Cause.NONE, Cause.OTHER, Cause.REFUSED, Cause.BUSY)] == [0, 1, 2, 3]
    assert (cause_named(4), cause_named(None)) == ("blocked", None)


@pytest.mark.parametrize("ending", list(FinishReason))
def test_no_end_of_an_unhealthy_run_passes_for_a_healthy_one(ending: FinishReason) -> None:
    """Without it a finish reason that is new ends the night with status 0."""
    assert STATUS[cause_of({}, ending, BAD, crawls=True)] not in (0, 2, 3)


def test_an_archive_says_nothing_about_the_site_of_today() -> None:
    """Without it an old page in an archive is an alarm about the site."""
    assert cause_of({"kompas/unread/stories": 3}, "finished", BAD, crawls=False) is Cause.OTHER
    assert cause_of({"kompas/run/store_error": "full"}, "store_error", BAD, crawls=False) is Cause.STORAGE
