"""The whole text of a story as its page states it in a script, and which part of it a reading lacks.

`keywordBrandSafety` holds the text of all pages of the story, without markup and with entities escaped twice, on every
article page of 2023 and 2024. It begins with the dateline, includes the titles of "Baca juga" lines and ends with
promotion.
"""

import html
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from crawler import bounds
from crawler.kompas.cleaning.phrase_rules import PROMOTION
from crawler.kompas.pages.document import Document
from crawler.kompas.text.sentences import sentences_of
from crawler.kompas.text.whitespace import collapse

_NAME: Final = "keywordBrandSafety"
_VARIABLE: Final = re.compile(rf'\b{_NAME}\s*=\s*("(?:[^"\\]++|\\.)*+")', re.DOTALL)
_WORD: Final = re.compile(r"[A-Za-z'\-]+")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_UNREAD: Final = re.compile(rb"\0+")
_GRAM: Final = 12
"""Letters in a row that must be the same for a piece of the whole text to count as read."""


def count_words(text: str) -> int:
    """Return the number of words as `content_total_words` counts them (PHP's `str_word_count`).

    Digits are no words, a dash between blanks is one. The count of the text in `keywordBrandSafety`, unescaped once, is
    the declared one on 1,051 of 1,051 pages of 2023 and 2024.

    >>> count_words("NARA, KOMPAS.com - Ada 12 kapal.")
    6
    """
    return len(_WORD.findall(text))


def stated_text(document: Document, declared_words: int | None) -> str | None:
    """Return the whole story as the page states it, without the promotion at its end.

    None where the page states no text, one that has fewer words than the page declares (a part only), or one that is
    longer than `bounds.STATED_TEXT`.
    """
    scripts = (text for script in document.scripts if (text := script.text) and _NAME in text)
    found = next(filter(None, map(_VARIABLE.search, scripts)), None)
    text = html.unescape(_string(found[1])) if found and len(found[1]) <= bounds.STATED_TEXT else ""
    if not text.strip() or count_words(text) < (declared_words or 0):
        return None
    return PROMOTION.sub("", collapse(html.unescape(text)))


def _string(literal: str) -> str:
    """Return the value of a string of JavaScript; as it is written where it has escapes that JSON does not know."""
    try:
        return str(json.loads(literal, strict=False))
    except ValueError:
        return literal[1:-1]


def missing_parts(whole: str, texts: Iterable[str]) -> list[str]:
    """Return the parts of a text that stand in none of these texts, in order.

    Only letters and digits are compared, in any case: the whole text has no blanks between paragraphs.

    >>> missing_parts("Rakit itu tiba di kota.Warga menonton dari dermaga.", ["Rakit itu tiba di kota."])
    ['Warga menonton dari dermaga']
    """
    letters = _letters(whole)
    pieces = [_letters(text) for text in texts]
    read = bytearray(len(letters))
    for piece in pieces[: bounds.SHORT_PIECES]:  # most stand there whole, which saves looking at their letters
        if len(piece) >= _GRAM and (start := letters.find(piece)) >= 0:
            read[start : start + len(piece)] = b"\1" * len(piece)
    _read_grams(letters, read, pieces)
    starts: dict[str, int] = {}
    for piece in sorted((piece for piece in pieces if 0 < len(piece) < _GRAM), key=len, reverse=True):
        if piece in starts or len(starts) < bounds.SHORT_PIECES:
            starts[piece] = _take(piece, letters, read, starts.get(piece, 0))
    runs = list(_UNREAD.finditer(read))
    places = [place for place, char in enumerate(whole) if char.isalnum()] if runs else []
    return [whole[places[run.start()] : places[run.end() - 1] + 1] for run in runs]


def without_any(whole: str, texts: Iterable[str]) -> list[str]:
    """Return the sentences of these texts that do not stand in a whole text, in order; short ones count as standing.

    >>> without_any("Rakit itu tiba di kota.Warga menonton.", ["Rakit itu tiba di kota. Ikuti saluran kami sekarang."])
    ['Ikuti saluran kami sekarang.']
    """
    letters = _letters(whole)
    found = []
    for text in texts:
        if _letters(text) in letters:
            continue
        for sentence in sentences_of(text):
            own = _letters(sentence)
            if len(own) >= _GRAM and own not in letters:
                found.append(sentence)
    return found


@lru_cache(maxsize=64)  # the texts of a story, which are compared twice
def _letters(text: str) -> str:
    """Return the letters and digits of a text, each as one character that case does not change."""
    letters = _NO_LETTERS.sub("", text)
    folded = letters.casefold()
    return folded if len(folded) == len(letters) else "".join(letter.casefold()[0] for letter in letters)


def _read_grams(letters: str, read: bytearray, pieces: list[str]) -> None:
    """Mark every `_GRAM` letters in a row that stand in a piece as read. Rows without an unread letter are left out."""
    runs = [
        (max(0, run.start() - _GRAM + 1), min(run.end(), len(letters) - _GRAM + 1)) for run in _UNREAD.finditer(read)
    ]
    if not runs:
        return
    grams = {piece[start : start + _GRAM] for piece in pieces for start in range(len(piece) - _GRAM + 1)}
    for start in (start for run in runs for start in range(*run)):
        if letters[start : start + _GRAM] in grams:
            read[start : start + _GRAM] = b"\1" * _GRAM


def _take(piece: str, letters: str, read: bytearray, start: int) -> int:
    """Mark the first unread place of a short piece, such as the item of a list, as read; return the place behind it.

    :param start: a place before which the piece is read wherever it stands.
    """
    start = letters.find(piece, start)
    while start >= 0:
        if not any(read[start : start + len(piece)]):
            read[start : start + len(piece)] = b"\1" * len(piece)
            return start + len(piece)
        start = letters.find(piece, start + 1)
    return len(letters)
