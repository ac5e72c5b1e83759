"""A page with other classes and ids: each name becomes a made-up word, the same one wherever it stands."""

import random
import re
from typing import Final

_NAMES: Final = re.compile(r"""(\s(?:class|id)\s*=\s*)(["'])(.*?)\2""", re.DOTALL | re.IGNORECASE)


class Renaming:
    """Old name -> new name, drawn with a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.names: dict[str, str] = {}

    def page(self, body: bytes) -> bytes:
        """Return a page with the new names."""
        return _NAMES.sub(self._attribute, body.decode(errors="replace")).encode()

    def _attribute(self, found: re.Match[str]) -> str:
        return found[1] + found[2] + " ".join(map(self._new, found[3].split())) + found[2]

    def _new(self, name: str) -> str:
        while name not in self.names:
            word = "".join(self._random.choice("bdghklmnprst") + self._random.choice("aeiou") for _ in range(4))
            if word not in self.names.values():
                self.names[name] = word
        return self.names[name]
