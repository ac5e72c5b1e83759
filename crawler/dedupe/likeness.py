"""Near-duplicate bodies: MinHash keys find candidates, the share of common word shingles decides.

rensa makes the MinHash signatures. Candidates share a key; the share is then counted on the texts themselves, so that
no two stories are matched by chance.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rensa import RMinHash

WORDS: Final = 3
"""Words in a shingle: one changed word changes three shingles."""
ALIKE: Final = 0.8
"""Bodies with at least this share of common shingles (Jaccard) are near-duplicates."""
FEWEST: Final = 10
"""Bodies with fewer shingles are not compared: gallery captions resemble each other."""

_BANDS: Final = 10
_ROWS: Final = 3
"""Two bodies with a share s of common shingles have a common key with the chance 1 - (1 - s^3)^10: 0.9992 at 0.8, and
0.08 at 0.2, where most are told apart by their first words already."""
_SEED: Final = 20210422
"""Keys are kept for years: another seed, like other numbers above, makes those of a store worthless."""
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Likeness:
    """The shingles and keys of a body."""

    text: str

    @cached_property
    def shingles(self) -> frozenset[str]:
        """Runs of words in lower case, without punctuation."""
        words = _WORD.findall(self.text.lower())
        return frozenset(map(" ".join, zip(*(words[at:] for at in range(WORDS)), strict=False)))

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """63-bit numbers; near-duplicates share at least one. Empty for a body that is too short."""
        if len(self.shingles) < FEWEST:
            return ()
        signature = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
        signature.update(self.shingles)
        return tuple(_keys(signature.digest()))

    def similarity(self, text: str) -> float:
        """Return the share of common shingles (Jaccard), 0 to 1.

        >>> Likeness("satu dua tiga empat lima").similarity("Satu dua tiga, empat enam")
        0.5
        """
        other = Likeness(text).shingles
        common = len(self.shingles & other)
        union = len(self.shingles) + len(other) - common
        return common / union if union else 0.0

    def alike(self, text: str) -> float | None:
        """Return that share if the bodies are near-duplicates, else None."""
        if len(self.shingles) < FEWEST:
            return None
        share = 1.0 if text == self.text else self.similarity(text)
        return share if share >= ALIKE else None


def _keys(signature: list[int]) -> Iterator[int]:
    """Mix each band of 32-bit numbers and its position into one number (FNV-1a, which never changes)."""
    for band in range(_BANDS):
        key = 0xCBF29CE484222325
        for value in (band, *signature[band * _ROWS : (band + 1) * _ROWS]):
            key = ((key ^ value) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
        yield key >> 1
