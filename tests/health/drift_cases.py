"""What a run says when the site renames one thing on its pages, read by the project's own code."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from crawler.errors import PageError
from crawler.health.days import MIN_SHARE
from crawler.health.drift import alarms
from crawler.health.facts import FactCounts, facts_of, listing_counts, readings_of
from crawler.items import Article, Discovery
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.listing import front_links, read_index
from crawler.kompas.reading import Reading
from crawler.kompas.response import SiteResponse
from crawler.kompas.sections import front_urls, index_sites
from crawler.kompas.urls import ALL_PAGES, index_url, page_number, page_url, story_urls
from crawler.ledger_facts import IndexDay
from crawler.spiders.index_walk import IndexWalk
from tests.health.markup_targets import labels_in, relabelled, renamed, targets_in, words
from tests.health.written_markup import written_pages
from tests.site.site import Site
from tests.test_fixture_pages import FOLDERS

LAYOUTS: Final = ("read", "current", "kcm_read")
SITE_PAGES: Final = 7
"""Of each layout: the first of the look-alike's stories, specials among them; with the fixture pages, some twenty."""
ENOUGH: Final = 2
"""Pages that show a target; further ones are left out, unless they show another one."""
RUN: Final = 1000
"""Number of articles that the judged run and each earlier run have read; pages are counted several times to reach it.
It is about a month of the index: a single night says less about a fact that one page in twenty shows."""
FETCHED_AT: Final = datetime(2026, 11, 1, tzinfo=UTC)
FOUND: Final = Discovery("urls", None)


@dataclass(frozen=True)
class Case:
    """One thing renamed on the pages of one layout, or on the lists."""

    target: str
    where: str
    """Layout, `index` or `front`."""
    pages: int
    """Pages that have it."""
    alarms: tuple[str, ...]
    """What the verdict says, by name."""
    changed: int
    """Of them, so many gave another record, or none."""

    @property
    def silent(self) -> bool:
        """Return whether a record changed without an alarm."""
        return self.changed > 0 and not self.alarms


@dataclass(frozen=True)
class Outcome:
    """What became of one page."""

    failure: str | None
    record: str
    """Empty for a failure."""
    facts: frozenset[str]


def read(url: str, page: bytes) -> Outcome:
    """One page through layout, loader and cleaning."""
    reading = Reading(FOUND)
    try:
        reading.add(SiteResponse(url, url, 200, [], page, FETCHED_AT), page_number(url))
        wanted, found = reading.wanted(), reading.finish()
    except PageError as error:
        return Outcome(error.reason, "", frozenset())
    said = [record(found.article), sorted(entry.url for entry in found.older), wanted]
    facts = facts_of(found.article, found.removed, len(found.older), found.fallbacks)
    return Outcome(None, json.dumps(said, default=str), frozenset(facts))


def record(article: Article) -> dict[str, Any]:
    """Return what the record says of the story; which source of time was absent is a fact of its own."""
    said = asdict(replace(article, discovery=FOUND))
    evidence = said.pop("date_evidence")
    return {**said, "chosen": evidence["chosen"]}


@cache
def pages_of(layout: str) -> dict[str, bytes]:
    """Address -> page, as far as the page can be read."""
    site = Site()
    stories = [story for story in site.stories.values() if story.layout == layout and not story.trouble]
    found = {url: site.respond(url).body for url in (page_url(story.url, ALL_PAGES) for story in stories[:SITE_PAGES])}
    for folder in FOLDERS:
        if folder.parent.name == layout:
            url = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["url"]
            found[url] = (folder / "page.html").read_bytes()
    return _varied(found)


def _varied(pages: dict[str, bytes]) -> dict[str, bytes]:
    """Return the pages that show a target, or a kind, of which fewer than `ENOUGH` before do: each costs every case."""
    kept: dict[str, bytes] = {}
    shown: Counter[str] = Counter()
    for url, page in pages.items():
        kinds = {fact for fact in read(url, page).facts if fact.startswith("kind/")}
        targets = (targets_in([page]) & words()) | kinds
        if any(shown[target] < ENOUGH for target in targets):
            kept[url] = page
            shown.update(targets)
    return kept


@cache
def unchanged(layout: str) -> dict[str, Outcome]:
    return {url: read(url, page) for url, page in pages_of(layout).items()}


@cache
def article_cases(layout: str) -> tuple[Case, ...]:
    """Every target of the selectors that stands on a page of the layout."""
    return tuple(_article_cases(layout))


def _article_cases(layout: str) -> Iterator[Case]:
    pages = pages_of(layout)
    for target in sorted(targets_in(pages.values()) & words()):
        yield from _case(target, layout, {url: renamed(page, target) for url, page in pages.items()})
    for label in sorted(labels_in(pages.values())):
        yield from _case(f"“{label}”", layout, {url: relabelled(page, label) for url, page in pages.items()})


