"""kompas_global: the international section of Kompas.com as data that can be checked.

``CONTRIBUTING.md`` maps the code and says which part may import which. `read` is the public function: a page into its
article, without a crawl.
"""

from datetime import datetime

from crawler.items import Article
from crawler.kompas import PARSER_VERSION as PARSER_VERSION

__version__ = "1.0.0"


def read(url: str, body: bytes, content_type: str = "", fetched_at: datetime | None = None) -> Article:
    """Return the article of one page, by the same parser and the same rules as a crawl.

    A page of a divided story gives what stands on it, with `complete` False.

    >>> page = b'''<html><head><meta name="content_PublishedDate" content="2021-04-22 16:06:00"></head><body>
    ... <h1 class="read__title">Kapal Riset Berlabuh</h1>
    ... <div class="read__time">Kompas.com - 22/04/2021, 16:06 WIB</div>
    ... <div class="read__content"><p><strong>NARA, KOMPAS.com</strong> - Kapal itu berlabuh pagi ini.</p></div>
    ... </body></html>'''
    >>> article = read("https://www.kompas.com/global/read/2021/04/22/160600870/kapal-riset-berlabuh", page)
    >>> article.id, article.title, article.dateline, article.text
    ('2021/04/22/160600870', 'Kapal Riset Berlabuh', 'NARA', 'Kapal itu berlabuh pagi ini.')

    :param url: address of the page; it names the story.
    :param body: bytes of the page, content coding undone.
    :param content_type: the `Content-Type` header; its charset counts where the bytes are not utf-8.
    :param fetched_at: when the page was fetched, kept as UTC in whole seconds; now by default.
    :raises crawler.errors.PageError: the page is no whole article of these kanals; `error.reason` names why.
    """
    from crawler.kompas.reading import read_page

    return read_page(url, body, content_type, fetched_at)
