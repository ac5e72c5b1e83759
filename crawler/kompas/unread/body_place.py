"""The element that holds the text of a story: the box with the most prose."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas.pages.document import Document
from crawler.kompas.pages.printed import printed
from crawler.kompas.text.datelines import split_dateline
from crawler.kompas.tree import CODE
from crawler.kompas.unread.paths import path_of
from crawler.kompas.unread.stated import whole_text
from crawler.kompas.unread.texts import is_below, letters_of

_EQUAL: Final = 0.5
"""Share of the fullest box's prose from which on a box beside it holds a part of the story too."""
_SENTENCE: Final = 25
"""Letters of a piece of text that counts as prose where nothing states the story's text. Labels are shorter."""
_PIECE: Final = 12
"""Letters of a piece that is looked for in the stated text. Shorter ones stand there by chance."""
_BOXES: Final = frozenset(("body", "div", "section", "article", "main", "span", "td", "table", "tbody", "tr", "center"))
"""Tags that may hold a whole story; `p` and `li` hold a part of it."""
_UNREAD: Final = CODE | {"noscript", "template", "a", "nav", "footer", "select", "button", "figcaption"}
"""Tags whose text is no prose of the story. A link in a sentence is no loss: the sentence goes on behind it."""
_LINES: Final = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
_TEXT_INSIDE: Final = frozenset(("b", "strong", "i", "em", "a", "u", "span"))
_LINE: Final = 200
"""Characters of a line that are enough to tell a dateline and the beginning of a sentence."""
_FRAMES: Final = frozenset(("iframe", "img", "video"))
_TEXT_TAGS: Final = frozenset(("p", "br", "b", "strong", "i", "em", "a", "script", "style", "noscript"))


@dataclass(frozen=True)
class BodyPlace:
    """The body element and why it is the one."""

    element: Element
    source: str
    """What the prose was compared with: `keywordBrandSafety`, `JSON-LD articleBody`, `sentences`."""
    share: float
    """Share of the page's prose that stands in it, 0 to 1."""
    letters: int
    """Letters and digits of that prose."""


@dataclass(frozen=True)
class _Piece:
    """A piece of prose."""

    element: Element
    """The element in which it stands directly."""
    letters: int


def body_place(document: Document) -> BodyPlace | None:
    """Return the body element; None where the page has no prose."""
    stated = whole_text(document)
    source, prose = (stated.source, _prose(document.root, letters_of(stated.value))) if stated else ("", [])
    if not prose:
        source, prose = "sentences", _prose(document.root, None)
    if not prose:
        return None
    place = _round(_fullest(prose))
    letters = sum(piece.letters for piece in prose if is_below(piece.element, place))
    return BodyPlace(place, source, letters / sum(piece.letters for piece in prose), letters)


def boxes_in(body: Element | None, document: Document) -> list[tuple[str, int, str]]:
    """Return the elements between the paragraphs of a body: path, how many there are, and the text of the first.

    They need a rule of cleaning each, unless an old rule names them.
    """
    groups: dict[str, list[Element]] = defaultdict(list)
    for element in body.iter("*") if body is not None else ():
        named = element.get("class") or element.get("id")
        is_box = element is not body and element.tag not in _TEXT_TAGS
        if is_box and named and (element.tag in _FRAMES or printed(element)):
            groups[f"{element.tag} {element.get('class')}"].append(element)
    return [(path_of(found[0], document), len(found), printed(found[0]) or "") for found in groups.values()]


def _fullest(prose: list[_Piece]) -> list[Element]:
    """Return the boxes that hold the most prose by themselves, not in a box inside them; a single piece is no story.

    A box in which a piece opens with a dateline goes before all others: a form may say more than a short story.
    """
    own: dict[Element, list[_Piece]] = defaultdict(list)
    for piece in prose:
        own[_box_of(piece.element)].append(piece)
    several = {box: pieces for box, pieces in own.items() if len(pieces) > 1} or own
    opened = {box: pieces for box, pieces in several.items() if any(map(_opens_with_dateline, pieces))} or several
    full = {box: sum(piece.letters for piece in pieces) for box, pieces in opened.items()}
    fullest = max(full, key=lambda box: full[box])
    beside = fullest.getparent()
    return [box for box in full if box.getparent() is beside and full[box] >= _EQUAL * full[fullest]]


def _box_of(element: Element) -> Element:
    """Return the innermost box round an element; a <span> in a paragraph is a part of that."""
    line = next((one for one in (element, *element.iterancestors()) if one.tag in _LINES), element)
    return next(one for one in (line, *line.iterancestors()) if one.tag in _BOXES)


def _opens_with_dateline(piece: _Piece) -> bool:
    """Return whether the line in which a piece stands begins with a dateline and goes on with a sentence."""
    line = next((one for one in (piece.element, *piece.element.iterancestors()) if one.tag not in _TEXT_INSIDE), None)
    dateline = split_dateline((printed(line) or "")[:_LINE])
    return dateline is not None and len(letters_of(dateline.rest)) >= _SENTENCE


def _round(boxes: list[Element]) -> Element:
    """Return the innermost box round these boxes; the box itself, of one."""
    first, *others = boxes
    shared = [{other, *other.iterancestors()} for other in others]
    around = (one for one in (first, *first.iterancestors()) if one.tag in _BOXES)
    return next(one for one in around if all(one in above for above in shared))


def _prose(root: Element, stated: str | None) -> list[_Piece]:
    """Return the pieces of text that are prose of the story.

    :param stated: letters of the story's text; None where nothing states it: then long pieces are prose.
    """
    found = []
    for element, text in _pieces(root):
        letters = letters_of(text) if " " in text.strip() else ""
        if len(letters) >= _SENTENCE if stated is None else len(letters) >= _PIECE and letters in stated:
            found.append(_Piece(element, len(letters)))
    return found


def _pieces(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield each piece of text with the element that it stands in directly."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and element.tag not in _UNREAD and element.tag != "head":
            if element.text:
                yield element, element.text
            waiting += element
        parent = element.getparent()
        if element.tail and parent is not None and element is not root:
            yield parent, element.tail
