"""Facts that pages show more often than before: something came in that no rule knows, or a rule takes too much."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from crawler.health.chance import chance_of_so_few
from crawler.health.drift import BY_CHANCE, ENOUGH_BEFORE, ENOUGH_NOW, EXPECTED, Alarm, summed
from crawler.health.facts import MARKUP, FactCounts

WINDOWS: Final = ((1, 30), (7, 30))
"""Numbers of newest runs that are added up, and of the runs before them."""
LEAST_RISE: Final = 0.2
"""By which the share of articles that show a fact must rise: the news of the day does less. Rare facts have another."""
RARE_RISE: Final = (9, 0.04)
"""A rare fact must be shown ten times as often, by at least 4 % of the articles more."""
WELCOME: Final = frozenset(("complete", "time/agree"))
"""Facts of which more is no addition."""
_SIGNS: Final = (MARKUP, "text/", "count/")
"""Beginnings of the facts that runs of 1.0.0 did not count: such a run says nothing about them."""
_RULES: Final = "cleaning/"
"""Beginning of the facts about rules; one that never fired before may be new in the program."""


def rises(now: Mapping[str, FactCounts], earlier: Sequence[Mapping[str, FactCounts]]) -> list[Alarm]:
    """Return the facts of a run that are shown clearly more often than before, the largest rise first, each once.

    :param earlier: readings of each earlier run, newest first.
    """
    runs = [_counting(run) for run in (now, *earlier)]
    found: dict[tuple[str, str], Alarm] = {}
    for number, usual in WINDOWS:
        recent, before = summed(runs[:number]), summed(runs[number : number + usual])
        for alarm in _risen(now, recent, before):
            found.setdefault((alarm.layout, alarm.fact), alarm)
    return sorted(found.values(), key=lambda alarm: -alarm.fall)


def has_risen(fact: str, shown: FactCounts, usual: FactCounts) -> bool:
    """Return whether a fact is shown clearly more often than is usual."""
    if shown.articles < ENOUGH_NOW or usual.articles < ENOUGH_BEFORE:
        return False
    was = usual.share(fact)
    times, least = RARE_RISE
    if shown.share(fact) - was <= min(LEAST_RISE, max(times * was, least)):
        return False
    lacking = shown.articles - shown.facts[fact], usual.articles - usual.facts[fact]
    return chance_of_so_few(lacking[0], shown.articles, lacking[1], usual.articles) < BY_CHANCE


def _risen(
    layouts: Iterable[str], recent: Mapping[str, FactCounts], before: Mapping[str, FactCounts]
) -> Iterable[Alarm]:
    for layout in layouts:
        shown, usual = recent.get(layout, FactCounts()), before.get(layout, FactCounts())
        for fact in shown.facts.keys() - WELCOME:
            if fact.startswith(_RULES) and not usual.facts[fact]:
                continue
            if has_risen(fact, shown, usual):
                said = f"{fact} in {shown.facts[fact]} of {shown.articles}, {usual.share(fact):.0%} before"
                yield Alarm(layout, fact, f"{layout}: {said}", shown.share(fact) - usual.share(fact))


def _counting(readings: Mapping[str, FactCounts]) -> dict[str, FactCounts]:
    """Return the readings of a run without the layouts of which it counted no markup."""
    return {
        layout: one
        for layout, one in readings.items()
        if layout not in EXPECTED or any(fact.startswith(_SIGNS) for fact in one.facts)
    }
