"""Names without what spellings differ in: case, accents, apostrophes, punctuation."""

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart into a letter and an accent."""

_DROPPED: Final = re.compile(r"['’‘`´ʻʼʿʾ.]")
_NO_WORD: Final = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """Return a name in lower case without accents, apostrophes and full stops, its words separated by one blank.

    >>> fold("Sana'a"), fold("WASHINGTON D.C."), fold("Deir al-Balah"), fold("São Paulo")
    ('sanaa', 'washington dc', 'deir al balah', 'sao paulo')
    """
    plain = unicodedata.normalize("NFKD", _DROPPED.sub("", name).translate(_LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", letters.casefold()).strip()
