"""`kcm_read`: the markup of 2014 to March 2017 (`kcm-read*`); text is often parted by ``<br><br>`` without any <p>."""

from typing import ClassVar, Final

from lxml.etree import _Element as Element

from crawler.kompas.pages.article import ArticlePage, Credit
from crawler.kompas.pages.document import Document
from crawler.kompas.tree import css

_ROLES: Final = {"penulis": "author", "editor": "editor"}


class KcmReadPage(ArticlePage):
    """::

    <div class="kcm-read-top"><ul class="kcm-breadcrumb"><li><a>News</a><li><a>Internasional</a></ul>
      <h2>…</h2> <div class="kcm-date">Selasa, 16 Februari 2016 | 14:11 WIB</div> <div class="photo">…</div></div>
    <div class="kcm-read-text"><strong>PARIS, KOMPAS.com</strong> – …<br /><br />…</div>
    <div class="kcm-read-copy"><table><tr><td>Penulis</td><td>: Nama</td></tr>…</table></div>

    Until mid 2015 the parts are called `kcm-read-content-top` and `span.kcmread1114`.
    """

    layout: ClassVar[str] = "kcm_read"
    bodies: ClassVar = ("div.kcm-read-text", "span.kcmread1114")
    titles: ClassVar = ("div.kcm-read-top h2", "div.kcm-read-content-top h2")
    times: ClassVar = (
        "div.kcm-date",
        "div.kcm-read-top div.grey.mb2",
        "div.kcm-read-content-top div.grey.mb2",
        "div.grey.small.mb2",
    )
    breadcrumbs: ClassVar = "ul.kcm-breadcrumb a, h4.breadcrump a"
    photos: ClassVar = ("div.photo",)
    tag_links: ClassVar = ".kcm-read-tag a"
    page_links: ClassVar = ".kcm-read-text-wrap ul.paginasi a::attr(href), .kcm-read-paging a::attr(href)"

    @classmethod
    def recognises(cls, document: Document) -> bool:
        return document.has(("kcm-read-text", "kcmread1114"))

    def credits(self) -> list[Credit]:
        rows = ((self._row_label(row), next(iter(css(row, "td + td::text")), "")) for row in self._rows())
        return [Credit(_ROLES[label], name) for label, name in rows if label in _ROLES]

    def source_names(self) -> list[str]:
        rows = [row for row in self._rows() if self._row_label(row) == "sumber"]
        return [name for row in rows for name in (css(row, "a::text") or css(row, "td + td::text"))]

    def _rows(self) -> list[Element]:
        return self.document.select("div.kcm-read-copy tr, div.penulis-editor tr")

    @staticmethod
    def _row_label(row: Element) -> str:
        label: str = next(iter(css(row, "td::text")), "")
        return label.strip(" :\n").lower()
