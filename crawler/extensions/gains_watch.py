"""What earlier runs showed, and what this one shows beyond it, for the pipelines and the verdict of a run."""

from datetime import timedelta
from typing import Final

from scrapy.crawler import Crawler

from crawler.clock import utc_now
from crawler.extensions.open_store import OpenStore
from crawler.health.facts import REVISITS, FactCounts, from_json
from crawler.health.lines import USUAL, WIDE, LineWindow, lines_of_text
from crawler.health.watch import LINE, Watch, topics_of, usual_facts
from crawler.storage import Doubt, Told

USUAL_AFTER: Final = timedelta(days=35)
"""A thing that stories have carried for five weeks without a rule has become usual, like a fact that fell."""
RUNS: Final = 7
"""Newest runs whose marks count together: an addition to one page in twenty is told within a week."""
STORIES: Final = 3
"""Stories that must carry the same thing."""
BASELINE_RUNS: Final = 60
"""Earlier runs whose facts are usual."""


class GainsWatch:
    """Holds the `Watch` of a run and the revisits of earlier ones, made from the store before the first request."""

    def __init__(self, crawler: Crawler) -> None:
        """Read the baseline.

        :raises UnusableStore: the database cannot be read.
        """
        self.crawler = crawler
        store, run = OpenStore.of(crawler), OpenStore.run_of(crawler)
        earlier = [from_json(stored) for stored in store.runs.readings_before(run.id, BASELINE_RUNS)]
        doubts = store.suspects.doubts()
        doubted = [one for one in doubts if not _is_usual(one)]
        accepted = {line_of(one) for one in doubts if _is_usual(one)}
        self.lines = {line_of(one) for one in doubted if one.what.startswith(LINE)}
        """Normalised lines that are suspected, of this run and earlier ones."""
        usual = usual_facts(earlier, [(one.layout, one.what) for one in doubted])
        for one in doubts:
            if one.accepted:
                usual[one.layout] = usual.get(one.layout, frozenset()) | {one.what}
        self.watch = Watch(usual, LineWindow(USUAL | accepted))
        for recent in store.suspects.recent_texts(WIDE[0]) if earlier else ():
            topics = topics_of(recent.tags, recent.kind)
            self.watch.window.add(recent.article_id, lines_of_text(recent.text), topics)
        self.revisits = sum((run[REVISITS] for run in earlier if REVISITS in run), FactCounts())
        """Stories that earlier runs fetched again."""
        self.held: set[str] = {one.article_id for one in store.suspects.held()}
        """Stories of which a capture is held back."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GainsWatch":
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> "GainsWatch":
        """Return the watch of a crawl."""
        extension = crawler.get_extension(cls)
        assert extension is not None, "settings install it before its users"
        return extension

    def told(self) -> list[Told]:
        """Return what several stories carry that no story had before.

        :raises UnusableStore: the database cannot be read.
        """
        store, run = OpenStore.of(self.crawler), OpenStore.run_of(self.crawler)
        since = store.runs.began(RUNS) or run.started_at
        return store.suspects.told(since, run.started_at, STORIES)


def line_of(doubt: Doubt) -> str:
    """Return the normalised line of a mark."""
    return doubt.what.removeprefix(LINE)


def _is_usual(doubt: Doubt) -> bool:
    return doubt.accepted or utc_now() - doubt.first_seen_at > USUAL_AFTER
