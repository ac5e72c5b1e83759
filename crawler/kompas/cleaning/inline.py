"""Inline text: words are neither glued nor parted by markup.

The site puts white space round every tag link (``( <a>AS</a>)``, ``<a>Rusia </a>, yang``). While a line is put
together each link is fenced by two private characters; white space that stands between a fence and punctuation
was added with the link and goes, all other white space is the editor's and is kept (collapsed).
"""

import re
from typing import Final

from crawler.kompas.text.whitespace import collapse

OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"

_AFTER_OPENING: Final = re.compile(rf"([(\[{{“‘«]) ?{OPEN} ?")
_BEFORE_CLOSING: Final = re.compile(rf" ?{CLOSE} ?(?=[)\]}}”»,.;:!?…]|’(?!\w))")
_AFTER_JOINT: Final = re.compile(rf"(?<=\w[-/]) ?{OPEN} ?")
_BEFORE_JOINT: Final = re.compile(rf" ?{CLOSE} ?(?=[-/]\w)")
_QUOTE_BEFORE: Final = re.compile(rf'" {OPEN} ?|"{OPEN} ')
_QUOTE_AFTER: Final = re.compile(rf' ?{CLOSE} "| {CLOSE}"')


def tidy(fenced: str) -> str:
    """The line as a reader sees it.

    >>> tidy(f"Amerika Serikat ( {OPEN}AS{CLOSE}) dan {OPEN}Rusia {CLOSE}, kata  {OPEN}Biden{CLOSE}")
    'Amerika Serikat (AS) dan Rusia, kata Biden'
    >>> tidy(f'menyebut " {OPEN}perang{CLOSE} " itu')
    'menyebut "perang" itu'
    >>> tidy(f"kelompok pro- {OPEN}lingkungan{CLOSE} – {OPEN}aktivis{CLOSE} – di {OPEN}Rusia {CLOSE}-Ukraina")
    'kelompok pro-lingkungan – aktivis – di Rusia-Ukraina'
    """
    text = collapse(fenced)
    if OPEN not in text:
        return text
    text = _BEFORE_CLOSING.sub(CLOSE, _AFTER_OPENING.sub(rf"\1{OPEN}", text))
    text = _BEFORE_JOINT.sub(CLOSE, _AFTER_JOINT.sub(OPEN, text))
    if '"' in text:
        text = _tidy_quotes(text)
    return collapse(text.replace(OPEN, "").replace(CLOSE, ""))


def _tidy_quotes(text: str) -> str:
    """The same for straight quotation marks: one with an even number of others before it opens a quotation."""
    text = _QUOTE_BEFORE.sub(lambda m: f'"{OPEN}' if _opens(m.string, m.start()) else m[0], text)
    return _QUOTE_AFTER.sub(lambda m: m[0] if _opens(m.string, m.end() - 1) else f'{CLOSE}"', text)


def _opens(text: str, position: int) -> bool:
    return text.count('"', 0, position) % 2 == 0
