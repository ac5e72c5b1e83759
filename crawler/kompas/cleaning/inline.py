"""Inline text: markup neither glues words nor parts them.

The site puts white space round every tag link (``( <a>AS</a>)``, ``<a>Rusia </a>, yang``). While a line is put
together, two private characters fence each link. White space between a fence and punctuation was added with the link
and is removed; all other white space is the editor's and is kept (collapsed).
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
_FIRST_IN_QUOTES: Final = re.compile(rf"^(?: {OPEN} ?|{OPEN} )")
_LAST_IN_QUOTES: Final = re.compile(rf"(?: ?{CLOSE} | {CLOSE})$")


def tidy(fenced: str) -> str:
    """Return a fenced line as a reader sees it.

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
    """Do the same for straight quotation marks: every other piece between them is a quotation."""
    pieces = text.split('"')
    for position in range(1, len(pieces), 2):
        pieces[position] = _LAST_IN_QUOTES.sub(CLOSE, _FIRST_IN_QUOTES.sub(OPEN, pieces[position]))
    return '"'.join(pieces)
