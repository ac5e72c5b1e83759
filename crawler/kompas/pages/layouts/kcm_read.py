"""`kcm_read`: the markup of 2014 to March 2017 (`kcm-read*`); text is often parted by ``<br><br>`` without any <p>."""

from typing import ClassVar

from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.document import Document


class KcmReadPage(ArticlePage):
    """A page whose facts stand as follows::

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
    page_links: ClassVar = ".kcm-read-text-wrap ul.paginasi a, .kcm-read-paging a"
    credit_items: ClassVar = ("div.kcm-read-copy tr", "div.penulis-editor tr")
    """Rows of the table below the text: label and names in a cell each."""

    @classmethod
    def recognises(cls, document: Document) -> bool:
        """Return whether the page has a body element of 2014 to 2017."""
        return document.has(("kcm-read-text", "kcmread1114"))
