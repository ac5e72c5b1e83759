"""Which facts one reading of a page shows: what it usually has, and has no longer when its markup changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, Self

from crawler.items import Article

PREFIX: Final = "kompas/reading/"
_ARTICLES: Final = "articles"

_FILLED: Final = (
    *("section", "summary", "authors", "editors", "sources", "dateline", "tags", "related", "latest", "embeds"),
    *("modified_at", "declared_word_count", "complete"),
)
"""Fields that are facts when they are neither null nor empty nor false."""

_TIMES: Final = (2, 3, 4)
"""Removals of one rule in one article that are told apart; more are not."""


@dataclass(frozen=True)
class FactCounts:
    """How many articles of one layout (or entries of one kind of list) were read, and how many showed which fact."""

    articles: int = 0
    facts: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Self) -> "FactCounts":
        return FactCounts(self.articles + other.articles, self.facts + other.facts)

    def share(self, fact: str) -> float:
        """Share of the articles that showed it; 0 without any."""
        return self.facts[fact] / self.articles if self.articles else 0.0


def facts_of(article: Article, removed: Iterable[str], older: int) -> set[str]:
    """
    :param removed: rules of cleaning that took something away.
    :param older: stories in its "Mungkin Anda melewatkan ini" box.
    """
    evidence = article.date_evidence
    facts = {name for name in _FILLED if getattr(article, name)}
    facts |= {f"time/{source}" for source in ("url", "visible", "meta", "json_ld") if getattr(evidence, source)}
    facts |= {f"block/{block.type}" for block in article.body}
    facts |= {f"embed/{embed.type}" for embed in article.embeds}
    facts |= {f"image/{image.role}" for image in article.images}
    facts |= {f"image/{image.role}/caption" for image in article.images if image.caption}
    facts |= {f"image/{image.role}/credit" for image in article.images if image.credit}
    facts |= {f"kind/{article.kind}"}
    facts |= _taken_away(Counter(removed))
    shown = {
        "time/agree": evidence.agree,
        "time/json_ld_modified": evidence.json_ld_modified is not None,
        "pages/several": article.pages > 1,
        "credit": bool(article.authors or article.editors),
        "older": older > 0,
        "latest/section": any(link.section for link in article.latest),
        "latest/time": any(link.published_at for link in article.latest),
    }
    return facts | {name for name, holds in shown.items() if holds}


def _taken_away(rules: Counter[str]) -> set[str]:
    """Each rule, and how often it fired: of three boxes that one rule takes away, one may get another name."""
    facts = {f"cleaning/{rule}" for rule in rules}
    return facts | {f"cleaning/{rule} x{times}" for rule, n in rules.items() for times in _TIMES if n >= times}


def reading_counts(article: Article, removed: Iterable[str], older: int) -> Iterator[str]:
    """Names of the statistics that count one reading, below `kompas/`."""
    own = f"{PREFIX.removeprefix('kompas/')}{article.layout}/"
    yield own + _ARTICLES
    for fact in sorted(facts_of(article, removed, older)):
        yield own + fact


class ListEntry(Protocol):
    """What is counted of an entry of an index page."""

    @property
    def markup(self) -> str: ...
    @property
    def section(self) -> str | None: ...
    @property
    def time(self) -> str | None: ...


def listing_counts(entries: Iterable[ListEntry]) -> Iterator[str]:
    """Names of the statistics that count the entries of an index page: a kind of list is read like a layout."""
    for entry in entries:
        own = f"{PREFIX.removeprefix('kompas/')}index {entry.markup}/"
        yield own + _ARTICLES
        yield from (own + name for name, said in (("section", entry.section), ("time", entry.time)) if said)


def readings_of(stats: Mapping[str, Any]) -> dict[str, FactCounts]:
    """Layout -> what a run's statistics count of it."""
    found: dict[str, FactCounts] = {}
    for name, count in stats.items():
        if not name.startswith(PREFIX):
            continue
        layout, _, fact = name.removeprefix(PREFIX).partition("/")
        articles, facts = (int(count), {}) if fact == _ARTICLES else (0, {fact: int(count)})
        found[layout] = found.get(layout, FactCounts()) + FactCounts(articles, Counter(facts))
    return found


def to_json(readings: Mapping[str, FactCounts]) -> dict[str, Any]:
    """As the store keeps them with the run."""
    return {layout: {"articles": one.articles, "facts": dict(one.facts)} for layout, one in readings.items()}


def from_json(stored: Mapping[str, Any]) -> dict[str, FactCounts]:
    """As `to_json` wrote them."""
    return {layout: FactCounts(one["articles"], Counter(one["facts"])) for layout, one in stored.items()}
