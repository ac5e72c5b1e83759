"""Nights of a crawl, simulated: what each run counts, marks and says, without a site and a store."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from crawler.errors import PageError
from crawler.health.drift import alarms
from crawler.health.facts import FactCounts, facts_of
from crawler.health.gain_reasons import gains
from crawler.health.watch import Oddity, Watch, topics_of, usual_facts
from crawler.items import Discovery
from crawler.kompas.reading import Reading
from crawler.kompas.response import SiteResponse
from crawler.kompas.urls import page_number
from crawler.storage import Addition
from tests.make import CAPTURED_AT

RUNS: Final = 7
STORIES: Final = 3
BASELINE: Final = 60
"""As in `extensions.gains_watch`."""


@dataclass(frozen=True)
class Seen:
    """What a run takes of one page."""

    story: str
    layout: str
    facts: frozenset[str]
    text: str
    topics: frozenset[str]


def seen(url: str, page: bytes) -> Seen | None:
    """Return what a run takes of a page; None for one that makes no article."""
    reading = Reading(Discovery("urls", None))
    try:
        reading.add(SiteResponse(url, url, 200, [], page, CAPTURED_AT), page_number(url))
        read = reading.finish()
    except PageError:
        return None
    article = read.article
    facts = facts_of(article, read.removed, len(read.older), read.fallbacks, read.signs)
    return Seen(article.id, article.layout, frozenset(facts), article.text, topics_of(article.tags, article.kind))


@dataclass
class Nights:
    """Runs one behind the other."""

    earlier: list[dict[str, FactCounts]] = field(default_factory=list)
    """Readings, newest first."""
    watch: Watch = field(default_factory=lambda: Watch({}))
    marks: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """Layout, thing, story -> night in which it was last seen."""
    printed: dict[str, str] = field(default_factory=dict)
    number: int = 0
    fell: list[str] = field(default_factory=list)
    """What the last night says about facts that fell."""

    def run(self, stories: Iterable[Seen]) -> list[str]:
        """Return what a night says about additions."""
        self.number += 1
        doubted = {(layout, what) for layout, what, _ in self.marks}
        self.watch.usual = usual_facts(self.earlier[:BASELINE], doubted)
        now: dict[str, FactCounts] = {}
        for one in stories:
            now[one.layout] = now.get(one.layout, FactCounts()) + FactCounts(1, Counter(one.facts))
            self._mark(self.watch.facts(one.story, one.story, one.layout, one.facts))
            self._mark(self.watch.text(one.story, one.layout, one.text, one.topics))
        said = list(gains(now, self.earlier, self._additions(), self.watch.examples))
        self.fell = [alarm.sentence for alarm in alarms(now, self.earlier)]
        self.watch.window.before += sum(one.articles for one in now.values())
        self.earlier = [now, *self.earlier][:120]
        return said

    def _mark(self, odd: Iterable[Oddity]) -> None:
        for one in odd:
            self.marks[(one.layout, one.what, one.article_id)] = self.number
            self.printed[one.what] = one.printed

    def _additions(self) -> list[Addition]:
        recent = [key for key, night in self.marks.items() if night > self.number - RUNS]
        counts: Mapping[tuple[str, str], int] = Counter((layout, what) for layout, what, _ in recent)
        tonight = {(layout, what) for (layout, what, _), night in self.marks.items() if night == self.number}
        return [
            Addition(layout, what, self.printed[what], number, "")
            for (layout, what), number in counts.items()
            if number >= STORIES and (layout, what) in tonight
        ]
