"""Facts that pages show less often than before: the site changed, or a selector broke."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.health.chance import chance_of_so_few
from crawler.health.facts import MARKUP, FactCounts

ENOUGH_NOW: Final = 8
"""Articles of a layout that a run must have read to be judged."""
ENOUGH_BEFORE: Final = 30
"""Articles of the layout that the runs before must have read."""
BY_CHANCE: Final = 1e-6
"""Largest probability of a fall by chance alone: with sixty facts a night, one false alarm in some forty years."""

LEAST_FALL: Final = 0.2
"""By which the share of articles that show a fact must fall, here from 90 % to 70 %: a smaller fall may come from the
news of the day, not from the markup."""
NEARLY_ALL: Final = 0.8
"""Part of its share that a rare fact must lose: one on a tenth of the pages cannot fall by `LEAST_FALL`."""
LEAST_SHARE: Final = 0.5
"""Share of articles that must show an `EXPECTED` fact as long as there are no earlier runs to compare with."""

WINDOWS: Final = ((1, 30), (7, 30), (28, 90))
"""Numbers of newest runs that are added up, and of the runs before them: one run shows the loss of a fact of every
page, a week of one on a tenth of the pages, a month of one on a fiftieth (with 40 articles a run)."""

NEWS: Final = 14
"""Runs in which the fall of a whole month is reported. The shorter windows forget by themselves: after some five weeks
of nightly runs a lasting change has become the usual."""

ADDED: Final = (MARKUP, "text/")
"""Beginnings of facts of which fewer is no loss: markup as such, and text that is not the story's."""

EXPECTED: Final[dict[str, tuple[str, ...]]] = {
    "read": (
        *("section", "summary", "markup/editors", "markup/sources", "markup/tags", "latest", "declared_word_count"),
        *("image/lead", "image/lead/caption", "time/meta", "time/visible", "time/json_ld"),
    ),
    "current": ("section", "summary", "markup/credit", "markup/tags", "image/lead", "time/visible"),
    "kcm_read": ("section", "time/visible"),
}
"""Layout -> facts that nearly every page of it shows, for the first run: all 42 stored pages of `read` show them (41
have "Sumber"), and so do the pages by which the markup of the others is known."""


@dataclass(frozen=True)
class Alarm:
    """A fact that pages show less often than before, or than they should."""

    layout: str
    fact: str
    sentence: str
    fall: float
    """Share that is missing."""


def alarms(now: Mapping[str, FactCounts], earlier: Sequence[Mapping[str, FactCounts]]) -> list[Alarm]:
    """Return the alarms of a run, the worst first, each fact of a layout once.

    :param earlier: readings of each earlier run, newest first.
    """
    runs = [now, *earlier]
    found = lacks(now, summed(earlier))
    for number, usual in WINDOWS:
        alarms = _fallen(runs[NEWS:], now, number, usual) if number > NEWS else []
        known = {(alarm.layout, alarm.fact) for alarm in alarms}
        fallen = _fallen(runs, now, number, usual)
        found += [alarm for alarm in fallen if (alarm.layout, alarm.fact) not in known]
    worst = sorted(found, key=lambda alarm: -alarm.fall)
    return list({(alarm.layout, alarm.fact): alarm for alarm in reversed(worst)}.values())[::-1]


def _fallen(runs: Sequence[Mapping[str, FactCounts]], layouts: Iterable[str], number: int, usual: int) -> list[Alarm]:
    """Return the facts that the newest runs together show less often than the runs right before them."""
    recent = summed(runs[:number])
    shown = {layout: recent[layout] for layout in layouts if layout in recent}
    return falls(shown, summed(runs[number : number + usual]))


def falls(now: Mapping[str, FactCounts], before: Mapping[str, FactCounts]) -> list[Alarm]:
    """Return the facts that are shown clearly less often than before."""
    found = []
    for layout, reading in now.items():
        usual = before.get(layout, FactCounts())
        if reading.articles < ENOUGH_NOW or usual.articles < ENOUGH_BEFORE:
            continue
        for fact in usual.facts:
            if fact.startswith(ADDED):
                continue
            was = usual.share(fact)
            fall = was - reading.share(fact)
            if fall > min(LEAST_FALL, NEARLY_ALL * was) and _by_chance(fact, reading, usual) < BY_CHANCE:
                shown = f"{fact} in {reading.facts[fact]} of {reading.articles}, {was:.0%} before"
                found.append(Alarm(layout, fact, f"{layout}: {shown}", fall))
    return found


def lacks(now: Mapping[str, FactCounts], before: Mapping[str, FactCounts]) -> list[Alarm]:
    """Return the expected facts of a layout that too few pages show, if there are no earlier runs to compare with."""
    return [
        Alarm(
            layout,
            fact,
            f"{layout}: {fact} in {reading.facts[fact]} of {reading.articles} only",
            1 - reading.share(fact),
        )
        for layout, reading in now.items()
        if reading.articles >= ENOUGH_NOW and before.get(layout, FactCounts()).articles < ENOUGH_BEFORE
        for fact in EXPECTED.get(layout, ())
        if reading.share(fact) < LEAST_SHARE
    ]


def summed(readings: Iterable[Mapping[str, FactCounts]]) -> dict[str, FactCounts]:
    """Return the sum of the readings of several runs."""
    articles: Counter[str] = Counter()
    facts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for run in readings:
        for layout, one in run.items():
            articles[layout] += one.articles
            facts[layout].update(one.facts)
    return {layout: FactCounts(articles[layout], counted) for layout, counted in facts.items()}


def _by_chance(fact: str, now: FactCounts, before: FactCounts) -> float:
    return chance_of_so_few(now.facts[fact], now.articles, before.facts[fact], before.articles)
