"""Cleans a few lines of markup as the body of a page."""

from lxml.html import fromstring

from crawler.kompas import tree
from crawler.kompas.cleaning import Body, clean

PAGE = "https://www.kompas.com/global/read/2021/04/22/160600870/judul"


def read(markup: str) -> Body:
    """The markup as it would stand in the body element."""
    return clean(fromstring(f'<div class="read__content">{markup}</div>'), PAGE)


def texts(markup: str) -> list[str]:
    """The blocks' texts."""
    return [block.text for block in read(markup).blocks]


def typed(markup: str) -> list[tuple[str, str]]:
    """The blocks with their types."""
    return [(block.type, block.text) for block in read(markup).blocks]


def pairs(markup: str) -> list[tuple[str, str]]:
    """The related links."""
    return [(link.title, link.url) for link in read(markup).related]


def removals(markup: str) -> list[tuple[str, str]]:
    """What was taken away, and by which rule."""
    return [(removal.rule, removal.text) for removal in read(markup).removed]


def body_of_page(markup: str) -> Body:
    """The body element of a page, as the page's own parser builds it."""
    root = tree.parse(f"<html><body>{markup}</body></html>")
    return clean(tree.css(root, "div.read__content")[0], PAGE)
