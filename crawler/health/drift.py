"""What pages show less often than they used to: the site changed, or a selector broke."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from crawler.health.facts import Reading

ENOUGH_NOW: Final = 8
"""Articles of a layout that a run must have read before it is judged."""
ENOUGH_BEFORE: Final = 30
"""Articles of it in the runs before."""
STANDARD_ERRORS: Final = 4.0
"""By which a share must lie below the usual one: with a hundred facts a night, about one false alarm in a year."""

NEARLY_ALL: Final = 0.8
"""Of its usual share that a fact may lose however rare it is: an embed on one page in twenty is missed in a week."""

WINDOWS: Final = (1, 7)
"""Runs that are put together and compared with those before: this one, for what every page has, and the last seven."""

EXPECTED: Final[dict[str, tuple[str, ...]]] = {
    "read": ("section", "summary", "tags", "image/lead", "time/meta", "time/visible", "time/json_ld"),
    "current": ("section", "summary", "tags", "image/lead", "time/visible"),
    "kcm_read": ("section", "time/visible"),
}
"""Layout -> facts that nearly every page of it shows, to judge the first run by: all 42 stored pages of `read` do, and
the pages by which the markup of the others is known."""


@dataclass(frozen=True)
class Alarm:
    """A fact that is shown less often than it was, or should be."""

    layout: str
    fact: str
    sentence: str
    fall: float
    """Share that is missing."""


def alarms(
    now: Mapping[str, Reading], earlier: Sequence[Mapping[str, Reading]], least_fall: float, least_share: float
) -> list[Alarm]:
    """The worst first, each fact of a layout once.

    :param earlier: what each earlier run read, newest first.
    :param least_fall: see `falls`.
    :param least_share: see `lacks`.
    """
    found = lacks(now, summed(earlier), least_share)
    for window in WINDOWS:
        recent, before = summed([now, *earlier[: window - 1]]), summed(earlier[window - 1 :])
        found += falls({layout: recent[layout] for layout in now}, before, least_fall)
    worst = sorted(found, key=lambda alarm: -alarm.fall)
    return list({(alarm.layout, alarm.fact): alarm for alarm in reversed(worst)}.values())[::-1]


def falls(now: Mapping[str, Reading], before: Mapping[str, Reading], least_fall: float) -> list[Alarm]:
    """Facts that are shown clearly less often than before.

    :param least_fall: by which a share must have fallen; 0.2 is from 90 % to 70 %.
    """
    found = []
    for layout, reading in now.items():
        usual = before.get(layout, Reading())
        if reading.articles < ENOUGH_NOW or usual.articles < ENOUGH_BEFORE:
            continue
        for fact in usual.facts:
            was = usual.share(fact)
            fall = was - reading.share(fact)
            if fall > min(least_fall, NEARLY_ALL * was) and fall > STANDARD_ERRORS * _error(was, reading.articles):
                shown = f"{fact} in {reading.facts[fact]} of {reading.articles}, {was:.0%} before"
                found.append(Alarm(layout, fact, f"{layout}: {shown}", fall))
    return found


def lacks(now: Mapping[str, Reading], before: Mapping[str, Reading], least_share: float) -> list[Alarm]:
    """Facts that the pages of a layout always show and hardly any shows, while no earlier run is there to compare."""
    return [
        Alarm(
            layout,
            fact,
            f"{layout}: {fact} in {reading.facts[fact]} of {reading.articles} only",
            1 - reading.share(fact),
        )
        for layout, reading in now.items()
        if reading.articles >= ENOUGH_NOW and before.get(layout, Reading()).articles < ENOUGH_BEFORE
        for fact in EXPECTED.get(layout, ())
        if reading.share(fact) < least_share
    ]


def summed(readings: Iterable[Mapping[str, Reading]]) -> dict[str, Reading]:
    """Readings of several runs put together."""
    found: dict[str, Reading] = {}
    for run in readings:
        for layout, one in run.items():
            found[layout] = found.get(layout, Reading()) + one
    return found


def _error(share: float, articles: int) -> float:
    """Standard error of a share; one of 0 or 1 is taken for a hair less, for no page is certain."""
    near = min(max(share, 0.01), 0.99)
    return sqrt(near * (1 - near) / articles)
