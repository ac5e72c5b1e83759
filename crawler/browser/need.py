"""Recognise a page that is an empty shell filled by scripts: no refusal, and no layout reads it."""

import re
from typing import Final

from crawler.errors import Blocked, PageError, PageNotFound
from crawler.kompas.address import SITE
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.listing import front_links, read_index
from crawler.kompas.pages.refusals import refuse_blocked
from crawler.kompas.urls import article_id, index_of, story_urls

_SCRIPT: Final = b"<script"
_SCRIPTS: Final = re.compile(rb"<script\b.*?</script", re.DOTALL | re.IGNORECASE)
_HOST: Final = re.compile(rb"//((?:[\w-]+\.)+" + re.escape(SITE.encode()) + rb")[/\"':]")


def needs_browser(url: str, status: int, body: bytes, content_type: str = "") -> bool:
    """Return whether a page is to be rendered. A challenge is not, nor a page without scripts.

    >>> needs_browser("https://www.kompas.com/global/read/2021/04/22/100000070/a", 200, b"<p><script></script></p>")
    True
    """
    if status != 200 or _SCRIPT not in body.lower():
        return False
    try:
        refuse_blocked(url, status, body)
        return not _shows_something(Document(url, body, content_type))
    except (Blocked, PageNotFound):
        return False
    except PageError:
        return True


def hosts_in_scripts(body: bytes) -> set[str]:
    """Return the hosts of the site that a page's scripts name: the rendered page may send requests to them.

    >>> hosts_in_scripts(b'<a href="//bola.kompas.com/"></a><script>fetch("https://api.kompas.com/isi")</script>')
    {'api.kompas.com'}
    """
    return {host.decode() for script in _SCRIPTS.findall(body) for host in _HOST.findall(script)}


def _shows_something(document: Document) -> bool:
    """Return whether the page has content as it came.

    :raises PageError: no layout reads it.
    """
    if index_of(document.url):
        return bool(read_index(document).entries)
    if article_id(document.url) is None:
        return bool(story_urls(front_links(document)))
    page = read_article(document)
    return bool(page.title()) and bool(page.body.blocks)
