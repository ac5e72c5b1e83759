"""The options that select articles, the same in every command that has them."""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from crawler.commands.spans import add_span, days_of, moments_of
from crawler.errors import BadArgument
from crawler.kompas.agencies import agencies_of
from crawler.kompas.geography import country_code
from crawler.kompas.text.folding import fold
from crawler.storage import Revisions, Selection, Store, shown, terms_of

_NAMED: Final = 8
"""Most values that a message names."""


@dataclass(frozen=True)
class ValueFilter:
    """An option that keeps the articles with one of its values."""

    option: str
    field: str
    """Of `Selection`."""
    columns: tuple[str, ...]
    """Fields of a record that hold the values."""
    meaning: str
    other_names: Callable[[str], Iterable[str | None]] = lambda word: (word,)
    """Return the values that a word of the user names."""


VALUE_FILTERS: Final = (
    ValueFilter("section", "sections", ("section",), "kanal, such as Global"),
    ValueFilter("kind", "kinds", ("kind",), "kind of story, such as article, digest, column"),
    ValueFilter(
        "agency", "agencies", ("agencies",), "agency, such as Reuters", lambda word: agencies_of([word]) or [word]
    ),
    ValueFilter(
        "country",
        "countries",
        ("countries", "dateline_country"),
        "country mentioned or reported from, such as UA or Ukraina",
        lambda word: [country_code(word)],
    ),
    ValueFilter("tag", "tags", ("tags",), "tag"),
    ValueFilter("author", "authors", ("authors",), "writer"),
)
SELECTING: Final = ("since", "until", "search", *(one.option for one in VALUE_FILTERS), "complete", "revisions")
"""Options that select articles."""


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the options, but for the search: a command may take its words as arguments."""
    add_span(parser)
    group = parser.add_argument_group(
        "filters",
        "Articles meet all of them. Several values, with commas or by giving an option again, mean: one of these. "
        "Capitals and accents do not matter. A value that no article has is refused.",
    )
    for one in VALUE_FILTERS:
        group.add_argument(f"--{one.option}", metavar="NAMES", action="append", help=one.meaning)


def selection_of(store: Store, opts: argparse.Namespace, search: str | None) -> Selection:
    """Return which articles the options select.

    :param search: words that title and text have; None for no search.
    :raises BadArgument: a value is in no article, a text is not a day, or a search has no word.
    """
    since, until = moments_of(days_of(opts))
    terms = () if search is None else terms_of(search)
    if search is not None and not terms:
        raise BadArgument(f'the search "{search}" has no word; give words, "a phrase" or beginnings, such as ukrain*')
    values = {one.field: _values(store, one, getattr(opts, one.option) or ()) for one in VALUE_FILTERS}
    return Selection(
        since=since,
        until=until,
        terms=terms,
        complete_only=getattr(opts, "complete", False),
        revisions=Revisions(getattr(opts, "revisions", None) or "latest"),
        **values,
    )


def conditions_text(opts: argparse.Namespace, search: str | None) -> str:
    """Return the filters as the user typed them; empty if there are none."""
    typed = {name: getattr(opts, name, None) for name in SELECTING} | {"search": search}
    return " ".join(_typed(name, value) for name, value in typed.items() if value)


def _typed(name: str, value: str | list[str] | bool) -> str:
    if value is True:
        return f"--{name}"
    return " ".join(f"--{name} {one}" for one in (value if isinstance(value, list) else [value]))


def _values(store: Store, wanted: ValueFilter, typed: Iterable[str]) -> frozenset[str]:
    """Return the values of the store that the user means.

    :param typed: each a value, or several with commas between them.
    :raises BadArgument: no article has one of them.
    """
    if not typed:
        return frozenset()
    counted = store.values(*wanted.columns)
    known: dict[str, set[str]] = defaultdict(set)
    for value in counted:
        known[fold(value)].add(value)
    found: set[str] = set()
    for text in typed:
        for word in [text] if _meant(wanted, text, known) else text.split(","):
            meant = _meant(wanted, word, known)
            if not meant:
                raise BadArgument(
                    f"no article in the store {shown(store.target)} has the {wanted.option} {word.strip()}; "
                    f"there are {_some_of(counted, word)}"
                )
            found |= meant
    return frozenset(found)


def _meant(wanted: ValueFilter, word: str, known: Mapping[str, set[str]]) -> set[str]:
    """Return the values that a word names, without regard to capitals, accents and punctuation."""
    names = (word.strip(), *wanted.other_names(word.strip()))
    return set().union(*(known.get(fold(name), set()) for name in names if name))


def _some_of(counted: Counter[str], word: str) -> str:
    """Return the values that are like a word, then the most frequent ones, as text."""
    often = sorted(counted, key=lambda value: (-counted[value], value))
    named = list(dict.fromkeys((*_nearest(word, often), *often)))
    others = f" and {len(named) - _NAMED:,} others" if len(named) > _NAMED else ""
    return (", ".join(named[:_NAMED]) or "none") + others


def _nearest(word: str, values: Iterable[str]) -> Iterator[str]:
    """Yield the values that are like a word, the most similar first."""
    folded = {fold(value): value for value in values}
    for name in get_close_matches(fold(word), folded, n=_NAMED, cutoff=0.6):
        yield folded[name]
