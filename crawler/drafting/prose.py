"""Rewrite text in place: every word and number becomes another of the same length."""

import html
import re
from typing import Final

from crawler.drafting.addresses import Addresses
from crawler.drafting.kept import KEPT_SPANS, furniture_words, is_kept, keeps_digits
from crawler.drafting.words import LETTERS, Words
from crawler.kompas.cleaning.phrase_rules import PROMOTION
from crawler.kompas.text.whitespace import collapse

_PARTS: Final = re.compile(
    r"(?P<fixed>&(?:amp;)*#?\w+;|\\u[0-9a-fA-F]{4}|\\.)"
    r"|(?P<address>https?:(?:\\?/){2}[^\s\"'<>()\x1f]+)"
    rf"|(?P<span>{KEPT_SPANS.pattern})|(?P<run>{LETTERS.pattern})|(?P<digits>\d+)|(?P<other>[^\W\d_a-zA-Z])"
)
"""Entities and escapes, addresses, spans that stay, words, numbers, letters of other alphabets."""
_LATIN: Final = 0x250
"""Code point up to which a letter beside ASCII belongs to a word of Latin letters, and stays."""
_GAP: Final = r"(?:&(?:amp;)*#?\w+;|[^A-Za-z&]){1,12}"
"""Between two words of a line, where a script repeats it."""
_LONG: Final = 4
"""Words of a line of furniture that is looked for inside longer texts too."""


class Prose:
    """Rewrites the texts of one page; its furniture lines are known to be such in other places too."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.addresses = Addresses(words)
        self._furniture: list[tuple[re.Pattern[str], frozenset[str]]] = []

    def note(self, line: str) -> None:
        """Take in a line of the page: if it is furniture, its words stay where a script repeats it."""
        kept = furniture_words(html.unescape(line))
        runs = LETTERS.findall(html.unescape(line))
        if kept and len(runs) >= _LONG:
            self._furniture.append((re.compile(_GAP.join(map(re.escape, runs))), kept))

    def line(self, raw: str) -> str:
        """Return a line of source text, rewritten: as long as before, entities in their places."""
        plain = collapse(html.unescape(raw))
        return self._rewrite(raw, [(0, len(raw), furniture_words(plain))], is_time=keeps_digits(plain))

    def text(self, raw: str) -> str:
        """Return a longer text, such as the whole story in a script."""
        found = [(match.start(), match.end(), kept) for rule, kept in self._furniture for match in rule.finditer(raw)]
        promotion = PROMOTION.search(raw)
        if promotion:
            found.append((promotion.start(), len(raw), furniture_words(promotion[0])))
        return self._rewrite(raw, found, is_time=False)

    def _rewrite(self, raw: str, furniture: list[tuple[int, int, frozenset[str]]], is_time: bool) -> str:
        def part(match: re.Match[str]) -> str:
            text, kind = match[0], match.lastgroup
            if kind == "address":
                return self.addresses.rewrite(text)
            if kind == "run":
                here = (kept for start, end, kept in furniture if start <= match.start() < end)
                is_fixed = is_kept(text) or any(text.lower() in kept for kept in here)
                return text if is_fixed else self._words.word(text)
            if kind == "digits":
                return text if is_time else self._words.number(text)
            return _neighbour(text) if kind == "other" else text

        return _PARTS.sub(part, raw)


def _neighbour(letter: str) -> str:
    """Return the letter beside one of another alphabet, of the same case; a Latin letter stays."""
    other = chr(ord(letter) ^ 1)
    is_alike = other.isalpha() and other.isupper() == letter.isupper()
    return other if ord(letter) >= _LATIN and is_alike else letter
