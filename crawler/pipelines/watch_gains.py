"""Mark stories that carry what no story had before, and hold back the revisions of a revision storm."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Final

from scrapy.crawler import Crawler

from crawler.arguments import Mode, arguments_of
from crawler.clock import utc_now
from crawler.extensions.gains_watch import GainsWatch
from crawler.health.facts import PREFIX, REVISED, REVISITS
from crawler.health.lines import lines_of_text
from crawler.health.storm import differs_by_lines_only, storm_rages
from crawler.health.watch import LINE, STORM, Oddity, topics_of
from crawler.items import Article, WarcPlace
from crawler.storage import Store, Suspect
from crawler.story_item import StoryItem

_PLACE: Final = [one.name for one in fields(WarcPlace)]


class WatchGains:
    """What `StoreItems` does before it stores a story. A held capture is archived and marked; what is stored stays.

    Counts `kompas/reading/<layout>/has/<markup>` and `kompas/suspects/marked` with the story, and at once
    `kompas/reading/revisits/...`, by which it recognises a storm.
    """

    def __init__(self, crawler: Crawler, store: Store, counts: Counter[str]) -> None:
        """Keep what a story is compared with.

        :param counts: counts names below `kompas/` until the story is durable.
        """
        self.counts = counts
        self.stats = crawler.stats
        self.store = store
        self.gains = GainsWatch.of(crawler)
        self.crawls = arguments_of(crawler).mode is not Mode.ARCHIVE

    def holds(self, item: StoryItem, kept: Sequence[Article]) -> bool:
        """Count and mark what a story shows, and return whether a storm holds it back.

        :param kept: its stored revisions, in order.
        """
        self._facts(item)
        article = item.article
        topics = topics_of(article.tags, article.kind)
        self._suspect(self.gains.baseline.watch.text(article.id, article.layout, article.text, topics))
        return self.crawls and self._is_held(article, kept)

    def _facts(self, item: StoryItem) -> None:
        watch, article = self.gains.baseline.watch, item.article
        own = f"{PREFIX.removeprefix('kompas/')}{article.layout}/"
        self.counts.update(own + name for name in watch.names(item.facts))
        self._mark(watch.facts(article.id, article.url, article.layout, sorted(item.facts)))

    def _is_held(self, article: Article, kept: Sequence[Article]) -> bool:
        """Compare a story that was fetched again with what is stored; return whether a storm holds it back."""
        if not kept or not kept[-1].complete or not article.complete or article.fetched_at <= kept[-1].fetched_at:
            return False
        revised = article.content_hash not in {one.content_hash for one in kept}
        self._count_revisit(revised=revised)
        causes = self._causes(article, kept[-1]) if revised and article.provenance.warc_file else []
        held = self.gains.baseline.held
        if causes:
            self._mark(causes, [_place(article.provenance), *article.provenance.further_pages])
            held.add(article.id)
        elif article.id in held:
            self.store.suspects.release(article.id)
            held.discard(article.id)
        return bool(causes)

    def _causes(self, article: Article, stored: Article) -> list[Oddity]:
        """Return why a revision is held back: a storm, or the suspected lines that it gained, if nothing else changed.

        A story that loses such lines is revised.
        """
        base, before = self.gains.baseline, lines_of_text(stored.text)
        gained = {line: printed for line, printed in lines_of_text(article.text).items() if line not in before}
        topics = topics_of(article.tags, article.kind)
        self._suspect(base.watch.gained(article.id, article.layout, gained, topics))
        found = {line: printed for line, printed in gained.items() if line in base.lines}
        if found and article.title == stored.title and differs_by_lines_only(stored.text, article.text, base.lines):
            return [Oddity(article.id, article.layout, LINE + line, printed) for line, printed in found.items()]
        return [Oddity(article.id, article.layout, STORM, STORM)] if self._storm() else []

    def _suspect(self, odd: list[Oddity]) -> None:
        """Mark the stories with repeated lines, which the run suspects from then on."""
        self.gains.baseline.lines.update(one.what.removeprefix(LINE) for one in odd)
        self._mark(odd)

    def _storm(self) -> bool:
        return storm_rages(self.stats.get_stats(), self.gains.baseline.revisits)

    def _count_revisit(self, *, revised: bool) -> None:
        self.stats.inc_value(f"{PREFIX}{REVISITS}/articles")
        if revised:
            self.stats.inc_value(f"{PREFIX}{REVISITS}/{REVISED}")

    def _mark(self, odd: Iterable[Oddity], held: list[WarcPlace] | None = None) -> None:
        now = utc_now()
        marks = [Suspect(one.article_id, one.what, one.layout, one.printed, now, held) for one in odd]
        if marks:
            self.store.suspects.mark(marks)
            self.counts["suspects/marked"] += len(marks)


def _place(place: WarcPlace) -> WarcPlace:
    return WarcPlace(**{name: getattr(place, name) for name in _PLACE})
