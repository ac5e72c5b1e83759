"""How far a page is from a layout: which classes and ids of the layout's table the page has."""

from dataclasses import dataclass
from typing import Final

from crawler.kompas.marks import marks_needed
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import LAYOUTS

TABLE: Final = (*("bodies", "titles", "times", "credit_items", "breadcrumbs", "photos", "tag_links", "page_links"),)
"""The attributes of a layout that hold CSS, the ones that every page needs first."""


@dataclass(frozen=True)
class Distance:
    """One layout compared with a page."""

    layout: str
    present: list[str]
    """Classes and ids (`#id`) of the layout's table that the page has."""
    missing: list[str]
    """Those that it lacks, each with the attribute that needs it: `read__title (titles)`."""


def distances(document: Document) -> list[Distance]:
    """Return the distance of a page from each layout, the nearest layout first."""
    found = [_distance(document, layout) for layout in LAYOUTS]
    return sorted(found, key=lambda one: -len(one.present) / (len(one.present) + len(one.missing)))


def _distance(document: Document, layout: type[ArticlePage]) -> Distance:
    needed: dict[str, str] = {}
    for attribute in TABLE:
        queries = getattr(layout, attribute)
        for query in [queries] if isinstance(queries, str) else queries:
            for mark in marks_needed(query.partition("::")[0]):
                needed.setdefault(mark, attribute)
    present = [mark for mark in needed if mark in document.marks]
    missing = [f"{mark} ({attribute})" for mark, attribute in needed.items() if mark not in document.marks]
    return Distance(layout.layout, present, missing)
