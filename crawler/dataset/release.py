"""The facts of a release beside its records, from which its card and manifest are written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.dataset.about import About
from crawler.dataset.delta import Earlier
from crawler.dataset.edition import Edition
from crawler.dataset.splits import Plan


@dataclass(frozen=True)
class Release:
    """A release to be written, as plain values."""

    records: Iterator[dict[str, Any]]
    """In the order of publication, then id, then revision."""
    stories: Iterable[str]
    """Ids of those records, each once."""
    pairs: list[tuple[str, str, float]]
    """Near-duplicates with their similarity, and stories with the same title and text, of the whole store."""
    changes: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]
    """Each later revision of the selection, and the one before it."""
    coverage: list[dict[str, Any]]
    """Index days, oldest first: `day`, `state`, counts of stories by state, and `short`, why it is not complete."""
    runs: list[dict[str, Any]]
    """That wrote into the store, oldest first, each with the `settings` it had; without paths of the machine."""
    robots: list[dict[str, Any]]
    """What each host's robots.txt was, by its hash, and when it was first and last so."""
    reservations: list[dict[str, Any]]
    """What each host's robots.txt reserved against AI: `host`, `last_seen`, `lines` (see `reservation`)."""
    selection: Mapping[str, Any]
    """The filters, as they were typed."""
    schema: Mapping[str, Any]
    """JSON Schema of a record."""
    version: str
    parser_version: str
    edition: Edition = Edition()  # noqa: RUF009 - it is frozen
    plan: Plan | None = None
    about: About = About()  # noqa: RUF009 - it is frozen
    earlier: Earlier | None = None
    """The release that this one is compared with."""
    tool: str = ""
    """Address of the program; empty where it is not known."""


@dataclass
class Tally:
    """Counts made while the records were written."""

    records: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    """Field -> records that have something in it."""
    values: dict[str, Counter[str]] = field(default_factory=lambda: {"section": Counter(), "kind": Counter()})
    months: dict[str, Counter[str]] = field(default_factory=dict)
    """Month -> part -> records; the part is "" where there is only one."""
    words: int = 0
    complete: int = 0
    first: str | None = None
    last: str | None = None
    """Times of publication."""
    fetched_at: str = ""
    """Of the record that was captured last: the state that the bundle shows."""
    parts: dict[str, str] = field(default_factory=dict)
    """Story -> part, of those that have near-duplicates."""

    def add(self, record: Mapping[str, Any], month: str, part: str) -> None:
        self.records += 1
        self.filled.update(name for name, value in record.items() if value not in (None, [], ""))
        for name, counter in self.values.items():
            counter[record[name] or "-"] += 1
        self.months.setdefault(month, Counter())[part] += 1
        self.words += record["word_count"]
        self.complete += record["complete"]
        self.first = self.first or record["published_at"]
        self.last = record["published_at"]
        self.fetched_at = max(self.fetched_at, record["fetched_at"])

    def in_part(self, part: str) -> int:
        return sum(counts[part] for counts in self.months.values())
