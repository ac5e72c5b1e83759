"""What pages show less often than they used to: the site changed, or a selector broke."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.health.chance import chance_of_so_few
from crawler.health.facts import FactCounts

ENOUGH_NOW: Final = 8
"""Articles of a layout that a run must have read before it is judged."""
ENOUGH_BEFORE: Final = 30
"""Articles of it in the runs before."""
BY_CHANCE: Final = 1e-6
"""How unlikely a fall must be, had nothing changed: with sixty facts a night, one false alarm in some forty years."""

NEARLY_ALL: Final = 0.8
"""Of its usual share that a fact may lose however rare it is."""

WINDOWS: Final = ((1, 30), (7, 30), (28, 90))
"""Runs that are put together, and how many before those they are compared with: one run misses what every page has, a
week what stands on one page in ten, a month what stands on one in fifty (of 40 articles a run)."""

NEWS: Final = 14
"""Runs for which the fall of a whole month is told. The shorter windows forget by themselves: after some five weeks of
nightly runs a change that stays has become the usual."""

EXPECTED: Final[dict[str, tuple[str, ...]]] = {
    "read": (
        *("section", "summary", "editors", "sources", "tags", "latest", "declared_word_count"),
        *("image/lead", "image/lead/caption", "time/meta", "time/visible", "time/json_ld"),
    ),
    "current": ("section", "summary", "credit", "tags", "image/lead", "time/visible"),
    "kcm_read": ("section", "time/visible"),
}
"""Layout -> facts that nearly every page of it shows, to judge the first run by: all 42 stored pages of `read` do (41
have "Sumber"), and the pages by which the markup of the others is known."""


@dataclass(frozen=True)
class Alarm:
    """A fact that is shown less often than it was, or should be."""

    layout: str
    fact: str
    sentence: str
    fall: float
    """Share that is missing."""


def alarms(
    now: Mapping[str, FactCounts], earlier: Sequence[Mapping[str, FactCounts]], least_fall: float, least_share: float
) -> list[Alarm]:
    """The worst first, each fact of a layout once.

    :param earlier: what each earlier run read, newest first.
    :param least_fall: see `falls`.
    :param least_share: see `lacks`.
    """
    runs = [now, *earlier]
    found = lacks(now, summed(earlier), least_share)
    for number, usual in WINDOWS:
        told = _fallen(runs[NEWS:], now, number, usual, least_fall) if number > NEWS else []
        known = {(alarm.layout, alarm.fact) for alarm in told}
        fallen = _fallen(runs, now, number, usual, least_fall)
        found += [alarm for alarm in fallen if (alarm.layout, alarm.fact) not in known]
    worst = sorted(found, key=lambda alarm: -alarm.fall)
    return list({(alarm.layout, alarm.fact): alarm for alarm in reversed(worst)}.values())[::-1]


def _fallen(
    runs: Sequence[Mapping[str, FactCounts]], layouts: Iterable[str], number: int, usual: int, least_fall: float
) -> list[Alarm]:
    """What the newest of these runs, put together, show less often than those right before them."""
    recent = summed(runs[:number])
    return falls(
        {layout: recent[layout] for layout in layouts if layout in recent},
        summed(runs[number : number + usual]),
        least_fall,
    )


def falls(now: Mapping[str, FactCounts], before: Mapping[str, FactCounts], least_fall: float) -> list[Alarm]:
    """Facts that are shown clearly less often than before.

    :param least_fall: by which a share must have fallen; 0.2 is from 90 % to 70 %.
    """
    found = []
    for layout, reading in now.items():
        usual = before.get(layout, FactCounts())
        if reading.articles < ENOUGH_NOW or usual.articles < ENOUGH_BEFORE:
            continue
        for fact in usual.facts:
            was = usual.share(fact)
            fall = was - reading.share(fact)
            if fall > min(least_fall, NEARLY_ALL * was) and _by_chance(fact, reading, usual) < BY_CHANCE:
                shown = f"{fact} in {reading.facts[fact]} of {reading.articles}, {was:.0%} before"
                found.append(Alarm(layout, fact, f"{layout}: {shown}", fall))
    return found


def lacks(now: Mapping[str, FactCounts], before: Mapping[str, FactCounts], least_share: float) -> list[Alarm]:
    """Facts that the pages of a layout always show and hardly any shows, while no earlier run is there to compare."""
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
        if reading.share(fact) < least_share
    ]


def summed(readings: Iterable[Mapping[str, FactCounts]]) -> dict[str, FactCounts]:
    """Readings of several runs put together."""
    found: dict[str, FactCounts] = {}
    for run in readings:
        for layout, one in run.items():
            found[layout] = found.get(layout, FactCounts()) + one
    return found


def _by_chance(fact: str, now: FactCounts, before: FactCounts) -> float:
    return chance_of_so_few(now.facts[fact], now.articles, before.facts[fact], before.articles)
