"""Measure the markup of a page before it is parsed: how much libxml2 would have to build, and in what time."""

import re
from functools import cache
from typing import Final

from crawler import bounds
from crawler.errors import TooLarge

_S: Final = r" \t\n\r\f"
"""White space between attributes: a no-break space or a vertical tab belongs to a name."""
_NAME: Final = rf"[A-Za-z][^{_S}/>]*+[{_S}/]*+"
_PLAIN: Final = rf"""(?:/|(?!s[ct]))[a-z][a-z0-9]*+(?:[{_S}][A-Za-z-]++="[^"]*+")"""
"""A tag other than those of raw text, as most are written; the pattern of any tag matches it too, but in more time."""
_VALUE: Final = rf"""[{_S}]*+=[{_S}]*+(?:"[^"]*+"?+|'[^']*+'?+|[^{_S}>"'][^{_S}>]*+)?+"""
_ATTRIBUTE: Final = rf"(?:=[^{_S}/>=]*+|[^{_S}/>=]++)(?:{_VALUE})?+[{_S}/]*+"
_COMMENT: Final = r"!--(?:-?+>|(?:[^-]++|-(?!-!?+>))*+(?:--!?+>|-*+\Z))"
_RAW_TEXT: Final = ("(?i:script)", "(?i:style)")
"""Patterns of the elements whose content the parser takes for text up to their end tag."""


def refuse_oversized(text: str) -> None:
    """Refuse a page that cannot be parsed in bounded memory and time.

    :raises TooLarge: more tags than `bounds.PAGE_TAGS`, or an element with more attributes than
        `bounds.ELEMENT_ATTRIBUTES`.
    """
    tags = text.count("<")
    if tags > bounds.PAGE_TAGS:
        raise TooLarge(f"the page has {tags:,} tags; a page of more than {bounds.PAGE_TAGS:,} is not read")
    measured = _within(bounds.ELEMENT_ATTRIBUTES).match(text)
    end = measured.end() if measured else 0
    if end < len(text):
        raise TooLarge(f"the element at character {end:,} has more than {bounds.ELEMENT_ATTRIBUTES} attributes")


@cache
def _within(most: int) -> re.Pattern[str]:
    """Return a pattern that matches a page up to its first element with more attributes, in one pass.

    Every repetition is possessive, so that the time is linear whatever the page holds. What a tag is, the HTML standard
    says (13.2.5), which libxml2 follows since 2.14: none stands in a comment or a script.
    """
    attributes = rf"(?:{_ATTRIBUTE}){{0,{most}}}+"
    raw = "|".join(rf"{name}(?=[{_S}/>])[{_S}/]*+{attributes}(?:>(?:[^<]++|<(?!/{name}))*+|\Z)" for name in _RAW_TEXT)
    tag = rf"(?!(?:{'|'.join(_RAW_TEXT)})[{_S}/>])/?+{_NAME}{attributes}(?:>|\Z)"
    plain = rf"{_PLAIN}{{0,{most}}}+>"
    return re.compile(rf"[^<]*+(?:<(?:{plain}|{tag}|{_COMMENT}|{raw}|(?![A-Za-z/])|/(?![A-Za-z]))[^<]*+)*+", re.ASCII)
