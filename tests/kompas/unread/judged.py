"""Whether the description of a renamed page names the elements from which the page's own layout reads its facts."""

from lxml.etree import _Element as Element

from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.printed import BETWEEN_NAMES, printed
from crawler.kompas.text.bylines import AUTHOR, ROLES, SOURCE, split_label
from crawler.kompas.unread.describe import UnreadPage, describe
from crawler.kompas.unread.texts import letters_of
from tests.renamed import Renaming

FACTS = ("titles", "times", "credit_items", "bodies")


def right_places(url: str, body: bytes, seed: int) -> dict[str, bool]:
    """Return fact -> whether the path that is printed for it leads to the right element, after a renaming."""
    known = read_article(Document(url, body))
    renamed = Document(url, Renaming(seed).page(body))
    told = describe(renamed)
    return {
        "titles": _same(known.document.first(*known.titles), _first(told, renamed, "titles")),
        "times": _same(known.document.first(*known.times), _first(told, renamed, "times")),
        "bodies": _same_text(known.document.first(*known.bodies), _first(told, renamed, "bodies")),
        "credit_items": {(one.role, letters_of(one.names)) for one in known.credits() if one.role != SOURCE}
        <= _credits(told, renamed),
    }


def _first(told: UnreadPage, document: Document, attribute: str) -> Element | None:
    """Return what a layout with the printed path would read."""
    return document.first(*(place.path for place in told.places if place.attribute == attribute))


def _same(one: Element | None, other: Element | None) -> bool:
    """Return whether two elements stand at the same place of their pages, or neither page has one."""
    return _place(one) == _place(other)


def _place(element: Element | None) -> str:
    return "" if element is None else str(element.getroottree().getpath(element))


def _same_text(one: Element | None, other: Element | None) -> bool:
    """Return whether an element is the other, or the box inside it that holds all of its paragraphs."""
    if one is None or other is None:
        return one is other
    lines = [[_place(line) for line in element.iter("p", "li", "h2", "h3", "br")] for element in (one, other)]
    return _place(other).startswith(_place(one)) and lines[0] == lines[1]


def _credits(told: UnreadPage, document: Document) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for place in told.places:
        for element in document.select(place.path) if place.attribute == "credit_items" else ():
            text = (printed(element, BETWEEN_NAMES) or "").strip(", ")
            names, _, label = text.rpartition(BETWEEN_NAMES)
            found.add((split_label(text)[0], letters_of(split_label(text)[1])))
            if "content_author" in place.reason:
                found.add((AUTHOR, letters_of(text)))
            found.add((ROLES.get(label.lower(), ""), letters_of(names)))
    return found
