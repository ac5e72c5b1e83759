"""`read`: the markup of April 2017 to 2021 (`read__*`, credits in `.read__credit`, photos in `div.photo`)."""

from typing import ClassVar

from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts.current import looks_current


class ReadPage(ArticlePage):
    """A page whose facts stand as follows::

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
    page_links: ClassVar = ".read__paging a.paging__link"
    credit_items: ClassVar = ("div.read__credit div.read__credit__item",)

    @classmethod
    def recognises(cls, document: Document) -> bool:
        """Return whether the page has the body element of `read` and none of the marks of `current`."""
        return "read__content" in document.marks and not looks_current(document)
