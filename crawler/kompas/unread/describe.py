"""Describe a page that no layout reads: its distance from each layout, and the element that holds each fact."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.kompas.pages.document import Document
from crawler.kompas.unread import credit_places as credit
from crawler.kompas.unread import stated
from crawler.kompas.unread.body_place import BodyPlace, body_place, boxes_in
from crawler.kompas.unread.distance import TABLE, Distance, distances
from crawler.kompas.unread.lists import EntryPlace, entry_place
from crawler.kompas.unread.paths import path_of, path_of_all
from crawler.kompas.unread.text_places import (
    crumb_places,
    page_links,
    photo_place,
    tag_places,
    time_place,
    title_place,
)
from crawler.kompas.unread.texts import VisibleText, visible_parts


@dataclass(frozen=True)
class FactPlace:
    """The element that holds a fact."""

    attribute: str
    """Attribute of a layout that takes the path: `titles`, `credit_items`."""
    path: str
    """CSS of the element."""
    reason: str
    """Why it is this element: the source that states the same, or its form."""
    text: str
    """What it prints, or how much it holds."""


@dataclass(frozen=True)
class UnreadPage:
    """What `scrapy explain` says of a page that no layout reads."""

    distances: list[Distance]
    places: list[FactPlace]
    not_found: list[str]
    """Attributes of a layout for which no element was found."""
    entries: EntryPlace | None
    boxes: list[tuple[str, int, str]]
    """Elements inside the lead photo and between the paragraphs: path, number, text of the first."""


def describe(document: Document, headline: str | None = None) -> UnreadPage:
    """Return the distances of a page from the layouts, and the element that holds each stated fact.

    :param headline: the story's headline in the index; None where no index listed it.
    """
    parts = visible_parts(document)
    body = body_place(document)
    inside = body.element if body else None
    places = [
        *_title_and_time(document, parts, headline),
        *_credits(document, parts, inside),
        *_body(document, body),
        *_furniture(document, parts),
    ]
    found = {place.attribute for place in places}
    return UnreadPage(
        distances(document),
        places,
        [attribute for attribute in TABLE if attribute not in found],
        entry_place(parts, document),
        [box for one in (photo_place(document, stated.picture(document)), inside) for box in boxes_in(one, document)],
    )


def _title_and_time(document: Document, parts: list[VisibleText], headline: str | None) -> Iterator[FactPlace]:
    title = title_place(parts, stated.headlines(document, headline))
    if title:
        part, fact = title
        yield FactPlace("titles", path_of(part.element, document), fact.source, part.text)
    time = time_place(parts, stated.times(document), title[0].order if title else 0)
    if time:
        part, when = time
        yield FactPlace("times", path_of(part.element, document), when.source, part.text)


def _credits(document: Document, parts: list[VisibleText], body: Element | None) -> Iterator[FactPlace]:
    names = stated.names(document)
    for place in credit.credit_places(parts, names, body):
        path = path_of_all(place.elements, document)
        yield FactPlace("credit_items", path, f"{place.source}, {place.form}", " / ".join(place.texts))


def _body(document: Document, body: BodyPlace | None) -> Iterator[FactPlace]:
    if body:
        path = path_of(body.element, document)
        yield FactPlace("bodies", path, body.source, f"{body.letters} letters, {body.share:.0%} of those on the page")


def _furniture(document: Document, parts: list[VisibleText]) -> Iterator[FactPlace]:
    crumbs = crumb_places(parts, stated.sections(document))
    tags = stated.tags(document)
    printed_tags = tag_places(parts, tags)
    for attribute, source, found in (
        ("breadcrumbs", "content_category", crumbs),
        ("tag_links", f"content_tags ({len(tags)})", printed_tags),
    ):
        if found:
            path = path_of_all([part.element for part in found], document)
            yield FactPlace(attribute, path, source, " / ".join(part.text for part in found))
    photo = photo_place(document, stated.picture(document))
    if photo is not None:
        text = next((part.text for part in parts if part.element is photo), "")
        yield FactPlace("photos", path_of(photo, document), "og:image", text)
    links = page_links(document)
    if links:
        path = path_of_all(links, document)
        yield FactPlace("page_links", path, "links of this story with ?page=", f"{len(links)} links")
