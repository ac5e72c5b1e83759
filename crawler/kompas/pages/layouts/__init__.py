"""The generations of article markup, one a file. The marks on the page decide, not the article's date.

Kompas renders old stories anew in the template of the day, so a story of 2012 may come in any of them.
"""

from typing import Final

from crawler.errors import UnknownLayout
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts.current import CurrentPage
from crawler.kompas.pages.layouts.kcm_read import KcmReadPage
from crawler.kompas.pages.layouts.read import ReadPage

LAYOUTS: Final[tuple[type[ArticlePage], ...]] = (ReadPage, CurrentPage, KcmReadPage)


def read_article(document: Document) -> ArticlePage:
    """Return the page in the one layout that recognises it.

    :raises UnknownLayout: no layout, or more than one, recognises the page.
    """
    fitting = [layout for layout in LAYOUTS if layout.recognises(document)]
    if len(fitting) != 1:
        names = ", ".join(layout.layout for layout in fitting) or "none"
        raise UnknownLayout(f"{document.url} fits {names} of the known layouts")
    return fitting[0](document)
