"""The facts that one reading of a page shows: a change of the markup makes some of them rarer."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, Self

from crawler.items import Article

PREFIX: Final = "kompas/reading/"
MARKUP: Final = "has/"
"""Beginning of the facts that name markup of the story (see `kompas.cleaning.names`)."""
_ARTICLES: Final = "articles"
REVISITS: Final = "revisits"
"""Kind of reading, beside the layouts, that counts the stories fetched again."""
REVISED: Final = "revised"
"""Its fact: the story has another text than before."""
_UNCHANGED: Final = "kompas/visits/unchanged"
"""Statistic of the stories whose server said that they are unchanged: they were fetched again, too."""

_FILLED: Final = (
    *("section", "summary", "authors", "editors", "sources", "dateline", "tags", "related", "latest", "embeds"),
    *("modified_at", "declared_word_count", "complete"),
)
"""Fields that are facts when they are neither null nor empty nor false."""

_PRINTED: Final = ("authors", "editors", "sources", "tags")
"""Fields that a meta tag states too: `markup/<field>` is a fact when the page prints it in a known markup."""

_TIMES: Final = (2, 3, 4)
"""Counts of removals by one rule in one article that are separate facts; higher counts are not."""


@dataclass(frozen=True)
class FactCounts:
    """Number of articles of one layout (or entries of one kind of list), and how many of them showed each fact."""

    articles: int = 0
    facts: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Self) -> "FactCounts":
        return FactCounts(self.articles + other.articles, self.facts + other.facts)

    def share(self, fact: str) -> float:
        """Return the share of the articles that showed a fact; 0 without articles."""
        return self.facts[fact] / self.articles if self.articles else 0.0


def facts_of(
    article: Article,
    removed: Iterable[str],
    older: int,
    fallbacks: Collection[str] = (),
    signs: Collection[str] = (),
) -> set[str]:
    """Return the facts that one article shows.

    :param removed: rules of cleaning, once for each piece of text that they removed.
    :param older: number of stories in its "Mungkin Anda melewatkan ini" box.
    :param fallbacks: fields that only a meta tag states (see `kompas.credits`).
    :param signs: facts that no record has (see `kompas.signs`).
    """
    evidence = article.date_evidence
    facts = {name for name in _FILLED if getattr(article, name)}
    printed = {name for name in _PRINTED if getattr(article, name) and name not in fallbacks}
    facts |= {f"markup/{name}" for name in printed}
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
        "markup/credit": bool(printed & {"authors", "editors"}),
        "older": older > 0,
        "latest/section": any(link.section for link in article.latest),
        "latest/time": any(link.published_at for link in article.latest),
    }
    return facts | {name for name, holds in shown.items() if holds} | set(signs)


def _taken_away(rules: Counter[str]) -> set[str]:
    """Return each rule and how often it fired: of three boxes that one rule removes, one may get another name."""
    facts = {f"cleaning/{rule}" for rule in rules}
    return facts | {f"cleaning/{rule} x{times}" for rule, n in rules.items() for times in _TIMES if n >= times}


def reading_stats(
    article: Article,
    removed: Sequence[str],
    older: int,
    fallbacks: Collection[str] = (),
    signs: Collection[str] = (),
) -> Iterator[str]:
    """Yield the names of all statistics of one reading, below `kompas/`.

    A time of publication after the capture is doubtful, not wrong: clocks of archives differ. The record is kept.

    The parameters are those of `facts_of`.
    """
    yield f"layout/{article.layout}"
    yield from (f"cleaning/{rule}" for rule in removed)
    if article.published_at > article.fetched_at:
        yield "doubtful/published_at"
    yield from reading_counts(article, removed, older, fallbacks, signs)


def reading_counts(
    article: Article,
    removed: Iterable[str],
    older: int,
    fallbacks: Collection[str] = (),
    signs: Collection[str] = (),
) -> Iterator[str]:
    """Yield the names of the statistics that count the facts of one reading, below `kompas/`.

    Names of markup have no limit: `health.watch` counts them.
    """
    own = f"{PREFIX.removeprefix('kompas/')}{article.layout}/"
    yield own + _ARTICLES
    for fact in sorted(facts_of(article, removed, older, fallbacks, signs)):
        if not fact.startswith(MARKUP):
            yield own + fact


class ListEntry(Protocol):
    """The part of an index entry that is counted."""

    @property
    def markup(self) -> str: ...
    @property
    def section(self) -> str | None: ...
    @property
    def time(self) -> str | None: ...


def listing_counts(entries: Iterable[ListEntry]) -> Iterator[str]:
    """Yield the names of the statistics that count the entries of an index page: a kind of list counts as a layout."""
    for entry in entries:
        own = f"{PREFIX.removeprefix('kompas/')}index {entry.markup}/"
        yield own + _ARTICLES
        yield from (own + name for name, said in (("section", entry.section), ("time", entry.time)) if said)


def readings_of(stats: Mapping[str, Any]) -> dict[str, FactCounts]:
    """Return layout -> the counts in the statistics of a run."""
    found: dict[str, FactCounts] = {}
    if stats.get(_UNCHANGED):
        found[REVISITS] = FactCounts(int(stats[_UNCHANGED]))
    for name, count in stats.items():
        if not name.startswith(PREFIX):
            continue
        layout, _, fact = name.removeprefix(PREFIX).partition("/")
        articles, facts = (int(count), {}) if fact == _ARTICLES else (0, {fact: int(count)})
        found[layout] = found.get(layout, FactCounts()) + FactCounts(articles, Counter(facts))
    return found


def to_json(readings: Mapping[str, FactCounts]) -> dict[str, Any]:
    """Return the counts as the store keeps them with the run."""
    return {layout: {"articles": one.articles, "facts": dict(one.facts)} for layout, one in readings.items()}


def from_json(stored: Mapping[str, Any]) -> dict[str, FactCounts]:
    """Return the counts that `to_json` wrote."""
    return {layout: FactCounts(one["articles"], Counter(one["facts"])) for layout, one in stored.items()}
