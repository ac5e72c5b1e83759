"""When a story was published and changed: which of the times on a page decides.

The clock in the digits of the address is the first publication on all 13,725 raw pages that have one. On the 142 pages
of 2022-2023 that print "Diperbarui", the meta tag and both times of the JSON-LD hold the time of the update.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from crawler.errors import MissingTime
from crawler.items import DateEvidence
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.text.dates import (
    WIB,
    VisibleTimes,
    id_clock,
    is_proven_clock,
    json_ld_time,
    meta_time,
    visible_times,
)

URL: Final = "url"
STATED: Final = ("meta", "json_ld", "visible")
"""Sources beside the address, in the order of belief: the meta tag and the JSON-LD have seconds."""
LEAST_CHANGE: Final = timedelta(minutes=1)
"""The printed line has no seconds: a smaller difference is none."""


@dataclass(frozen=True)
class Times:
    """Times of a story, and what the page says about them."""

    published: datetime
    modified: datetime | None
    evidence: DateEvidence


def read_times(page: ArticlePage, story_id: str) -> Times:
    """Return the times of a story in the page's own zone, with all evidence.

    The clock of the address decides unless another source is earlier. Where the digits are no proven clock, the first
    source in the order of belief decides.

    :raises MissingTime: no source can be read.
    """
    document, line = page.document, page.time_line()
    meta = document.meta("content_PublishedDate", "article:published_time", "datePublished")
    json_ld, json_ld_modified = document.json_ld("datePublished"), document.json_ld("dateModified")
    clock, printed = id_clock(story_id), visible_times(line or "")
    home = _zone(printed)
    read = {
        "meta": _meta_time(meta or "", home, (clock, printed.published, printed.modified)),
        "json_ld": json_ld_time(json_ld or "", home),
        "visible": printed.published,
    }
    stated = {source: when for source in STATED if (when := read[source])}
    chosen = (
        _earliest(stated, clock) if clock and is_proven_clock(story_id) else _first(stated, printed.modified, clock)
    )
    published = clock if chosen == URL else stated[chosen]
    if published is None:
        raise MissingTime(f"{document.url} states no time of publication")
    minutes = {_minute(when) for when in (*stated.values(), clock) if when}
    evidence = DateEvidence(story_id, line, meta, json_ld, json_ld_modified, chosen, agree=len(minutes) == 1)
    changed = json_ld_time(json_ld_modified or "", home)
    return Times(published.astimezone(home), _modified(published, printed.modified, changed, stated), evidence)


def _zone(printed: VisibleTimes) -> tzinfo:
    """Return the zone of the printed line; WIB where it prints none."""
    when = printed.published or printed.modified
    return (when.tzinfo if when else None) or WIB


def _meta_time(text: str, home: tzinfo, known: tuple[datetime | None, ...]) -> datetime | None:
    """Return the time of the meta tag in the page's zone.

    A tag without a zone is in WIB on all raw pages. On a page of another zone it is read in that zone where only so it
    names the minute of another source.
    """
    in_wib = meta_time(text, WIB)
    here = meta_time(text, home)
    minutes = {_minute(when) for when in known if when}
    when = here if here and in_wib and _minute(in_wib) not in minutes and _minute(here) in minutes else in_wib
    return when.astimezone(home) if when else None


def _earliest(stated: dict[str, datetime], clock: datetime) -> str:
    """Return the source of the publication time beside a proven clock: the address, or an earlier source."""
    earlier = [source for source, when in stated.items() if _minute(when) < _minute(clock)]
    return min(earlier, key=lambda source: _minute(stated[source])) if earlier else URL


def _first(stated: dict[str, datetime], updated: datetime | None, clock: datetime | None) -> str:
    """Return the source of the publication time without a proven clock.

    :param updated: printed time of an update: a source that names its minute speaks of publication last.
    """
    fitting = [source for source, when in stated.items() if not updated or _minute(when) != _minute(updated)]
    return next(iter([*fitting, *([URL] if clock else []), *stated]), URL)


def _modified(
    published: datetime, updated: datetime | None, changed: datetime | None, stated: dict[str, datetime]
) -> datetime | None:
    """Return the time of the last change: printed, else `dateModified`, else the latest other time of the page.

    Only a time at least a minute after the publication counts. The printed one takes its seconds from a source that
    names the same minute.
    """
    others = sorted(stated.values())
    exact = [when for when in (*others, changed) if when and updated and _minute(when) == _minute(updated)]
    candidates = [max(exact, default=updated), changed, *reversed(others)]
    return next((when for when in candidates if when and when - published >= LEAST_CHANGE), None)


def _minute(when: datetime) -> datetime:
    return when.replace(second=0, microsecond=0)
