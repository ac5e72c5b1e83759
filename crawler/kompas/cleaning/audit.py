"""Compare the text of a body element with what cleaning made of it: every character is kept or has a named removal."""

import re
from collections import Counter
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas import tree
from crawler.kompas.cleaning.body import Body
from crawler.kompas.cleaning.inline import CLOSE, OPEN
from crawler.kompas.cleaning.writer import DIGITS, LOWERED, RAISED
from crawler.kompas.text.whitespace import printable

_MOST_WORK: Final = 100_000_000
"""Characters that are compared to find the texts that miss something."""
_PLAIN: Final = str.maketrans(RAISED + LOWERED, DIGITS * 2, OPEN + CLOSE)
_NOT_PLAIN: Final = re.compile(f"[{re.escape(RAISED + LOWERED + OPEN + CLOSE)}]")


def unaccounted(element: Element, body: Body) -> list[str]:
    """Return the texts below an element that are neither in a block nor in a removal; code is no text.

    White space, unprinted characters and raised digits do not count. Where the texts cannot be told apart, the missing
    characters are returned as one text.
    """
    texts = texts_below(element)
    printed = squeezed(texts)
    kept = squeezed([*(block.text for block in body.blocks), *(removal.text for removal in body.removed)])
    missing = Counter(printed) - Counter(kept) if len(printed) != len(kept) else Counter[str]()
    if not missing:
        return []
    if len(texts) * len(kept) > _MOST_WORK:
        return ["".join(missing.elements())]
    return [text for text in texts if squeezed([text]) not in kept] or ["".join(missing.elements())]


def texts_below(element: Element) -> list[str]:
    """Return the texts below an element, without code."""
    return tree.texts_below(element, tree.CODE)


def squeezed(texts: list[str]) -> str:
    """Return the characters that count: without white space and unprinted ones, raised digits as digits."""
    text = "".join(printable("".join(texts)).split())
    return text.translate(_PLAIN) if _NOT_PLAIN.search(text) else text
