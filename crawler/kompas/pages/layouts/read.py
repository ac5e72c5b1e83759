"""`read`: the markup of April 2017 to 2021 (`read__*`, credits in `.read__credit`, photos in `div.photo`)."""

from typing import ClassVar, Final

from crawler.kompas.pages.article import ArticlePage, Credit
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts.current import looks_current
from crawler.kompas.tree import css

_ROLES: Final = {"penulis": "author", "editor": "editor"}


class ReadPage(ArticlePage):
    """::

    <h1 class="read__title">…</h1> <div class="read__time">Kompas.com - 22/04/2021, 16:06 WIB</div>
    <div class="photo"><img src=…><span class="pb_10 author">CREDIT</span>CAPTION</div>
    <div class="read__credit"><div class="read__credit__item" id="penulis"><span>Penulis</span> <a>Nama</a></div>…</div>
    <div class="read__content"><p>…</p>…</div>
    <div class="read__credit bottom">
      <div class="read__credit__item"><span>Sumber</span> <a>Reuters</a></div></div>
    """

    layout: ClassVar[str] = "read"
    bodies: ClassVar = ("div.read__content",)
    titles: ClassVar = ("h1.read__title",)
    times: ClassVar = ("div.read__time",)
    breadcrumbs: ClassVar = ".breadcrumb__wrap .breadcrumb__item"
    photos: ClassVar = ("div.photo",)
    tag_links: ClassVar = "ul.tag__article__wrap a.tag__article__link"
    page_links: ClassVar = ".read__paging a.paging__link::attr(href)"

    @classmethod
    def recognises(cls, document: Document) -> bool:
        return "read__content" in document.marks and not looks_current(document)

    def credits(self) -> list[Credit]:
        return [Credit(_ROLES[label], name) for label, name in self._credit_items() if label in _ROLES]

    def source_names(self) -> list[str]:
        return [name for label, name in self._credit_items() if label == "sumber"]

    def _credit_items(self) -> list[tuple[str, str]]:
        """Label and name of every credit: `penulis` and `editor` above the text, `sumber` below it."""
        items = self.document.select("div.read__credit div.read__credit__item")
        labelled = ((item.get("id") or next(iter(css(item, "span::text")), ""), item) for item in items)
        return [(label.strip().lower(), name) for label, item in labelled for name in css(item, "a::text")]
