"""Check a release: its bytes, its records, and the claims of its manifest."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from crawler.dataset.arrow import arrow_schema
from crawler.dataset.bundle import DIGEST_LINE, FORMAT, data_paths, month_of
from crawler.dataset.checksums import checksum_faults
from crawler.dataset.columns import DERIVED
from crawler.dataset.edition import Text, columns_of
from crawler.dataset.splits import crossing
from crawler.errors import BadArgument
from crawler.kompas.content_hash import content_hash
from crawler.kompas.urls import article_id

MOST: Final = 20
"""Stop reading a file after this many faults."""
_UNREADABLE: Final = (OSError, zlib.error, EOFError, orjson.JSONDecodeError, pa.ArrowException)


@dataclass
class Checked:
    """The result of a check."""

    is_stand_off: bool
    records: int = 0
    faults: list[str] = field(default_factory=list)
    """A sentence each; none of a bundle that is as it was made."""
    hashes: dict[tuple[str, int], str] = field(default_factory=dict)
    """(id, revision) -> hash of title and text."""


def verify(folder: Path) -> Checked:
    """Check a release.

    :raises BadArgument: the folder is no release, or a later version made it.
    """
    manifest = _manifest(folder)
    text = Text(manifest["text"])
    checked = Checked(text is Text.NONE)
    try:
        checked.faults += checksum_faults(folder)
    except (OSError, UnicodeDecodeError) as error:
        checked.faults.append(f"the checksums cannot be read ({error})")
    columns = columns_of(text)
    order: list[tuple[str, str, int, str]] = []
    parts: dict[str, str] = {}
    for month, counts in manifest["months"].items():
        for part, count in counts.items():
            before = len(order)
            for record in _records(folder, month, part, columns, checked):
                order.append((_moment(record), record["id"], record["revision"], record["content_hash"]))
                if parts.setdefault(record["id"], part) != part:
                    checked.faults.append(f"{record['id']} is in the parts {parts[record['id']]} and {part}")
            if len(order) - before != count:
                checked.faults.append(f"{month} {part}: {len(order) - before} records, the manifest says {count}")
    digest = hashlib.sha256()
    for _, story, revision, stated in sorted(order):
        digest.update(DIGEST_LINE.format(id=story, revision=revision, content_hash=stated).encode())
        checked.hashes[story, revision] = stated
    checked.records = len(order)
    if f"sha256:{digest.hexdigest()}" != manifest["content_digest"]:
        checked.faults.append("the records are not those that the manifest's content_digest was made over")
    crossed = crossing(parts, _clusters(folder, checked))
    checked.faults += [f"the near-duplicates of {first} are in several parts" for first in crossed]
    return checked


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        made_by = manifest["format"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise BadArgument(f"{folder} is no bundle: {path.name} cannot be read ({error})") from error
    if made_by != FORMAT:
        raise BadArgument(f"{folder} is a bundle of format {made_by}; this version checks format {FORMAT}")
    return manifest


def _records(
    folder: Path, month: str, part: str, columns: frozenset[str] | None, checked: Checked
) -> Iterator[dict[str, Any]]:
    """Yield the records of a month and part on which JSON Lines and Parquet agree; note every fault."""
    paths = data_paths(folder, month, part)
    names = [path.relative_to(folder).as_posix() for path in paths]
    faults = 0
    try:
        schema = arrow_schema(columns)
        if not pq.read_schema(paths[1]).equals(schema):
            checked.faults.append(f"{names[1]} has other columns than this edition")
            return
        for number, (record, row) in enumerate(zip_longest(_lines(paths[0]), _rows(paths[1])), start=1):
            wrong = None
            if record is None or row is None:
                wrong = f"{names[0] if row is None else names[1]} has more records than its twin"
            elif record != row:
                wrong = f"record {number} of {names[0]} is another one in {names[1]}"
            elif reason := _foreign(record, month, schema):
                wrong = f"record {number} of {names[0]} {reason}"
            if wrong is None:
                yield record
            else:
                checked.faults.append(wrong)
                faults += 1
            if faults == MOST:
                return
    except _UNREADABLE as error:
        checked.faults.append(f"{' or '.join(names)} cannot be read ({error})")


def _foreign(record: dict[str, Any], month: str, schema: pa.Schema) -> str | None:
    """Return why a record does not belong to this release; None if it does."""
    if [*record] != [name for name in schema.names if name not in DERIVED]:
        return "has other fields"
    if article_id(record["url"]) != record["id"]:
        return f"has the id {record['id']} and the address {record['url']}"
    if month_of(record) != month:
        return f"was published on {record['published_at']}"
    if "text" in record and content_hash(record["title"], record["text"]) != record["content_hash"]:
        return f"({record['id']}) has another text than its hash"
    return None


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path) as file:
        yield from map(orjson.loads, file)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=100):
            for row in batch.to_pylist():
                yield {name: value for name, value in row.items() if name not in DERIVED}


def _moment(record: dict[str, Any]) -> str:
    return datetime.fromisoformat(record["published_at"]).astimezone(UTC).isoformat()


def _clusters(folder: Path, checked: Checked) -> dict[str, str]:
    try:
        lines = (folder / "clusters.csv").read_text(encoding="utf-8").splitlines()[1:]
    except OSError as error:
        checked.faults.append(f"clusters.csv cannot be read ({error})")
        return {}
    return dict(line.split(",", 1) for line in lines)  # ids hold no comma
