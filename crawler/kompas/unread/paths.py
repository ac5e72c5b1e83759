"""A short CSS path for an element, or for several of one kind, as a layout table writes it: tag, id, classes."""

import re
from itertools import islice
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas.pages.document import Document

_PLAIN_NAME: Final = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
"""A class or id that CSS takes without escapes."""
_MADE_UP: Final = re.compile(r"\d{4}|[0-9a-f]{12}")
"""Part of an id that belongs to one story, not to the template."""
_LEVELS: Final = 6
"""Ancestors that a path may name."""


def path_of(element: Element, document: Document) -> str:
    """Return the shortest path whose first match on the page is this element; one that matches nothing else is better.

    The path begins at the nearest ancestor that has a mark of its own, where the element has none.
    """
    above, below = element, ""
    for _ in range(_LEVELS):
        best = _best([element], [f"{name}{below}" for name in _names(above)], document)
        parent = above.getparent()
        if best or parent is None:
            return best or f"{above.tag}{below}"
        above, below = parent, f" > {_step(above)}{below}"
    return f"{_step(above)}{below}"


def path_of_all(elements: list[Element], document: Document) -> str:
    """Return the path that matches all these elements and the fewest others: a common class, below an ancestor."""
    shared = [name for name in _names(elements[0]) if all(name in _names(one) for one in elements)]
    own = shared or list({str(one.tag): "" for one in elements})[:1]
    around = [path_of(above, document) for above in _marked_round(elements)]
    candidates = [*shared, *(f"{outer} {inner}" for outer in around for inner in own)]
    wanted = set(elements)
    found = ((one, set(document.select(one))) for one in candidates)
    scored = [(len(matched - wanted), order, one) for order, (one, matched) in enumerate(found) if wanted <= matched]
    return min(scored)[2] if scored else ", ".join(dict.fromkeys(path_of(one, document) for one in elements))


def name_of_all(elements: list[Element]) -> str:
    """Return what elements have in common, to look for them below another element: `tag.class`, else the tags."""
    shared = [name for name in _names(elements[0]) if all(name in _names(one) for one in elements)]
    return shared[0] if shared else ", ".join(dict.fromkeys(str(one.tag) for one in elements))


def _best(wanted: list[Element], candidates: list[str], document: Document) -> str | None:
    """Return the candidate whose first match is the wanted element, with the fewest others; the earlier of equals."""
    found = [(document.select(one), order, one) for order, one in enumerate(candidates)]
    scored = [(len(matched), order, one) for matched, order, one in found if matched[:1] == wanted]
    return min(scored)[2] if scored else None


def _names(element: Element) -> list[str]:
    """Return `tag.class` for each class of an element, and `tag#id`; nothing for one without a mark."""
    tag, classes, own_id = str(element.tag), (element.get("class") or "").split(), element.get("id") or ""
    found = [f"{tag}.{name}" for name in classes if _PLAIN_NAME.fullmatch(name)]
    if _PLAIN_NAME.fullmatch(own_id) and not _MADE_UP.search(own_id):
        found.append(f"{tag}#{own_id}")
    return found


def _step(element: Element) -> str:
    """Return the name of an element below its parent: a class, else its tag, with its number among several."""
    named = next(iter(_names(element)), None)
    same = [] if named else list(element.itersiblings(str(element.tag), preceding=True))
    return named or (f"{element.tag}:nth-of-type({len(same) + 1})" if same else str(element.tag))


def _marked_round(elements: list[Element]) -> list[Element]:
    """Return the nearest elements with a mark that stand round all of these."""
    first, *others = elements
    shared = [set(other.iterancestors()) for other in others]
    around = (above for above in first.iterancestors() if all(above in one for one in shared))
    return list(islice(filter(_names, around), _LEVELS))
