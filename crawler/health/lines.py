"""Lines that stand in several stories: text of the site, or of its editors, that no rule removes."""

import re
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from crawler.kompas.text.sentences import sentences_of

CLOSE: Final = (100, 3)
"""A line is repeated when it stands in 3 of the newest 100 stories ..."""
WIDE: Final = (400, 6)
"""... or in 6 of the newest 400. On 186 real pages and bodies one line stands in three or more: that of `USUAL`."""
ENOUGH_BEFORE: Final = 30
"""Stories that must have been read before the run: they show what is repeated without any addition."""
FIRST: Final = (12, 0.3)
"""In a first run, stories and share of the newest 400 that must have a line."""

SHORTEST_LINE: Final = 2
"""Words of a whole line, and of a label before a colon, that are compared."""
SHORTEST_SENTENCE: Final = 4
"""Words of a sentence inside a line. Shorter ones ("Namun, itu salah.") are repeated by chance."""
LONGEST_LABEL: Final = 4
"""Words before a colon at the start of a line ("Pilihan Editor: ..."): what follows differs from story to story."""

USUAL: Final = frozenset(("baca selengkapnya di sini",))
"""Normalised lines that stories have and that are text: the line under each item of a digest."""

_WORD: Final = re.compile(r"[^\W_]+")
_DIGITS: Final = re.compile(r"\d+")


def lines_of_text(text: str) -> dict[str, str]:
    """Return the lines, sentences and labels of a text: normalised -> as printed.

    Normalised: words in lower case, parted by blanks, digits as `0`. A label ends with a colon.

    >>> lines_of_text("Pilihan Editor: Kapal Berlabuh")
    {'pilihan editor kapal berlabuh': 'Pilihan Editor: Kapal Berlabuh', 'pilihan editor:': 'Pilihan Editor:'}
    """
    found: dict[str, str] = {}
    for line in filter(None, text.split("\n")):
        sentences = [(sentence, _words(sentence)) for sentence in sentences_of(line)]
        words = list(chain.from_iterable(own for _, own in sentences))
        if len(words) >= SHORTEST_LINE:
            found.setdefault(" ".join(words), line)
        label, colon, rest = line.partition(":")
        if colon and rest[:1].isspace() and SHORTEST_LINE <= len(label.split()) <= LONGEST_LABEL:
            found.setdefault(f"{' '.join(_words(label))}:", f"{label}:")
        for sentence, own in sentences if len(sentences) > 1 else ():
            if len(own) >= SHORTEST_SENTENCE:
                found.setdefault(" ".join(own), sentence)
    return found


def text_without(text: str, lines: Collection[str]) -> str:
    """Return the letters of a text without some of its lines, sentences and labelled lines.

    :param lines: normalised (see `lines_of_text`).
    """
    kept: list[str] = []
    for line in text.split("\n"):
        found = lines_of_text(line)
        whole = " ".join(_words(line))
        if whole in lines or any(one.endswith(":") and one in lines for one in found):
            continue
        sentences = [" ".join(_words(sentence)) for sentence in sentences_of(line)]
        kept += [sentence for sentence in sentences if sentence not in lines]
    return "".join(kept).replace(" ", "")


def _words(text: str) -> list[str]:
    return _WORD.findall(_DIGITS.sub("0", text.casefold()))


@dataclass(frozen=True)
class _Story:
    number: int
    keys: tuple[int, ...]
    topics: frozenset[str]


@dataclass(frozen=True)
class RepeatedLine:
    """A line of one story that other stories have."""

    line: str
    """Normalised."""
    printed: str
    stories: tuple[str, ...]
    """Ids of the newest stories that have it, this one last."""


@dataclass
class LineWindow:
    """The lines of the newest stories, as hashes: some 400 stories of 20 lines each, whatever a run reads."""

    usual: frozenset[str] = USUAL
    """Normalised lines that are no sign of anything."""
    before: int = 0
    """Stories that were read before the run."""
    _stories: "OrderedDict[str, _Story]" = field(default_factory=OrderedDict)
    _having: dict[int, "OrderedDict[str, None]"] = field(default_factory=dict)
    _number: int = 0

    def add(self, story: str, lines: Mapping[str, str], topics: Iterable[str]) -> list[RepeatedLine]:
        """Add a story, in place of its earlier reading, and return those of its lines that are repeated.

        Stories with a topic in common (a tag, a kind) may share sentences about it: such a line is not repeated.
        """
        self._forget(story)
        self._number += 1
        keys = {hash(line): line for line in lines if line not in self.usual}
        self._stories[story] = _Story(self._number, tuple(keys), frozenset(topics))
        while len(self._stories) > WIDE[0]:
            self._forget(next(iter(self._stories)))
        found = []
        for key, line in keys.items():
            having = self._having.setdefault(key, OrderedDict())
            having[story] = None
            if len(having) >= CLOSE[1] and self._is_repeated(list(having)):
                found.append(RepeatedLine(line, lines[line], tuple(having)))
        return found

    def _is_repeated(self, stories: list[str]) -> bool:
        if self.before < ENOUGH_BEFORE:
            least, share = FIRST
            return len(stories) >= max(least, share * len(self._stories)) and not self._common(stories)
        newest = [one for one in stories if self._stories[one].number > self._number - CLOSE[0]]
        enough = ((newest, CLOSE[1]), (stories, WIDE[1]))
        return any(len(having) >= least and not self._common(having) for having, least in enough)

    def _common(self, stories: list[str]) -> frozenset[str]:
        return frozenset.intersection(*(self._stories[one].topics for one in stories))

    def _forget(self, story: str) -> None:
        known = self._stories.pop(story, None)
        for key in known.keys if known else ():
            having = self._having[key]
            del having[story]
            if not having:
                del self._having[key]
