"""The elements that hold headline, time line, breadcrumb, tags, photo and the links to other pages of the story."""

from datetime import datetime
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas.cleaning.pictures import addresses_of
from crawler.kompas.pages.document import Document
from crawler.kompas.sections import is_label
from crawler.kompas.text.dates import visible_times
from crawler.kompas.unread.stated import Stated, StatedTime
from crawler.kompas.unread.texts import LONGEST, VisibleText, innermost, letters_of
from crawler.kompas.urls import absolute, article_id, page_number

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_START: Final = frozenset(("home", "beranda"))
"""First items of a breadcrumb, which a menu of kanals does not have beside them."""
_MOST_CRUMBS: Final = 6


def title_place(parts: list[VisibleText], stated: list[Stated]) -> tuple[VisibleText, Stated] | None:
    """Return the element that prints the headline, and where else it is stated: a heading before any other element."""
    for fact in stated:
        wanted = letters_of(fact.value)
        fitting = [part for part in parts if wanted and letters_of(part.text) == wanted and not _is_link(part.element)]
        if fitting:
            return min(fitting, key=lambda part: (_rank(part.element), part.order)), fact
    return None


def time_place(parts: list[VisibleText], stated: list[StatedTime], near: int) -> tuple[VisibleText, StatedTime] | None:
    """Return the element that prints a stated minute, and where else that is stated: the one nearest to the headline.

    :param near: position of the headline.
    """
    for fact in stated:
        found = innermost([part for part in parts if _minute(fact.when) in _minutes(part.text)])
        if found:
            return min(found, key=lambda part: abs(part.order - near)), fact
    return None


def crumb_places(parts: list[VisibleText], stated: list[Stated]) -> list[VisibleText]:
    """Return the items of the breadcrumb: a short list that begins with "Home" and has the stated kanal."""
    known = {letters_of(fact.value) for fact in stated}
    for part in parts:
        if part.text.casefold() in _START and (box := _list_round(part.element)) is not None:
            items = [one for one in parts if one.element.getparent() is box]
            is_crumb = any(letters_of(one.text) in known or is_label(one.text) for one in items)
            if is_crumb and len(items) <= _MOST_CRUMBS:
                return items
    return []


def tag_places(parts: list[VisibleText], tags: list[str]) -> list[VisibleText]:
    """Return the links that print the tags; nothing where less than half of the tags are printed."""
    wanted = {letters_of(tag) for tag in tags}
    links = [part for part in parts if part.element.tag == "a" and letters_of(part.text) in wanted]
    boxes: dict[Element, list[VisibleText]] = {}
    for link in links:
        box = _list_round(link.element)
        if box is not None:
            boxes.setdefault(box, []).append(link)
    best = max(boxes.values(), key=len, default=[])
    return best if 2 * len(best) >= len(wanted) else []


def photo_place(document: Document, stated: Stated | None) -> Element | None:
    """Return the element with the stated photo and its caption: the outermost with this picture and a short text."""
    if stated is None:
        return None
    for image in document.root.iter("img"):
        parent = image.getparent()
        if parent is None or not any(
            stated.value in address for address in addresses_of(parent, [image], document.url)
        ):
            continue
        while (above := parent.getparent()) is not None and _is_photo_box(above):
            parent = above
        return parent
    return None


def page_links(document: Document) -> list[Element]:
    """Return the links to other pages of this story."""
    story = article_id(document.url)
    return [link for link in document.root.iter("a") if _is_other_page(link.get("href") or "", document, story)]


def _is_other_page(href: str, document: Document, story: str | None) -> bool:
    url = absolute(href, document.base_url) if "page=" in href else None
    return url is not None and article_id(url) == story and page_number(url) != 1


def _is_photo_box(element: Element) -> bool:
    texts = [text for text in element.itertext() if text.strip()]
    return (
        len(list(element.iter("img"))) == 1
        and not list(element.iter("h1", "script"))
        and sum(map(len, texts)) <= LONGEST
    )


def _list_round(element: Element) -> Element | None:
    """Return the innermost element with more than one child round an element."""
    return next((above for above in element.iterancestors() if len(above) > 1), None)


def _is_link(element: Element) -> bool:
    return element.tag == "a" or any(above.tag == "a" for above in element.iterancestors())


def _rank(element: Element) -> int:
    return _HEADINGS.index(str(element.tag)) if element.tag in _HEADINGS else len(_HEADINGS)


def _minutes(text: str) -> set[datetime]:
    printed = visible_times(text)
    return {_minute(when) for when in (printed.published, printed.modified) if when}


def _minute(when: datetime) -> datetime:
    return when.replace(second=0, microsecond=0)
