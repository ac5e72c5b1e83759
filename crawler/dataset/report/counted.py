"""The counts of a report, made in one pass over the records."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from crawler.clock import WIB
from crawler.dataset.release import Tally
from crawler.dataset.splits import clusters_of

LENGTH_STEP: Final = 50
"""Width of a bar of the length distribution, in words."""


@dataclass
class Numbers:
    """Counts over the latest revisions. Days and months are those of publication, in Jakarta."""

    coverage: list[dict[str, Any]]
    """As in `release.Release`."""
    runs: list[dict[str, Any]]
    """As in `release.Release`, oldest first, with `counts`."""
    pairs: list[tuple[str, str, float]]
    """Near-duplicates."""
    tally: Tally = field(default_factory=Tally)
    days: Counter[str] = field(default_factory=Counter)
    agencies: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    """Code of a country that title or text mention -> articles."""
    reported_from: Counter[str] = field(default_factory=Counter)
    """Code of the country of a dateline -> articles."""
    datelines: Counter[str] = field(default_factory=Counter)
    tags: dict[str, Counter[str]] = field(default_factory=dict)
    """Tag -> month -> articles."""
    lengths: Counter[int] = field(default_factory=Counter)
    """Lower edge of a bar, in words -> articles."""
    revisions: Counter[int] = field(default_factory=Counter)
    """Number of revisions -> stories."""
    titles: dict[str, str] = field(default_factory=dict)
    """Of the stories that have near-duplicates."""

    def add_all(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Count all records.

        :param records: the latest revision of each story.
        """
        self.clusters = clusters_of((one, other) for one, other, _ in self.pairs)
        for record in records:
            day = f"{datetime.fromisoformat(record['published_at']).astimezone(WIB):%Y-%m-%d}"
            self.tally.add(record, day[:7], "")
            self.days[day] += 1
            self.agencies.update(sorted(set(record["agencies"])))
            self.countries.update(sorted(set(record["countries"])))
            if record["dateline_country"]:
                self.reported_from[record["dateline_country"]] += 1
            if record["dateline"]:
                self.datelines[record["dateline"]] += 1
            for tag in sorted(set(record["tags"])):
                self.tags.setdefault(tag, Counter())[day[:7]] += 1
            self.lengths[record["word_count"] // LENGTH_STEP * LENGTH_STEP] += 1
            self.revisions[record["revision"]] += 1
            if record["id"] in self.clusters:
                self.titles[record["id"]] = record["title"]

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Return the index days that were requested; `coverage` also has days of the span that no run requested."""
        return [day for day in self.coverage if day["asked"]]

    def every_day(self) -> list[tuple[str, int, str]]:
        """Return day, articles and gap for each day from the first to the last.

        A gap is a day that is short in the ledger or has no article; its text says which, and is empty for other days.
        Without a ledger there are no gaps: what the site published is not known.
        """
        asked = self.asked
        short = {day["day"]: "; ".join(day["short"]) for day in asked if day["short"]}
        known = sorted({*self.days, *(day["day"] for day in asked)})
        if not known:
            return []
        first, last = date.fromisoformat(known[0]), date.fromisoformat(known[-1])
        names = [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]
        empty = "no article" if asked else ""
        return [(day, self.days[day], short.get(day) or ("" if self.days[day] else empty)) for day in names]

    def groups(self) -> list[list[str]]:
        """Return the clusters of near-duplicates with at least two of the records, the largest first; ids in order."""
        members: dict[str, list[str]] = {}
        for story in sorted(self.titles):
            members.setdefault(self.clusters[story], []).append(story)
        return sorted((group for group in members.values() if len(group) > 1), key=lambda group: (-len(group), group))
