"""When a fact is shown clearly less often than before, and when it is only chance."""

from collections import Counter

import pytest

from crawler.health.drift import ENOUGH_BEFORE, ENOUGH_NOW, EXPECTED, alarms, falls, lacks
from crawler.health.facts import FactCounts


def reading(articles: int, **facts: int) -> dict[str, FactCounts]:
    return {"read": FactCounts(articles, Counter(facts))}


@pytest.mark.parametrize(
    ("now", "before", "alarm"),
    [
        ((23, 0), (100, 97), True),  # gone
        ((8, 0), (30, 30), True),  # the smallest run that is judged
        ((7, 0), (30, 30), False),
        ((8, 0), (29, 29), False),
        ((100, 70), (1000, 900), True),  # less, and not by chance
        ((100, 75), (1000, 900), False),  # less than the least fall
        ((8, 5), (1000, 900), False),  # by chance
        ((20, 0), (1000, 100), False),  # too rare to be missed among twenty
        ((300, 0), (1000, 300), True),
        ((700, 0), (3000, 150), True),  # one page in twenty, in a week
        ((700, 30), (3000, 150), False),
        ((100, 100), (1000, 100), False),  # more is no alarm
        ((8, 5), (1000, 1000), True),
        ((8, 6), (1000, 1000), False),  # two odd pages are no new template
    ],
)
def test_a_fall_is_distinguished_from_chance(now: tuple[int, int], before: tuple[int, int], alarm: bool) -> None:
    """Without it either a lost selector goes unseen, or the operator learns to ignore the alarm."""
    told = falls(reading(now[0], tags=now[1]), reading(before[0], tags=before[1]))
    assert bool(told) is alarm, told


def test_the_largest_fall_comes_first_and_names_all_that_matters() -> None:
    """Without it the reader does not know where to look."""
    told = alarms(reading(40, authors=20, tags=0), [reading(100, authors=100, tags=100)])
    assert [alarm.sentence for alarm in told] == [
        "read: tags in 0 of 40, 100% before",
        "read: authors in 20 of 40, 100% before",
    ]


def test_what_one_night_cannot_tell_a_week_can() -> None:
    """Without it a selector that matters on few pages can be lost for good."""
    nights = [reading(100, twitter=0)] * 6 + [reading(100, twitter=8)] * 20
    assert falls(reading(100), reading(2000, twitter=160)) == []
    assert [alarm.fact for alarm in alarms(reading(100), nights)] == ["twitter"]


def test_what_a_week_cannot_tell_a_month_can() -> None:
    """Without it embeds, which stand on one page in fifty, can be lost for good."""
    usual = [reading(40, twitter=1)] * 120
    nights = next(n for n in range(1, 60) if alarms(reading(40), [reading(40)] * (n - 1) + usual))
    assert 7 < nights <= 28


def test_a_change_that_stays_becomes_the_usual() -> None:
    """Without it the end of a campaign, or a new habit of the editors, is a mail each night for years."""
    for share in (1, 40):
        usual = [reading(40, phrase=share)] * 130
        told = [bool(alarms(reading(40), [reading(40)] * n + usual)) for n in range(130)]
        assert 14 <= sum(told) <= 40
        assert not any(told[60:])


def test_layouts_are_compared_with_themselves() -> None:
    """Without it a backfill of another year, with other markup, is one long alarm."""
    assert falls({"kcm_read": FactCounts(50)}, reading(100, tags=100)) == []


def test_without_earlier_runs_a_layout_is_held_to_what_its_pages_always_have() -> None:
    """Without it the first run has nothing to be judged by."""
    full = Counter(dict.fromkeys(EXPECTED["read"], ENOUGH_NOW))
    assert lacks({"read": FactCounts(ENOUGH_NOW, full)}, {}) == []
    bare = {"read": FactCounts(ENOUGH_NOW, full - Counter({"markup/tags": ENOUGH_NOW}))}
    assert [alarm.sentence for alarm in lacks(bare, {})] == [f"read: markup/tags in 0 of {ENOUGH_NOW} only"]
    assert lacks(bare, reading(ENOUGH_BEFORE)) == [], "then the comparison speaks"
    assert lacks({"read": FactCounts(ENOUGH_NOW - 1)}, {}) == []
