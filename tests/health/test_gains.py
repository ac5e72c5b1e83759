"""When a fact is shown clearly more often than before, and how additions are reported."""

from collections import Counter
from dataclasses import dataclass

import pytest

from crawler.health.facts import REVISED, FactCounts
from crawler.health.gain_reasons import gains
from crawler.health.gains import rises
from crawler.health.storm import differs_by_lines_only, storm_rages


def reading(articles: int, **facts: int) -> dict[str, FactCounts]:
    return {"current": FactCounts(articles, Counter({"has/p": articles, **facts}))}


@pytest.mark.parametrize(
    ("now", "before", "alarm"),
    [
        ((40, 40), (400, 0), True),
        ((40, 12), (400, 0), True),
        ((40, 12), (400, 100), False),  # as before
        ((40, 30), (400, 100), True),
        ((40, 16), (400, 100), False),  # the news of the day
        ((280, 20), (1200, 10), False),  # not ten times as often
        ((280, 28), (1200, 10), True),
        ((7, 7), (400, 0), False),  # too few
        ((40, 40), (29, 0), False),
        ((40, 0), (400, 400), False),  # a fall
    ],
)
def test_a_clear_rise_is_an_alarm(now: tuple[int, int], before: tuple[int, int], alarm: bool) -> None:
    """Without it additions are silent, or every second night has one."""
    found = rises(reading(now[0], embeds=now[1]), [reading(before[0], embeds=before[1])])
    assert [one.fact for one in found] == (["embeds"] if alarm else [])


def test_a_rare_fact_is_reported_within_a_week() -> None:
    """Without it what comes to one page in twenty is never more than chance."""
    before = [reading(40, embeds=0) for _ in range(30)]
    week: list[dict[str, FactCounts]] = []
    told = []
    for _ in range(7):
        week.insert(0, reading(40, embeds=2))
        told.append(bool(rises(week[0], [*week[1:], *before])))
    assert told[0] is False
    assert told[-1] is True


def test_runs_that_did_not_count_markup_say_nothing_about_it() -> None:
    """Without it the first night of a new version reports every element."""
    old = {"current": FactCounts(400, Counter(title=400))}
    assert rises(reading(40, title=40), [old]) == []


def test_a_rule_that_never_fired_may_be_new() -> None:
    """Without it a new rule, the right answer to an addition, is an alarm of its own."""
    now = {"current": FactCounts(40, Counter({"has/p": 40, "cleaning/phrase/new": 40, "cleaning/phrase/old": 40}))}
    before = {"current": FactCounts(400, Counter({"has/p": 400, "cleaning/phrase/old": 40}))}
    assert [one.fact for one in rises(now, [before])] == ["cleaning/phrase/old"]


@dataclass(frozen=True)
class Added:
    what: str
    printed: str
    stories: int = 9
    layout: str = "current"
    url: str = "https://x/1"


def test_what_is_new_is_named_with_an_example() -> None:
    """Without it a person has to find the addition among forty pages."""
    added = [
        Added("has/div.promo", "div.promo"),
        Added("text/surplus", "text/surplus"),
        Added("line/pilihan editor:", "Pilihan Editor:"),
        Added("line/pilihan editor a", "Pilihan Editor: A", 3),
    ]
    (said,) = gains({}, [], added, {})
    assert said == (
        "stories carry what none had before: current: div.promo in 9 stories (https://x/1); current: more words than "
        "the page counts in 9 stories (https://x/1); the line “Pilihan Editor:” in 9 stories (https://x/1); the line "
        "“Pilihan Editor: A” in 3 stories (https://x/1)"
    )


def test_a_part_of_a_line_is_not_reported_beside_it() -> None:
    """Without it one promo paragraph fills the last line of the run."""
    (said,) = gains({}, [], [Added("line/a b c", "A b. C d."), Added("line/a b", "A b.")], {})
    assert said.count("the line") == 1


def test_a_rise_is_reported_with_an_example_unless_it_is_reported_as_new() -> None:
    """Without it one addition is reported twice, or without an example."""
    now, before = reading(40, embeds=40, **{"has/ul": 40}), [reading(400)]
    examples = {("current", "embeds"): "https://x/2"}
    said = list(gains(now, before, [Added("has/ul", "ul")], examples))
    assert said[1:] == ["pages show more than they did: current: embeds in 40 of 40, 0% before (https://x/2)"]


@pytest.mark.parametrize(
    ("revised", "unchanged", "rages"), [(30, 10, True), (5, 35, False), (7, 0, False), (30, 300, False)]
)
def test_a_storm_is_a_share_of_revised_stories_above_the_usual(revised: int, unchanged: int, rages: bool) -> None:
    """Without it a change of the site gives every story a revision; or a day of corrections is held back."""
    stats = {
        "kompas/reading/revisits/articles": revised,
        "kompas/reading/revisits/revised": revised,
        "kompas/visits/unchanged": unchanged,
    }
    assert storm_rages(stats, FactCounts(400, Counter({REVISED: 20}))) is rages


def test_without_a_baseline_there_is_no_storm() -> None:
    """Without it the first revisits of a young store are held back."""
    assert not storm_rages(
        {"kompas/reading/revisits/revised": 40, "kompas/reading/revisits/articles": 40}, FactCounts()
    )


def test_a_correction_beside_the_line_is_a_revision() -> None:
    """Without it corrections are lost while the promo line stands."""
    assert differs_by_lines_only("Kapal tiba.", "Kapal tiba.\n\nIkuti kami di sini", {"ikuti kami di sini"})
    assert not differs_by_lines_only("Kapal tiba.", "Kapal pergi.\n\nIkuti kami di sini", {"ikuti kami di sini"})
    assert not differs_by_lines_only("Kapal tiba.", "Kapal tiba.", {"ikuti kami di sini"})
