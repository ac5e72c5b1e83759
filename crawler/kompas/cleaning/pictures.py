"""Find the address of a picture, which scripts that load pictures late keep in many places."""

import re
from functools import lru_cache
from itertools import islice
from typing import Final

from lxml.etree import _Element as Element

from crawler import bounds
from crawler.kompas.urls import absolute

_NOT_PHOTOS: Final = ("/pickwords/", "data:image", "/wp/images/", "/images/icon")
"""Icons inside the text: the picture beside a promoted word, placeholders, page decoration."""

_ATTRIBUTES: Final = ("data-src", "data-original", "data-lazy-src", "src")
"""Where a script loads the picture from a `data-*` attribute, `src` is a placeholder."""

_CANDIDATE: Final = re.compile(r"([^\s,]\S*[^\s,])(?:\s+(\d+(?:\.\d+)?)[wx])?\s*(?:,|$)")
"""Address and size of one picture of a `srcset`; an address may hold commas, but neither begins nor ends with one."""


def addresses_of(element: Element, own: list[Element], page_url: str) -> list[str]:
    """Return the addresses of a picture, or of the pictures among an element's own children, each once.

    A picture that loads late stands in a <noscript> again, perhaps in another size: that one counts where no other has
    an address.
    """
    pictures = [element] if element.tag == "img" else [picture for child in own for picture in child.iter("img")]
    again = {picture for child in own for fallback in child.iter("noscript") for picture in fallback.iter("img")}
    addresses = [(picture in again, _address(picture, page_url)) for picture in pictures]
    late = all(url is None for is_again, url in addresses if not is_again)
    return list(dict.fromkeys(url for is_again, url in addresses if url and (late or not is_again)))


def _address(picture: Element, page_url: str) -> str | None:
    """Return the address of a picture; None for an icon, a placeholder, or a pixel that counts readers."""
    if {picture.get("width"), picture.get("height")} & {"0", "1"}:
        return None
    around = next(picture.iterancestors("picture"), None)
    if around is not None and next(around.iter("img"), None) is not picture:  # it shows one
        around = None
    beside = around.iter("source") if around is not None else ()
    sources = [picture, *islice(beside, bounds.PICTURE_SOURCES)]
    candidates = [picture.get(name) or "" for name in _ATTRIBUTES]
    candidates += [_largest(source.get(name) or "") for source in sources for name in ("data-srcset", "srcset")]
    for candidate in filter(str.strip, candidates):
        url = absolute(candidate, page_url)
        if url and not any(mark in url for mark in _NOT_PHOTOS):
            return url
    return None


def _largest(srcset: str) -> str:
    """Return the address of the largest picture of a `srcset`; empty where there is none, or it is too long."""
    return _largest_of(srcset) if 0 < len(srcset) <= bounds.SRCSET else ""


@lru_cache(maxsize=64)  # each picture below a <picture> has the same
def _largest_of(srcset: str) -> str:
    sizes = [(float(size or 1), url) for url, size in _CANDIDATE.findall(srcset)]
    return max(sizes, key=lambda sized: sized[0])[1] if sizes else ""
