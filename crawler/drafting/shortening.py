"""Leave out the elements round an article that its reading does not need: menus, dialogs, other stories."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from crawler.drafting.tokens import Kind, Token
from crawler.kompas.pages.layouts import LAYOUTS

_VOID: Final = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_BODY: Final = re.compile(
    "|".join(
        rf"\b(?:class|id)\s*=\s*[\"'][^\"']*(?<![\w-]){re.escape(name)}(?![\w-])"
        for layout in LAYOUTS
        for query in layout.bodies
        for name in re.findall(r"[.#]([\w-]+)", query)
    )
)
_STAYING: Final = re.compile(
    r"<(?:!doctype|meta|h1)\b|<link\b[^>]*\bcanonical\b|<script\b(?:[^>]*\bld\+json\b|.*\bkeywordBrandSafety\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Pieces that stay though the reading may not need them: it chooses among several."""
_SHORT_PAGE: Final = 50_000
"""Characters up to which a page stays whole."""

IsSame = Callable[[list[Token]], bool]
"""Whether a page, given as its pieces, is still read as before."""
Span = tuple[int, int]
"""First and last piece of an element."""


def shorten(tokens: list[Token], is_same: IsSame) -> list[Token]:
    """Return a long page without the elements outside the body of the article that its reading does not need.

    Inside the body everything stays: there the form of the page is. A page without a body stays whole.
    """
    body = next((place for place, token in enumerate(tokens) if _is_body(token)), None)
    if body is None or sum(len(token.text) for token in tokens) <= _SHORT_PAGE:
        return tokens
    ends = _ends(tokens)
    story = range(body, ends.get(body, len(tokens) - 1) + 1)
    staying = {*story, *(place for place, token in enumerate(tokens) if _STAYING.match(token.text))}
    gone: set[int] = set()
    waiting = [list(_elements(ends, 0, len(tokens) - 1))]
    while waiting:
        spans = waiting.pop(0)
        places = {place for start, stop in spans for place in range(start, stop + 1)}
        if places.isdisjoint(staying) and is_same(_without(tokens, gone | places)):
            gone |= places
        elif len(spans) > 1:
            waiting += [spans[: len(spans) // 2], spans[len(spans) // 2 :]]
        elif spans[0][0] != body and (inside := list(_elements(ends, spans[0][0] + 1, spans[0][1] - 1))):
            waiting.append(inside)
    return _without_blanks(_without(tokens, gone), body - sum(place < body for place in gone))


def _elements(ends: dict[int, int], first: int, last: int) -> Iterator[Span]:
    """Yield the outermost elements between two places."""
    place = first
    while place <= last:
        if place in ends:
            yield place, ends[place]
            place = ends[place]
        place += 1


def _ends(tokens: list[Token]) -> dict[int, int]:
    """Return the place of each closed element, script and comment, with the place where it ends."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind in (Kind.SCRIPT, Kind.COMMENT) or token.name in _VOID:
            found[place] = place
        elif token.is_end:
            start = next((start for start in reversed(waiting) if tokens[start].name == token.name), None)
            if start is not None:
                del waiting[waiting.index(start) :]
                found[start] = place
        elif token.name:
            waiting.append(place)
    return found


def _is_body(token: Token) -> bool:
    return bool(token.name) and not token.is_end and _BODY.search(token.text) is not None


def _without(tokens: list[Token], gone: set[int]) -> list[Token]:
    return [token for place, token in enumerate(tokens) if place not in gone]


def _without_blanks(tokens: list[Token], body: int) -> list[Token]:
    """Return the page with one line break for each run of blank texts before the body."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        if place > body or token.kind is not Kind.TEXT or token.text.strip() or "\n" not in token.text:
            kept.append(token)
        elif not (kept and kept[-1].text == "\n"):
            kept.append(Token(Kind.TEXT, "\n"))
    return kept
