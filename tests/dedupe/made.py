"""Bodies with known likeness, out of invented words: edited, cut, quoted, and such as only look alike."""

import random
from dataclasses import dataclass
from typing import Final

from crawler.dedupe.likeness import Likeness

_STEMS: Final = "kapal laut pulau angin pagi kota warga jalan pasar sawah hujan gempa surat rapat tamu desa".split()
_ENDINGS: Final = ("", "an", "nya", "lah", "kan", "i", "mu", "ku")
WORDS: Final = tuple(f"{stem}{ending}" for stem in _STEMS for ending in _ENDINGS)


@dataclass(frozen=True)
class Pair:
    """Two bodies and whether they are nearly the same."""

    name: str
    one: str
    other: str

    @property
    def share(self) -> float:
        return Likeness(self.one).similarity(self.other)


def body(draw: random.Random, words: int = 250) -> str:
    """Sentences of six to eighteen words."""
    sentences = []
    left = words
    while left > 0:
        length = min(left, draw.randint(6, 18))
        sentences.append(" ".join(draw.choices(WORDS, k=length)).capitalize() + ".")
        left -= length
    return " ".join(sentences)


def edited(draw: random.Random, text: str, words: int) -> str:
    """So many words replaced."""
    parts = text.split()
    for at in draw.sample(range(len(parts)), words):
        parts[at] = f"ganti{draw.randint(0, 9999)}"
    return " ".join(parts)


def cut(text: str, share: float) -> str:
    """Its first part."""
    parts = text.split()
    return " ".join(parts[: round(len(parts) * share)])


def pairs_near(draw: random.Random, number: int) -> list[Pair]:
    """Pairs of a similarity of 0.8 and more: edited, cut, with another end, in other letters and punctuation."""
    found: list[Pair] = []
    while len(found) < number:
        text = body(draw, draw.randint(60, 600))
        size = len(text.split())
        kinds = (
            ("edited", edited(draw, text, draw.randint(1, max(1, size // 28)))),
            ("cut", cut(text, draw.uniform(0.82, 0.99))),
            ("longer", f"{text} {body(draw, max(1, size // 6))}"),
            ("written otherwise", text.replace(".", " ;").upper()),
        )
        found += [pair for name, other in kinds if (pair := Pair(name, text, other)).share >= 0.8]
    return found[:number]
