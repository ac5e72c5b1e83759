"""What pages show less often than they used to: the site changed, or a selector broke."""

from collections.abc import Mapping
from math import sqrt
from typing import Final

from crawler.health.facts import Reading

ENOUGH_NOW: Final = 8
"""Articles of a layout that a run must have read before it is judged."""
ENOUGH_BEFORE: Final = 30
"""Articles of it in the runs before."""
STANDARD_ERRORS: Final = 4.0
"""By which a share must lie below the usual one: with a hundred facts a night, about one false alarm in a year."""

EXPECTED: Final[dict[str, tuple[str, ...]]] = {
    "read": ("section", "summary", "tags", "image/lead", "time/meta", "time/visible", "time/json_ld"),
    "current": ("section", "summary", "tags", "image/lead", "time/visible"),
    "kcm_read": ("section", "time/visible"),
}
"""Layout -> facts that nearly every page of it shows, to judge the first run by: all 42 stored pages of `read` do, and
the pages by which the markup of the others is known."""


def falls(now: Mapping[str, Reading], before: Mapping[str, Reading], least_fall: float) -> list[str]:
    """Facts that are shown clearly less often than before, a sentence each, the largest fall first.

    :param least_fall: by which a share must have fallen; 0.2 is from 90 % to 70 %.
    """
    found: list[tuple[float, str]] = []
    for layout, reading in now.items():
        usual = before.get(layout, Reading())
        if reading.articles < ENOUGH_NOW or usual.articles < ENOUGH_BEFORE:
            continue
        for fact in usual.facts:
            share, was = reading.share(fact), usual.share(fact)
            if was - share > max(least_fall, STANDARD_ERRORS * _error(was, reading.articles)):
                shown = f"{reading.facts[fact]} of {reading.articles}"
                found.append((share - was, f"{layout}: {fact} in {shown} articles, {was:.0%} before"))
    return [sentence for _, sentence in sorted(found)]


def lacks(now: Mapping[str, Reading], before: Mapping[str, Reading], least_share: float) -> list[str]:
    """Facts that the pages of a layout always show and hardly any shows, while no earlier run is there to compare."""
    return [
        f"{layout}: {fact} in {reading.facts[fact]} of {reading.articles} articles only"
        for layout, reading in now.items()
        if reading.articles >= ENOUGH_NOW and before.get(layout, Reading()).articles < ENOUGH_BEFORE
        for fact in EXPECTED.get(layout, ())
        if reading.share(fact) < least_share
    ]


def _error(share: float, articles: int) -> float:
    """Standard error of a share; one of 0 or 1 is taken for a hair less, for no page is certain."""
    near = min(max(share, 0.01), 0.99)
    return sqrt(near * (1 - near) / articles)
