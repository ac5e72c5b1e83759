"""Photos: address, caption and credit, apart."""

from typing import Final
from urllib.parse import urljoin

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.cleaning.body import Body
from crawler.cleaning.elements import empty, select
from crawler.cleaning.rules import PHOTOS
from crawler.items import Image
from crawler.text.captions import credit_name, split_caption

_PHOTOS = CSSSelector(PHOTOS, translator="html")
_CREDIT = CSSSelector("span.author, .photo__caption span, .photo__author, figcaption span", translator="html")
_CAPTION = CSSSelector(".photo__caption, figcaption", translator="html")
_NOT_PHOTOS: Final = ("/pickwords/", "data:image", "/wp/images/", "/images/icon")
"""Icons inside the text: the picture beside a promoted word, placeholders, page decoration."""


def take_photos(root: HtmlElement, body: Body, page_url: str) -> None:
    """Moves every photo of the body, with its caption, into `body.images`."""
    for element in select(root, _PHOTOS):
        image = read_photo(element, page_url, role="inline")
        if image:
            body.images.append(image)
        caption = _caption_beside(element)
        if caption is not None:
            empty(caption)
        empty(element)


def read_photo(element: HtmlElement, page_url: str, role: str) -> Image | None:
    """The photo that an element shows; None where it shows none (an icon, an empty box)."""
    picture = element if element.tag == "img" else next(element.iter("img"), None)
    if picture is None:
        return None
    source = picture.get("data-src") or picture.get("src") or ""
    if not source.strip() or any(mark in source for mark in _NOT_PHOTOS):
        return None
    printed = _caption_beside(element)
    if printed is None:  # inside the photo's element: in one of its own, or as its only text
        printed = next(select(element, _CAPTION), element)
    credit = next((credit_name(found.text_content()) for found in select(printed, _CREDIT)), None)
    caption = split_caption(printed.text_content(), credit)
    return Image(url=urljoin(page_url, source.strip()), caption=caption, credit=credit, role=role)


def _caption_beside(element: HtmlElement) -> HtmlElement | None:
    """Since 2022 the caption is the next element, not inside the photo's."""
    following = element.getnext()
    while following is not None and not isinstance(following.tag, str):
        following = following.getnext()
    if following is not None and "photo__caption" in (following.get("class") or "").split():
        return following
    return None
