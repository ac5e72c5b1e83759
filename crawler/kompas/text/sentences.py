"""Sentences of an article."""

import re
from typing import Final

_SHORT: Final = (
    "dr|drg|prof|ir|h|hj|st|mr|mrs|ms|jr|sr|no|jl|gg|hal|tgl|rp|pt|cv|tbk|dll|dsb|vs|cf|gen|col|lt|sen|rep|gov"
)
"""Abbreviations before a full stop that ends no sentence, in lower case."""

_END: Final = re.compile(
    r"[.!?…](?P<closing>[\"”’»)\]]*)\s+(?=[\"“‘«(\[]*[\w#@])"
    r"|\n+"
)
"""The end of a sentence: its mark, closing quotes and the space behind, or the end of a line."""
_LOOK: Final = 6
"""Characters after an end in which the next sentence must begin."""
_NO_END: Final = re.compile(rf"(?:^|[\s\"“‘«(\[.])(?:(?:{_SHORT})|\w)\.$", re.IGNORECASE)
"""The last word is an abbreviation or an initial."""
_LAST_WORD: Final = max(map(len, _SHORT.split("|"))) + 3
"""Characters at the end of a sentence in which `_NO_END` looks: more than it matches, so that its `^` is the start."""


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text in order. A new line ends a sentence, so that each heading is one.

    >>> sentences_of('Judul\\n\\nKapal itu berlabuh. "Kami lega," kata dr. B. Santoso. Harganya Rp 1.500.')
    ['Judul', 'Kapal itu berlabuh.', '"Kami lega," kata dr. B. Santoso.', 'Harganya Rp 1.500.']
    """
    found, begin = [], 0
    for end in _END.finditer(text):
        closing = end["closing"]
        sentence = text[begin : end.start() if closing is None else end.end("closing")]
        if closing is not None and not _begins(text[end.end() : end.end() + _LOOK]):
            continue
        if closing == "" and _NO_END.search(sentence[-_LAST_WORD:]):
            continue
        found.append(sentence.strip())
        begin = end.end()
    return [sentence for sentence in (*found, text[begin:].strip()) if sentence]


def _begins(rest: str) -> bool:
    """Return whether a sentence can begin here: with anything but a small letter."""
    first = next((letter for letter in rest if letter.isalnum()), "")
    return not first.islower()
