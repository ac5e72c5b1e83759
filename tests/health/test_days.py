"""Index days that list too little to be true."""

from datetime import date, timedelta

import pytest

from crawler.health.days import AROUND, ENOUGH_DAYS, days_around, thin_days

DAY = date(2021, 4, 15)


def counts(*around: int, own: int | None) -> dict[date, int]:
    """The day itself, and the days before it one by one."""
    known = {DAY - timedelta(days=number): count for number, count in enumerate(around, 1)}
    return known if own is None else {**known, DAY: own}


@pytest.mark.parametrize("own", [None, 0, 1, 9])
def test_a_day_far_below_the_days_around_it_is_thin(own: int | None) -> None:
    """Without it a day for which the site showed an empty list counts as a quiet day."""
    assert thin_days([DAY], counts(38, 40, 42, 40, 40, own=own)) == {DAY: 40}


@pytest.mark.parametrize("own", [10, 11, 40, 400])
def test_a_quiet_day_is_not(own: int) -> None:
    """Without it every Sunday is an alarm, and users ignore alarms."""
    assert thin_days([DAY], counts(38, 40, 42, 40, 40, own=own)) == {}


def test_one_day_out_of_the_ordinary_does_not_set_the_measure() -> None:
    """Without it the day of an election makes those around it look thin."""
    assert thin_days([DAY], counts(20, 20, 900, 20, 20, own=12)) == {}


@pytest.mark.parametrize("known", range(ENOUGH_DAYS))
def test_too_few_neighbouring_days_give_no_judgement(known: int) -> None:
    """Without it the first week of a new store is one alarm after another."""
    assert thin_days([DAY], counts(*[40] * known, own=0)) == {}


def test_days_that_list_nothing_give_no_judgement() -> None:
    """Without it a fortnight in which the index was broken makes the broken days usual."""
    assert thin_days([DAY], counts(0, 0, 0, 0, 0, 0, 0, 40, 40, 40, 40, 40, own=0)) == {DAY: 40}
    assert thin_days([DAY], counts(0, 0, 0, 0, 0, 0, own=0)) == {}


def test_only_days_within_a_fortnight_count() -> None:
    """Without it a day of 2011 is measured by what the site publishes today."""
    far = {DAY + AROUND + timedelta(days=number): 40 for number in range(1, 9)}
    assert thin_days([DAY], far) == {}
    near = {DAY + AROUND - timedelta(days=number): 40 for number in range(5)}
    assert thin_days([DAY], near) == {DAY: 40}


def test_only_the_days_that_were_walked_are_judged() -> None:
    """Without it a run is blamed for days that it never looked at."""
    full = counts(*[40] * 10, own=0)
    assert thin_days([], full) == {}
    assert thin_days([DAY - timedelta(days=1)], full) == {}


def test_thin_days_come_oldest_first() -> None:
    """Without it the same two days are reported in another order every night."""
    early = DAY - timedelta(days=2)
    assert list(thin_days([DAY, early], counts(40, 0, 40, 40, 40, 40, 40, own=0))) == [early, DAY]


def test_the_days_around_overlap_without_repeating_and_hold_the_days_themselves() -> None:
    """Without it a range of ten years asks the store for the same days again and again."""
    days = days_around([DAY, DAY + timedelta(days=1)])
    assert days[0] == DAY - AROUND
    assert days[-1] == DAY + timedelta(days=1) + AROUND
    assert len(days) == len(set(days)) == 2 * AROUND.days + 2
    assert days_around([]) == []
