"""Revision storms: a change of the site, not of the stories, that would give every story a new revision."""

from collections.abc import Collection, Mapping
from typing import Any

from crawler.health.facts import REVISED, REVISITS, FactCounts, readings_of
from crawler.health.gains import has_risen
from crawler.health.lines import text_without


def storm_rages(stats: Mapping[str, Any], usual: FactCounts) -> bool:
    """Return whether clearly more of the stories fetched again have another text than is usual.

    :param stats: of the run, as it is.
    :param usual: `REVISITS` of earlier runs.
    """
    return has_risen(REVISED, readings_of(stats).get(REVISITS, FactCounts()), usual)


def differs_by_lines_only(before: str, after: str, lines: Collection[str]) -> bool:
    """Return whether two texts are the same but for some lines.

    :param lines: normalised (see `lines.lines_of_text`).

    >>> differs_by_lines_only("Kapal itu tiba.", "Kapal itu tiba.\\n\\nPilihan Editor: Judul", ["pilihan editor:"])
    True
    """
    return before != after and text_without(before, lines) == text_without(after, lines)
