"""A set with bounded memory: what a crawl of ten years remembers of itself fits in a few MB."""

from typing import Final

ENOUGH: Final = 20_000
"""Members: several weeks of stories, while a story is met again within a day of the index or two."""


class Recent:
    """The newest members of a set that forgets its oldest.

    >>> recent = Recent(size=2)
    >>> [recent.add(member) for member in ("a", "b", "a", "c", "b", "a")]
    [True, True, False, True, False, True]
    """

    def __init__(self, size: int = ENOUGH) -> None:
        self._size = size
        self._members: dict[str, None] = {}

    def __len__(self) -> int:
        return len(self._members)

    def add(self, member: str) -> bool:
        """Add a member; return False if it was in the set."""
        if member in self._members:
            return False
        self._members[member] = None
        if len(self._members) > self._size:
            del self._members[next(iter(self._members))]
        return True
