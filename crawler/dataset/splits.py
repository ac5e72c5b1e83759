"""Splits: which part of a dataset a story belongs to. Near-duplicates are always in the same part.

A cluster holds the stories that are near-duplicates, directly or through others, and is placed as a whole. `time` sorts
clusters by their earliest id, which begins with the day. `cluster` shuffles them and fills the parts to their shares.
`random` hashes each cluster, so that a story stays in its part when the dataset grows.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import Any, Final

from crawler.errors import BadArgument

_LARGEST: Final = 1 << 64


class By(Enum):
    """How stories are divided into parts."""

    TIME = "time"
    CLUSTER = "cluster"
    RANDOM = "random"


@dataclass(frozen=True)
class Plan:
    """The requested split."""

    shares: Mapping[str, int]
    """Name of a part -> its share; the shares need not add up to 100."""
    by: By
    seed: int = 0


def plan_of(text: str, by: str, seed: int) -> Plan:
    """Parse a split.

    >>> plan_of("train=80,test=20", "time", 0).shares
    {'train': 80, 'test': 20}

    :param text: `train=80,validation=10,test=10`.
    :raises BadArgument: a share is no number, or a name is given twice.
    """
    shares: dict[str, int] = {}
    for part in text.split(","):
        name, _, share = part.partition("=")
        if not (name.isidentifier() and share.isascii() and share.isdigit() and int(share[:9])) or name in shares:
            raise BadArgument(f"--split {text} is not understood; write it as train=80,validation=10,test=10")
        shares[name] = int(share[:9])
    return Plan(shares, By(by), seed)


def clusters_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return story -> earliest story of its cluster, for stories that have a near-duplicate (union-find).

    >>> clusters_of([("2021/2", "2021/3"), ("2021/1", "2021/2")])
    {'2021/1': '2021/1', '2021/2': '2021/1', '2021/3': '2021/1'}
    """
    parent: dict[str, str] = {}

    def root(story: str) -> str:
        while (above := parent.setdefault(story, story)) != story:
            parent[story] = parent[above]
            story = above
        return story

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {story: root(story) for story in sorted(parent)}


class Splits:
    """The part of every story of a selection."""

    def __init__(self, plan: Plan, stories: Iterable[str], clusters: Mapping[str, str]) -> None:
        """Place every story.

        :param stories: ids of the selection, each once.
        :param clusters: see `clusters_of`.
        """
        self.plan, self._clusters = plan, clusters
        self.names = list(plan.shares)
        total = sum(plan.shares.values())
        edges = [edge / total for edge in accumulate(plan.shares.values())][:-1]
        if plan.by is By.RANDOM:
            self._edges: list[Any] = [int(edge * _LARGEST) for edge in edges]
        else:
            keys = sorted(map(self._key, stories))
            self._edges = [keys[int(edge * len(keys))] for edge in edges] if keys else []

    def part(self, story: str) -> str:
        """Return the part of a story."""
        return self.names[bisect_right(self._edges, self._key(story))]

    def _key(self, story: str) -> Any:
        """Return the key of a story's cluster."""
        first = self._clusters.get(story, story)
        if self.plan.by is By.TIME:
            return first
        digest = hashlib.blake2b(f"{self.plan.seed} {first}".encode(), digest_size=8).digest()
        return int.from_bytes(digest)


def crossing(parts: Mapping[str, str], clusters: Mapping[str, str]) -> list[str]:
    """Return the clusters whose stories are in several parts, by their earliest story; empty if the split is good.

    >>> crossing({"2021/1": "train", "2021/2": "test"}, {"2021/1": "2021/1", "2021/2": "2021/1"})
    ['2021/1']

    :param parts: story -> part, for the clustered stories at least.
    """
    found: dict[str, set[str]] = {}
    for story, first in clusters.items():
        if story in parts:
            found.setdefault(first, set()).add(parts[story])
    return sorted(first for first, names in found.items() if len(names) > 1)
