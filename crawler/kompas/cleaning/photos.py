"""Photos: address, caption and credit, apart."""

from typing import Final

from lxml.etree import _Element as Element

from crawler.items import Image
from crawler.kompas.cleaning.body import Body
from crawler.kompas.cleaning.elements import empty, select
from crawler.kompas.cleaning.rules import PHOTOS
from crawler.kompas.text.captions import credit_name, without_credit
from crawler.kompas.tree import text_of
from crawler.kompas.urls import absolute

_CREDIT: Final = "span.author, .photo__caption span, .photo__author, figcaption span"
_CAPTION: Final = ".photo__caption, figcaption"
_NOT_PHOTOS: Final = ("/pickwords/", "data:image", "/wp/images/", "/images/icon")
"""Icons inside the text: the picture beside a promoted word, placeholders, page decoration."""


def take_photos(root: Element, body: Body, page_url: str) -> None:
    """Moves every photo of the body, with its caption, into `body.images`."""
    for element in select(root, PHOTOS):
        image = read_photo(element, page_url, role="inline")
        if image:
            body.images.append(image)
        caption = _caption_beside(element)
        if caption is not None:
            empty(caption)
        empty(element)


def read_photo(element: Element, page_url: str, role: str) -> Image | None:
    """The photo that an element shows; None where it shows none (an icon, an empty box)."""
    picture = element if element.tag == "img" else next(element.iter("img"), None)
    if picture is None:
        return None
    source = picture.get("data-src") or picture.get("src") or ""
    url = absolute(source, page_url) if source.strip() else None
    if url is None or any(mark in url for mark in _NOT_PHOTOS):
        return None
    printed = _caption_beside(element)
    if printed is None:  # inside the photo's element: in one of its own, or as its only text
        printed = next(select(element, _CAPTION), element)
    stated = next(select(printed, _CREDIT), None)
    credit = None if stated is None else credit_name(text_of(stated) or "")
    caption = without_credit(_text_beside(printed, stated), credit)
    return Image(url=url, caption=caption, credit=credit, role=role)


def _text_beside(element: Element, credit: Element | None) -> str:
    """The text of an element without that of the credit inside it."""
    inside = set(credit.iter()) if credit is not None else set()
    parts = []
    for part in element.iter():
        if part not in inside:
            parts.append(part.text if isinstance(part.tag, str) else None)
        if part is not element and (part not in inside or part is credit):
            parts.append(part.tail)
    return " ".join(filter(None, parts))


def _caption_beside(element: Element) -> Element | None:
    """Since 2022 the caption is the next element, not inside the photo's."""
    following = next(element.itersiblings("*"), None)
    if following is not None and "photo__caption" in (following.get("class") or "").split():
        return following
    return None
