"""Name the markup of a body: what a story has never had before may be an addition that no rule knows."""

import re
from functools import lru_cache
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas.cleaning.parts import Parts
from crawler.kompas.tree import CODE

MOST_NAMES: Final = 64
"""Names that one page gives at most. The 126 real pages give 4 to 29."""

_VARIES: Final = re.compile(r"(?=.*\d.*\d.*\d).{4,}|[0-9a-f-]{8,}|.{41,}")
"""Values that differ from page to page: three digits or more, a hash, or more than 40 letters."""
_DIGITS: Final = re.compile(r"\d+")

_Key = tuple[str, str | None, str | None, tuple[str, ...]]
"""Tag, class, id, and the names of all attributes."""


def names_below(root: Element, parts: Parts) -> tuple[str, ...]:
    """Return the names of the markup of the story, each once, in document order.

    `tag` for an element without class and id, `tag.class`, `tag#id` and `tag[attribute]`; digits are `0`, and a value
    that varies by nature is `*`. What stands in a box of a named rule or behind the end mark is not the story's.
    """
    seen: dict[_Key, None] = {}
    inside: set[Element | None] = set()
    for element in root.iter("*"):
        if element is parts.end:
            break
        if inside and element.getparent() in inside:
            inside.add(element)
            continue
        rule = parts.rule_of(element)
        if rule is not None:
            inside.add(element)
        if element is not root and element.tag not in CODE and not (rule and rule.startswith("box/")):
            seen[(element.tag, element.get("class"), element.get("id"), tuple(map(str, element.keys())))] = None
    return tuple(dict.fromkeys(name for key in seen for name in _names(key)))[:MOST_NAMES]


@lru_cache(maxsize=4096)  # links and paragraphs of all pages have the same few attributes
def _names(key: _Key) -> tuple[str, ...]:
    tag, classes, identity, attributes = key
    marks = [f"{tag}.{_steady(name)}" for name in (classes or "").split()]
    marks += [f"{tag}#{_steady(identity.strip())}"] if identity and identity.strip() else []
    others = (name for name in attributes if name not in ("class", "id"))
    return (*(marks or [tag]), *(f"{tag}[{_steady(name)}]" for name in others))


def _steady(name: str) -> str:
    name = name.lower()
    return "*" if _VARIES.fullmatch(name) else _DIGITS.sub("0", name)
