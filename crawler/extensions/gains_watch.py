"""What earlier runs showed, and what this one shows beyond it, for the pipelines and the verdict of a run."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Final

from scrapy.crawler import Crawler

from crawler.clock import utc_now
from crawler.extensions.open_store import OpenStore
from crawler.health.facts import REVISITS, FactCounts, from_json
from crawler.health.lines import USUAL, WIDE, LineWindow, lines_of_text
from crawler.health.watch import LINE, Watch, topics_of, usual_facts
from crawler.storage import Addition, Doubt

USUAL_AFTER: Final = timedelta(days=35)
"""A thing that stories have carried for five weeks without a rule has become usual, like a fact that fell."""
RUNS: Final = 7
"""Newest runs whose marks count together: an addition to one page in twenty is reported within a week."""
STORIES: Final = 3
"""Stories that must carry the same thing."""
USUAL_RUNS: Final = 60
"""Earlier runs whose facts are usual."""


@dataclass
class Baseline:
    """What was usual before the run, and the marks of earlier runs."""

    watch: Watch
    lines: set[str]
    """Normalised lines that are suspected; the run adds its own."""
    revisits: FactCounts
    """Stories that earlier runs fetched again."""
    held: set[str]
    """Stories of which a capture is held back."""


class GainsWatch:
    """Holds what the stories of a run are compared with. Scrapy gives no extension to another one that is being made,
    so that the baseline is read with the first story."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GainsWatch":
        return cls(crawler)

    @cached_property
    def baseline(self) -> Baseline:
        """The baseline, as the store has it before the first story.

        :raises UnusableStore: the database cannot be read.
        """
        store, run = OpenStore.of(self.crawler), OpenStore.run_of(self.crawler)
        earlier = [from_json(stored) for stored in store.runs.readings_before(run.id, USUAL_RUNS)]
        doubts = store.suspects.doubts()
        usual = [one for one in doubts if _is_usual(one)]
        doubted = [one for one in doubts if not _is_usual(one)]
        facts = usual_facts(earlier, [(one.layout, one.what) for one in doubted])
        for one in usual:
            facts[one.layout] = facts.get(one.layout, frozenset()) | {one.what}
        watch = Watch(facts, LineWindow(USUAL | _lines(usual)))
        for recent in store.suspects.recent_texts(WIDE[0]):
            watch.window.before += 1
            topics = topics_of(recent.tags, recent.kind)
            watch.window.add(recent.article_id, lines_of_text(recent.text), topics)
        revisits = sum((one[REVISITS] for one in earlier if REVISITS in one), FactCounts())
        held = {one.article_id for one in store.suspects.held()}
        return Baseline(watch, set(_lines(doubted)), revisits, held)

    @classmethod
    def of(cls, crawler: Crawler) -> "GainsWatch":
        """Return the watch of a crawl."""
        extension = crawler.get_extension(cls)
        assert extension is not None, "settings install it before its users"
        return extension

    def additions(self) -> list[Addition]:
        """Return what several stories carry that no story had before.

        :raises UnusableStore: the database cannot be read.
        """
        store, run = OpenStore.of(self.crawler), OpenStore.run_of(self.crawler)
        since = store.runs.began(RUNS) or run.started_at
        return store.suspects.additions(since, run.started_at, STORIES)


def _lines(doubts: list[Doubt]) -> frozenset[str]:
    return frozenset(one.what.removeprefix(LINE) for one in doubts if one.what.startswith(LINE))


def _is_usual(doubt: Doubt) -> bool:
    return doubt.accepted or utc_now() - doubt.first_seen_at > USUAL_AFTER
