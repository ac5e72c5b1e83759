"""`current`: the markup since 2022 (credits in `.credit-title-name` and a dialog, `photo__wrap`, body in a <div>)."""

from typing import ClassVar, Final

from lxml.etree import _Element as Element

from crawler.kompas.pages.article import ArticlePage, Credit
from crawler.kompas.pages.document import Document
from crawler.kompas.tree import css, text_of

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
"""What no page before 2022 has. Any one is enough: columns have no credit, some stories no photo."""

_ROLES: Final = {"penulis": "author", "editor": "editor", "reporter": "author", "kontributor": "author"}


class CurrentPage(ArticlePage):
    """::

    <div class="read__header"><div class="read__time"><a>Kompas.com</a>, 17 April 2026, 10:30 WIB</div>
      <div class="credit"><div class="credit-title"><div class="credit-title-name">
        <div class="credit-title-nameEditor">Nama,</div>… <p>Tim Redaksi</p></div></div></div></div>
    <h1 class="read__title">…</h1>
    <div class="photo__wrap"><img …></div><div class="photo__caption">… <span>(CREDIT)</span></div>
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
    page_links: ClassVar = (
        ".read__paging a.paging__link::attr(href), div.paging__wrap a.paging__link[href*='page=']::attr(href)"
    )

    @classmethod
    def recognises(cls, document: Document) -> bool:
        return document.has(("read__content", "#articleContent")) and looks_current(document)

    def credits(self) -> list[Credit]:
        """The dialog states roles; without it the labels beside the names do; 2022-2023 pages keep the older items."""
        return self._from_dialog() or self._from_names() or self._from_items() or self._from_column()

    def source_names(self) -> list[str]:
        """No selector is known for the "Sumber" line of this layout: the meta tag carries the same text."""
        source = self.document.meta("content_source")
        return [source] if source else []

    def _from_dialog(self) -> list[Credit]:
        people = self.document.select("#creditModal .credit-author")
        stated = ((_first(p, ".credit-author-position"), _first(p, ".credit-author-name")) for p in people)
        return [Credit(_ROLES[role.lower()], name) for role, name in stated if role.lower() in _ROLES and name]

    def _from_names(self) -> list[Credit]:
        """A label says who they are; with "Tim Redaksi" or none, writers come first and the editor of several last."""
        box = self.document.first(".credit-title-name")
        if box is None:
            return []
        names = [
            name for node in css(box, ".credit-title-nameEditor, h6") if (name := (text_of(node) or "").rstrip(","))
        ]
        around = self.document.select(".credit-title p::text, .credit-title-name p::text")
        label = next((text.strip().lower() for text in around if text.strip()), "")
        if label in _ROLES:
            return [Credit(_ROLES[label], name) for name in names]
        writers, editors = (names[:-1], names[-1:]) if len(names) > 1 else (names, [])
        return [Credit("author", name) for name in writers] + [Credit("editor", name) for name in editors]

    def _from_items(self) -> list[Credit]:
        return [
            Credit(_ROLES[item_id], name)
            for item_id in ("penulis", "editor")
            for name in self.document.select(f"#{item_id} a::text")
        ]

    def _from_column(self) -> list[Credit]:
        return [Credit("author", name) for name in self.document.select(".opinion__author .opinion__link::text")]


def looks_current(document: Document) -> bool:
    """Whether a page with the body element that `read` and `current` share is of the later kind."""
    return document.has(CURRENT_MARKS) or document.first("h6#penulis") is not None


def _first(node: Element, query: str) -> str:
    return next((text for found in css(node, query) if (text := text_of(found))), "")
