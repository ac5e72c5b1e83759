"""Say of each text of a body element where it went: into a field, away by a named rule, or nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas.cleaning.audit import squeezed, texts_below
from crawler.kompas.cleaning.body import Body

UNACCOUNTED: Final = "UNACCOUNTED"
_FIELDS: Final = (
    # beginning of a rule, and the fields that hold what it took
    ("dateline/", "dateline"),
    ("byline/", "authors, editors"),
    ("photo/", "images"),
    ("embed/", "embeds"),
    ("related/unlinked", None),
    ("related/label", None),
    ("related/", "related"),
    ("box/verdict", "claim_verdict"),
)
_CELLS: Final = "|"
"""Sign that a block has between the cells of a table, and the page has not."""


@dataclass(frozen=True)
class TextAccount:
    """One text of the page, and where its letters went."""

    text: str
    places: tuple[str, ...]
    """In order; more than one where it was cut: `dateline (dateline/opening)`, `body 1 (paragraph)`."""

    @property
    def is_whole(self) -> bool:
        """Whether all of the text is accounted for."""
        return UNACCOUNTED not in self.places


@dataclass
class _Output:
    """A text that cleaning gave out, read from its start to its end."""

    place: str
    rest: str


def account(element: Element, body: Body) -> list[TextAccount]:
    """Return the texts below a body element that print, in order, each with where it went.

    Blocks come in the order of the page, removals in that of the passes. Each is followed from its start; letters
    belong to what goes on longest like the page from there on.
    """
    blocks = [
        _Output(f"body {number} ({block.type})", squeezed([block.text]))
        for number, block in enumerate(body.blocks, start=1)
    ]
    removed = [_Output(_named(removal.rule), squeezed([removal.text])) for removal in body.removed]
    texts = [(text, squeezed([text])) for text in texts_below(element)]
    page = "".join(letters for _, letters in texts)
    found, start = [], 0
    for text, letters in texts:
        end = start + len(letters)
        if letters:
            found.append(TextAccount(text, tuple(dict.fromkeys(_places(page, start, end, blocks, removed)))))
        start = end
    return found


def _places(page: str, start: int, end: int, blocks: list[_Output], removed: list[_Output]) -> Iterator[str]:
    """Yield where the letters of one text went, and take them from what holds them."""
    while start < end:
        while blocks and not blocks[0].rest.strip(_CELLS):
            blocks.pop(0)
        if blocks and page[start] != _CELLS:
            blocks[0].rest = blocks[0].rest.lstrip(_CELLS)
        shared = [(_shared(page, start, output.rest), output) for output in (*blocks[:1], *removed)]
        length, output = max(shared, key=lambda one: one[0], default=(0, None))
        if output is None or not length:
            yield UNACCOUNTED
            start += 1
            continue
        taken = min(length, end - start)
        yield output.place
        output.rest = output.rest[taken:]
        start += taken


def _shared(page: str, start: int, rest: str) -> int:
    """Return how many letters the page from a place on has in common with what is left of an output."""
    return next(
        (number for number, letter in enumerate(rest) if not page.startswith(letter, start + number)), len(rest)
    )


def _named(rule: str) -> str:
    field = next((field for beginning, field in _FIELDS if rule.startswith(beginning)), None)
    return f"{field} ({rule})" if field else f"removed ({rule})"
