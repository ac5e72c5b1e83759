"""`current`: the markup since 2022 (credits in `.credit-title-name` and a dialog, `photo__wrap`, body in a <div>)."""

from typing import ClassVar, Final

from lxml.etree import _Element as Element

from crawler.kompas.pages.article import ArticlePage, Credit
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.printed import BETWEEN_NAMES, printed
from crawler.kompas.text.bylines import AUTHOR, EDITOR, ROLES, SOURCE
from crawler.kompas.tree import css

CURRENT_MARKS: Final = frozenset(
    (
        "credit-title-name",
        "#creditModal",
        "opinion__author",
        "photo__wrap",
        "photo__caption",
        "cover-photo",
        "articleItem",
    )
)
"""Marks that no page before 2022 has, columns of 2021 apart. One is enough: columns have no credit, some stories no
photo."""

_POSITIONS: Final = {**ROLES, "kontributor": AUTHOR}
"""Position in the dialog or label beside the names -> role."""


class CurrentPage(ArticlePage):
    """A page whose facts stand as follows::

    <div class="read__header"><div class="read__time"><a>Kompas.com</a>, 17 April 2026, 10:30 WIB</div>
      <div class="credit"><div class="credit-title"><div class="credit-title-name">
        <div class="credit-title-nameEditor">Nama,</div>… <p>Tim Redaksi</p></div></div></div></div>
    <h1 class="read__title">…</h1>
    <div class="photo__wrap"><img …></div><div class="photo__caption">… <span>(CREDIT)</span></div>
    <div class="read__credit top"><div class="read__credit__item"><span>Sumber</span> <a>Reuters</a></div></div>
    <div class="read__content"><div class="clearfix"><p>…</p>…</div></div>
    <div id="creditModal">…<div class="credit-author-title"><div class="credit-author-name">Nama</div>
      <div class="credit-author-position">Penulis</div></div>…</div>
    """

    layout: ClassVar[str] = "current"
    bodies: ClassVar = ("div.read__content", "#articleContent")
    titles: ClassVar = ("h1.read__title",)
    times: ClassVar = ("div.read__time",)
    breadcrumbs: ClassVar = ".breadcrumb__wrap .breadcrumb__item, div.breadcrumb-new li a"
    photos: ClassVar = ("div.photo__wrap", ".cover-photo", "div.photo")
    tag_links: ClassVar = (
        "ul.tag__article__wrap li a, div.tagsCloud-tag, div.read__tagging ul:not(.tag__article__wrap) a"
    )
    page_links: ClassVar = ".read__paging a.paging__link, div.paging__wrap a.paging__link[href*='page=']"

    credit_items: ClassVar = ("div.read__credit div.read__credit__item", "#penulis", "#editor")

    @classmethod
    def recognises(cls, document: Document) -> bool:
        """Return whether the page has a body element and a mark of this layout."""
        return document.has(("read__content", "#articleContent")) and looks_current(document)

    def credits(self) -> list[Credit]:
        """Return the credits beside the story.

        The dialog states roles; without it the labels beside the names do; pages of 2022-2023 have the older items. A
        column names its writer in a header of its own and the editor in an item. Sources stand above the text.
        """
        items = self.labelled(*self.credit_items)
        people = self._from_dialog() or self._from_names() or [one for one in items if one.role != SOURCE]
        if all(one.role != AUTHOR for one in people):
            people = [*self._from_column(), *people]
        return [*people, *(one for one in items if one.role == SOURCE)]

    def _from_dialog(self) -> list[Credit]:
        people = self.document.select("#creditModal .credit-author")
        stated = ((_first(one, ".credit-author-position"), _first(one, ".credit-author-name")) for one in people)
        return [Credit(_POSITIONS[role.lower()], name) for role, name in stated if role.lower() in _POSITIONS and name]

    def _from_names(self) -> list[Credit]:
        """Return the names under their label; with "Tim Redaksi" or none, the last of several is the editor."""
        box = self.document.first(".credit-title-name")
        if box is None:
            return []
        names = [
            name for node in css(box, ".credit-title-nameEditor, h6") if (name := (printed(node) or "").rstrip(","))
        ]
        labels = map(printed, self.document.select(".credit-title p, .credit-title-name p"))
        label = next((label.lower() for label in labels if label), "")
        if label in _POSITIONS:
            return [Credit(_POSITIONS[label], name) for name in names]
        writers, editors = (names[:-1], names[-1:]) if len(names) > 1 else (names, [])
        return [Credit(AUTHOR, name) for name in writers] + [Credit(EDITOR, name) for name in editors]

    def _from_column(self) -> list[Credit]:
        headers = self.document.select(".opinion__author")
        return [Credit(AUTHOR, names) for header in headers if (names := printed(header, BETWEEN_NAMES))]


def looks_current(document: Document) -> bool:
    """Return whether a page with the body element that `read` and `current` share is of the later layout."""
    return document.has(CURRENT_MARKS) or document.first("h6#penulis") is not None


def _first(node: Element, query: str) -> str:
    return next((text for found in css(node, query) if (text := printed(found))), "")
