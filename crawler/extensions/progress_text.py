"""The text of the progress line: what is done of how much, what came of it, and how long it will take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from crawler.clock import duration_text

PASSED_BY: Final = ("kompas/store/known", "kompas/skip_known/", "kompas/visits/unchanged")
"""Statistics of stories that the store has already."""
HANDLED: Final = (*PASSED_BY, "kompas/failed/", "kompas/passed_over/other_section")
OUTCOMES: Final = ("kompas/store/new", "kompas/store/revised", "kompas/store/completed")
LEAST_SHARE: Final = 0.005
"""Show the remaining time after this share of the work; an earlier estimate would jump from days to minutes."""


@dataclass(frozen=True)
class Totals:
    """How much work a run has, as far as it is known before the work is done."""

    addresses: int = 0
    """Length of the list of a run over a list."""
    days: int = 0
    """Index days read or still to be read; 0 in a run without index days."""
    days_finished: int = 0
    """Index days of which everything was requested."""
    files: int = 0
    """Files of the archive; 0 while unknown, as for lists and addresses."""
    megabytes: float = 0
    """Size of these files."""


@dataclass(frozen=True)
class Extent:
    """How far one phase of a run is."""

    phase: str
    text: str
    share: float | None = None
    """Part of the work that is done, 0 to 1; None if it is not known."""


def sum_of(stats: Mapping[str, Any], *prefixes: str) -> int:
    """Return the sum of the statistics whose names begin so."""
    return sum(int(number) for name, number in stats.items() if name.startswith(prefixes))


def extent_of(stats: Mapping[str, Any], totals: Totals) -> Extent:
    """Return how far a run is, by its statistics.

    >>> extent_of({"kompas/days/asked": 4, "kompas/days/done": 3}, Totals(days=365, days_finished=3)).text
    '3 of 365 days'
    >>> extent_of({"kompas/archive/files_read": 2, "kompas/archive/bytes_read": 6_000_000}, Totals()).text
    'scan: 2 files, 6 MB'
    """
    handled = sum_of(stats, *HANDLED, *OUTCOMES)
    if "kompas/archive/stories" in stats:
        return _of("stories", sum_of(stats, "kompas/archive/stories_read"), stats["kompas/archive/stories"])
    if totals.files or "kompas/archive/files_read" in stats:
        files, read = sum_of(stats, "kompas/archive/files_read"), sum_of(stats, "kompas/archive/bytes_read")
        return _scan(files, read / 1e6, totals)
    if totals.addresses:
        return _of("addresses", min(handled + sum_of(stats, "kompas/days/done"), totals.addresses), totals.addresses)
    if not totals.days:
        return Extent("begin", "")
    return Extent("days", f"{totals.days_finished} of {totals.days} days", _share_of_days(stats, totals.days, handled))


def _share_of_days(stats: Mapping[str, Any], days: int, handled: int) -> float | None:
    """Return the share of the stories that is handled, if the other days list as many as those whose index is read.

    Stories that are only linked are not foreseen; they make a day longer.
    """
    listed, read = sum_of(stats, "kompas/listed/index"), sum_of(stats, "kompas/days/done")
    if not listed or not read:
        return None
    left_over = sum_of(stats, "kompas/resume/pending")
    return min(handled, left_over + listed) / (left_over + max(listed * days / read, listed))


def _of(what: str, done: int, total: int) -> Extent:
    return Extent(what, f"{done} of {total} {what}", done / total if total else None)


def _scan(files: int, megabytes: float, totals: Totals) -> Extent:
    """Return the extent of the first phase of reading an archive, which looks for its stories."""
    if not totals.files:
        return Extent("scan", f"scan: {files} files, {megabytes:.0f} MB")
    text = f"scan: {files} of {totals.files} files, {megabytes:.0f} of {totals.megabytes:.0f} MB"
    return Extent("scan", text, min(megabytes / totals.megabytes, 1.0) if totals.megabytes else None)


def remaining(share: float | None, seconds: float) -> float | None:
    """Return the seconds that a phase still takes at its present rate; None if that is not known yet.

    >>> remaining(0.25, 60)
    180.0
    """
    return None if share is None or not LEAST_SHARE <= share < 1 else seconds * (1 - share) / share


def line_of(
    extent: Extent, stats: Mapping[str, Any], seconds: float, left: float | None, *, ending: bool, width: int
) -> str:
    """Return the line, without the parts that matter least if it is too wide for the terminal.

    >>> line_of(Extent("days", "3 of 365 days"), {"kompas/store/new": 3}, 63, 7200, ending=False, width=80)
    '3 of 365 days, 3 new, 0 unchanged, 0 failed, 1 min 03 s, 2 h 00 min left'

    :param left: seconds that the phase still takes; None leaves the part out.
    :param ending: the run was told to stop, and waits for the requests in flight.
    """
    parts = {
        "ending": "stopping" if ending else "",
        "extent": extent.text,
        "new": f"{sum_of(stats, 'kompas/store/new')} new",
        "unchanged": f"{sum_of(stats, *PASSED_BY)} unchanged",
        "failed": f"{sum_of(stats, 'kompas/failed/')} failed",
        "time": duration_text(seconds),
        "left": "" if left is None or ending else f"{duration_text(left)} left",
    }
    if extent.phase == "scan":  # stories come in the next phase
        del parts["new"], parts["unchanged"], parts["failed"]
    for dispensable in ("", "time", "unchanged", "new", "left", "failed"):
        parts.pop(dispensable, None)
        line = ", ".join(filter(None, parts.values()))
        if len(line) <= width:
            return line
    return line[: max(width, 0)]
