"""What changed from an earlier release to this one: stories added, removed and edited."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

from crawler.errors import BadArgument

FILE: Final = "delta.csv"
COLUMNS: Final = ("id", "change", "url", "hash_before", "hash_after")
CHANGES: Final = ("added", "removed", "edited")
_LONGEST: Final = 64 * 1024 * 1024
_UNREADABLE: Final = (OSError, EOFError, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class Earlier:
    """An earlier release, as far as a delta needs it."""

    name: Mapping[str, Any]
    """What identifies it: version, number of records, content digest."""
    hashes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Story -> hash of its latest revision, and address."""


def read_earlier(folder: Path, manifest: Mapping[str, Any]) -> Earlier:
    """Return an earlier release.

    :param manifest: see `manifest.read_manifest`.
    :raises BadArgument: its records cannot be read, or are not those of its manifest.
    """
    latest: dict[str, tuple[int, str, str]] = {}
    count = 0
    try:
        for path in sorted(folder.glob("jsonl/**/*.jsonl.gz")):
            with gzip.open(path) as file:
                while line := file.readline(_LONGEST):
                    record = orjson.loads(line)
                    count += 1
                    found = (record["revision"], record["content_hash"], record["url"])
                    latest[record["id"]] = max(latest.get(record["id"], found), found)
    except _UNREADABLE as error:
        raise BadArgument(
            f"the earlier release {folder} cannot be read ({error}); --verify says what is wrong with it"
        ) from error
    if count != manifest.get("records"):
        raise BadArgument(
            f"the earlier release {folder} has {count} records, its manifest says {manifest.get('records')}; "
            "--verify says what is wrong with it"
        )
    names = ("title", "version", "doi", "records", "content_digest", "parser_version")
    return Earlier(
        {name: manifest[name] for name in names if manifest.get(name)},
        {story: (digest, url) for story, (_, digest, url) in latest.items()},
    )


def delta(before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield a row of `COLUMNS` for each story that was added, removed or edited, by id.

    >>> old, new = {"1": ("a", "u"), "2": ("b", "v")}, {"2": ("c", "v"), "3": ("d", "w")}
    >>> list(delta(old, new))
    [('1', 'removed', 'u', 'a', ''), ('2', 'edited', 'v', 'b', 'c'), ('3', 'added', 'w', '', 'd')]

    :param before: story -> hash of its latest revision, and address.
    """
    for story in sorted(before.keys() | after.keys()):
        (old, url_before), (new, url_after) = before.get(story, ("", "")), after.get(story, ("", ""))
        if old != new:
            change = "edited" if old and new else "added" if new else "removed"
            yield story, change, url_after or url_before, old, new


def counted(rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> dict[str, int]:
    """Return the number of rows by change."""
    found = Counter(row[1] for row in rows)
    return {change: found[change] for change in CHANGES}


def dumped(value: Any) -> str:
    """Return a value as JSON text for a file of a release."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n"