def _case(target: str, layout: str, mutated: dict[str, bytes]) -> Iterator[Case]:
    pages, before = pages_of(layout), unchanged(layout)
    touched = {url: read(url, page) for url, page in mutated.items() if page != pages[url]}
    changed = {url: outcome for url, outcome in touched.items() if outcome.record != before[url].record}
    if touched:
        said = tuple(_said(touched, before)) or tuple(_said(changed, before))
        yield Case(target, layout, len(touched), said, len(changed))


@cache
def written_cases() -> tuple[Case, ...]:
    """Every target in markup that stands on no other page of the tests."""
    return tuple(sorted(set(_written_cases()), key=lambda case: (case.where, case.target, case.alarms)))


def _written_cases() -> Iterator[Case]:
    for layout, url, page, new in written_pages():
        before = {url: read(url, page)}
        assert not before[url].failure, before[url].failure
        names = [(name, renamed(page, name)) for name in sorted(targets_in([new]) & words())]
        names += [(f"“{label}”", relabelled(page, label)) for label in sorted(labels_in([new]))]
        for name, mutated in names:
            after = {url: read(url, mutated)}
            changed = after[url].record != before[url].record
            if mutated != page:
                yield Case(name, f"{layout}, written in", 1, tuple(_said(after, before)), int(changed))


def _said(after: dict[str, Outcome], before: dict[str, Outcome]) -> Iterator[str]:
    """Failures by name, then the facts that fell."""
    yield from sorted({outcome.failure for outcome in after.values() if outcome.failure})
    now, usual = {"pages": reading_of(after.values())}, {"pages": reading_of(before[url] for url in after)}
    yield from sorted(alarm.fact for alarm in alarms(now, [usual]))


def reading_of(outcomes: Iterable[Outcome]) -> FactCounts:
    """A run over such pages."""
    read_well = [outcome.facts for outcome in outcomes if outcome.failure is None]
    times = RUN // max(len(read_well), 1)
    return FactCounts(
        times * len(read_well),
        Counter({fact: times * n for fact, n in Counter(f for s in read_well for f in s).items()}),
    )


DAYS: Final = (date(2016, 2, 16), date(2021, 4, 22), date(2026, 4, 17), date(2026, 4, 10))
"""A day of each generation of lists, and one without stories."""


@cache
def list_cases() -> tuple[Case, ...]:
    """Every target of the selectors that stands on an index page."""
    return tuple(_list_cases())


def _list_cases() -> Iterator[Case]:
    site = Site()
    for day in DAYS:
        before, _, usual = walk(site, day, None)
        for target in sorted(targets_in(index_pages(site, day).values()) & words()):
            listed, said, now = walk(site, day, target)
            fell = (alarm.fact for alarm in alarms(_scaled(now), [_scaled(usual)]))
            thin = ["thin index day"] if listed < before * MIN_SHARE else []
            changed = int(bool(said) or listed != before or _shares(now) != _shares(usual))
            where = f"index {day.year}" + ("" if before else ", an empty day")
            yield Case(target, where, 1, (*sorted(said), *thin, *fell), changed)


def index_pages(site: Site, day: date) -> dict[str, bytes]:
    (kanal,) = index_sites(day)
    return {url: site.respond(url).body for url in (index_url(kanal, day, number) for number in (1, 2, 3))}


def walk(site: Site, day: date, target: str | None) -> tuple[int, set[str], dict[str, FactCounts]]:
    """Stories that a walk through the day lists, what failed, and what the entries show."""
    (kanal,) = index_sites(day)
    onward: IndexWalk | None = IndexWalk(IndexDay(kanal, day, index_url(kanal, day)))
    listed, failed, stats = 0, set[str](), Counter[str]()
    while onward:
        url = index_url(kanal, day, onward.page)
        page = site.respond(url).body
        try:
            raw = read_index(Document(url, renamed(page, target) if target else page))
            fact, onward = onward.read(raw, url, FETCHED_AT)
        except PageError as error:
            failed.add(type(error).__name__)
            break
        listed += sum(entry.excluded is None for entry in fact.entries)
        stats.update(f"kompas/{name}" for name in listing_counts(raw.entries))
    return listed, failed, readings_of(stats)


def _shares(readings: dict[str, FactCounts]) -> dict[str, dict[str, float]]:
    return {name: {fact: one.share(fact) for fact in one.facts} for name, one in readings.items()}


def _scaled(readings: dict[str, FactCounts]) -> dict[str, FactCounts]:
    return {
        name: FactCounts(50 * one.articles, Counter({fact: 50 * n for fact, n in one.facts.items()}))
        for name, one in readings.items()
    }


def front_cases() -> Iterator[Case]:
    """A front is read by its links alone: no name on it matters."""
    site = Site()
    for url in front_urls():
        page = site.respond(url).body
        before = story_urls(front_links(Document(url, page)))
        for target in sorted(targets_in([page]) & words()):
            after = story_urls(front_links(Document(url, renamed(page, target))))
            yield Case(target, "front", 1, (), int(after != before))
