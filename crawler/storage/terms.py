"""The terms of a full-text search, as a user types them: words, "phrases in quotes", beginnings of words with `*`."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MARKED: Final = "([a-z])[\u0300-\u036f]+"
"""A Latin letter with its marks after Unicode's normalization NFD. FTS5 drops the marks of these letters only."""

_PIECE: Final = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
"""A phrase in quotes, or what stands between two blanks."""
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """Words that follow each other, in lower case without accents."""

    words: tuple[str, ...]
    is_beginning: bool = False
    """Whether the last word may go on, as in `ukrain*`."""

    @property
    def quoted(self) -> str:
        """Return the term as SQLite's FTS5 reads it."""
        return f'"{" ".join(self.words)}"' + "*" * self.is_beginning

    @property
    def pattern(self) -> str:
        """Return the term as a regular expression of PostgreSQL over text as `plain` has it."""
        end = "" if self.is_beginning else "(?![[:alnum:]])"
        return f"(?<![[:alnum:]]){'[^[:alnum:]]+'.join(self.words)}{end}"

    def is_in(self, story: str) -> bool:
        """Return whether a text has the term.

        >>> Term(("gempa", "turkiye")).is_in("Korban gempa Türkiye"), Term(("gemp",)).is_in("gempa")
        (True, False)
        """
        found, size = _WORD.findall(plain(story)), len(self.words)
        return any(self._is(found[at : at + size]) for at in range(len(found) - size + 1))

    def _is(self, run: list[str]) -> bool:
        *first, last = self.words
        return run[:-1] == first and (run[-1].startswith(last) if self.is_beginning else run[-1] == last)


def terms_of(query: str) -> tuple[Term, ...]:
    """Return the terms of a search. A word with punctuation in it is a phrase, as in the index.

    >>> [term.quoted for term in terms_of('Ukraina "Laut China" AS-China gemp*')]
    ['"ukraina"', '"laut china"', '"as china"', '"gemp"*']
    """
    found = []
    for phrase, star, word in (piece.groups() for piece in _PIECE.finditer(query)):
        words = tuple(_WORD.findall(plain(phrase if word is None else word)))
        if words:
            found.append(Term(words, (star if word is None else word).endswith("*")))
    return tuple(found)


def plain(story: str) -> str:
    """Return a text in lower case and without accents of Latin letters, as the index has it.

    >>> plain("Erdoğan di TÜRKIYE")
    'erdogan di turkiye'
    """
    letters = re.sub(MARKED, r"\1", unicodedata.normalize("NFD", story.lower()))
    return unicodedata.normalize("NFC", letters)
