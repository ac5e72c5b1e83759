"""Compute again what a release claims of its records: parts without common texts, near-duplicates, the delta."""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from pathlib import Path
from typing import Any, Final

from crawler.dataset import delta
from crawler.dataset.delta import Earlier
from crawler.dedupe.likeness import Likeness

SAMPLE: Final = 1_000
"""Stories whose likeness is computed again, some 4 s: those with the smallest hash of their longest word, which nearly
the same texts have in common, so that they are in the sample together."""
_MOST: Final = 20
"""Most faults of one kind."""


@dataclass
class Seen:
    """What was read of the records."""

    parts: dict[str, str] = field(default_factory=dict)
    """Story -> part."""
    by_hash: dict[str, str] = field(default_factory=dict)
    """Content hash -> first story that has it."""
    same: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of stories with the same content hash."""
    latest: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """Story -> revision, hash and address of the latest revision."""
    sample: list[tuple[int, str, str]] = field(default_factory=list)
    """Heap of the sample: negative hash, id and text; empty in an edition without texts."""

    def add(self, record: Mapping[str, Any]) -> None:
        """Take up a record."""
        story, digest = record["id"], record["content_hash"]
        first = self.by_hash.setdefault(digest, story)
        if first != story:
            self.same.append((first, story))
        found = (record["revision"], digest, record["url"])
        is_latest = found >= self.latest.get(story, found)
        self.latest[story] = max(self.latest.get(story, found), found)
        if is_latest and "text" in record:
            self._draw(story, record["text"])

    def _draw(self, story: str, text: str) -> None:
        longest = max(text.split(), key=lambda word: (len(word), word), default="")
        rank = int.from_bytes(hashlib.blake2b(longest.encode(), digest_size=7).digest())
        self.sample = [one for one in self.sample if one[1] != story] if self._has(story) else self.sample
        if len(self.sample) < SAMPLE:
            heappush(self.sample, (-rank, story, text))
        else:
            heappushpop(self.sample, (-rank, story, text))

    def _has(self, story: str) -> bool:
        """Return whether an earlier revision is in the sample; most stories have one revision."""
        return self.latest[story][0] > 1 and any(one[1] == story for one in self.sample)


def claim_faults(seen: Seen, clusters: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each pair of equal or nearly equal texts that no cluster holds together.

    :param clusters: story -> first story of its cluster, as the release states them.
    """
    for number, (one, other) in enumerate(_apart(seen.same, clusters)):
        if number == _MOST:
            break
        where = "" if seen.parts[one] == seen.parts[other] else ", and they are in different parts"
        yield f"{one} and {other} have the same title and text and are in no common cluster{where}"
    for number, (one, other) in enumerate(_apart(_alike(seen), clusters)):
        if number == _MOST:
            break
        where = "" if seen.parts[one] == seen.parts[other] else ", and they are in different parts"
        yield f"{one} and {other} have nearly the same text and are in no common cluster{where}"


def _apart(pairs: list[tuple[str, str]], clusters: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((one, other) for one, other in pairs if clusters.get(one, one) != clusters.get(other, other))


def _alike(seen: Seen) -> list[tuple[str, str]]:
    """Return the pairs of nearly equal texts in the sample that do not have the same hash."""
    by_key: dict[int, list[tuple[str, Likeness]]] = {}
    found: set[tuple[str, str]] = set()
    for _, story, text in sorted(seen.sample, key=lambda one: one[1]):
        likeness = Likeness(text)
        for key in likeness.keys:
            others = by_key.setdefault(key, [])
            found.update((other, story) for other, known in others if known.alike(text) is not None)
            others.append((story, likeness))
    return sorted(found - set(seen.same))


def delta_faults(folder: Path, manifest: Mapping[str, Any], seen: Seen, earlier: Earlier | None) -> Iterator[str]:
    """Yield a sentence for each way in which the delta of a release is not that of its records.

    :param earlier: the release before; without it only the numbers and the later hashes are compared.
    """
    stated = manifest.get("since_release")
    if not stated:
        yield "the manifest names no earlier release, so that there is no delta to check"
        return
    try:
        with (folder / delta.FILE).open(encoding="utf-8", newline="") as file:
            rows = [tuple(row) for row in csv.reader(file)][1:]
        counts = delta.counted(rows)
    except (OSError, ValueError, LookupError) as error:
        yield f"{delta.FILE} cannot be read ({error})"
        return
    if counts != {change: stated.get(change) for change in delta.CHANGES}:
        yield f"{delta.FILE} has other numbers than the manifest: {counts}"
    after = {story: (digest, url) for story, (_, digest, url) in seen.latest.items()}
    wrong = [row[0] for row in rows if row[-1] != after.get(row[0], ("", ""))[0]]
    yield from (f"{delta.FILE} has another hash for {story} than the records" for story in wrong[:_MOST])
    if earlier is None:
        return
    if earlier.name.get("content_digest") != stated.get("content_digest"):
        yield "the delta was made against another release than the one of --since-release"
    elif rows != list(delta.delta(earlier.hashes, after)):
        yield f"{delta.FILE} is not the difference between the two releases"
