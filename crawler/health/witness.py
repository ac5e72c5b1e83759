"""The second witness of completeness: stories that other pages name and the index of their day does not list."""

from dataclasses import dataclass
from typing import Final

from crawler.health.chance import chance_of_so_few

BY_CHANCE: Final = 1e-4
"""Largest probability of a rise by chance alone. Nightly runs name a story up to four times, so that they are not
independent; three unlisted stories of 50 after 30 runs without any are an alarm, two are not."""
LEAST_RISE: Final = 0.04
"""By how much the share of unlisted stories must rise."""
ENOUGH_BEFORE: Final = 200
"""Named stories in earlier runs from which on a run is compared with them."""
MAX_FIRST_SHARE: Final = 0.2
"""Share that may be unlisted as long as there are no earlier runs to compare with: a section front has stuck links."""
ENOUGH_UNLISTED: Final = 3
"""Unlisted stories from which on a share is an alarm."""


@dataclass(frozen=True)
class Witnessed:
    """Stories that witnesses name, of days whose index was read since they must have been in it."""

    named: int = 0
    unlisted: int = 0
    """Those that the index does not list."""
    example: str = ""
    """Address of one of these."""

    @property
    def share(self) -> float:
        """Return the share that the index does not list; 0 without stories."""
        return self.unlisted / self.named if self.named else 0.0

    def alarm(self, before: "Witnessed") -> list[str]:
        """Return the reason of a share that rose, or is too high where no earlier runs tell the usual one.

        :param before: the sum of earlier runs.
        """
        if self.unlisted < ENOUGH_UNLISTED:
            return []
        sentence = f"the index does not list {self.unlisted} of {self.named} stories that other pages name"
        if before.named < ENOUGH_BEFORE:
            return [f"{sentence}, such as {self.example}"] if self.share > MAX_FIRST_SHARE else []
        listed, listed_before = self.named - self.unlisted, before.named - before.unlisted
        chance = chance_of_so_few(listed, self.named, listed_before, before.named)
        if self.share - before.share < LEAST_RISE or chance > BY_CHANCE:
            return []
        return [f"{sentence}, {before.share:.1%} before, such as {self.example}"]
