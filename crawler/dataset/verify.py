"""Check a release: its bytes, its records, and the claims of its manifest."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from crawler.dataset.arrow import arrow_schema
from crawler.dataset.checksums import checksum_faults
from crawler.dataset.columns import DERIVED
from crawler.dataset.delta import Earlier
from crawler.dataset.edition import Edition
from crawler.dataset.manifest import edition_in, read_manifest, strangers
from crawler.dataset.monthly import DIGEST_LINE, data_paths, month_of
from crawler.dataset.recompute import Seen, claim_faults, delta_faults
from crawler.dataset.splits import crossing
from crawler.kompas.content_hash import content_hash
from crawler.kompas.urls import article_id

MOST: Final = 20
"""Stop reading a file after this many faults."""
MOST_FAULTS: Final = 1000
"""Stop reading a release after this many faults."""
_LONGEST: Final = 64 * 1024 * 1024
"""Bytes of a line: the longest record seen has 0.1 MB."""
_UNREADABLE: Final = (OSError, zlib.error, EOFError, ValueError, KeyError, pa.ArrowException)
_NO_VALUES: Final = (AttributeError, LookupError, OverflowError, TypeError, ValueError)


@dataclass
class Checked:
    """The result of a check."""

    is_stand_off: bool
    records: int = 0
    faults: list[str] = field(default_factory=list)
    """A sentence each; none of a bundle that is as it was made."""
    hashes: dict[tuple[str, int], str] = field(default_factory=dict)
    """(id, revision) -> hash of title and text."""


def verify(folder: Path, earlier: Earlier | None = None) -> Checked:
    """Check a release. Nothing outside of the folder is read.

    :param earlier: the release that its delta was made against; None leaves the rows of the delta unchecked.
    :raises BadArgument: the folder is no release, or a later version made it.
    """
    manifest = read_manifest(folder)
    edition = edition_in(manifest)
    checked, seen = Checked(not edition.is_full), Seen()
    try:
        checked.faults += checksum_faults(folder)
    except (OSError, UnicodeDecodeError) as error:
        checked.faults.append(f"the checksums cannot be read ({error})")
    checked.faults += strangers(folder, manifest)
    order = _read_months(folder, manifest["months"], edition, (checked, seen))
    digest = hashlib.sha256()
    for _, story, revision, stated in sorted(order):
        digest.update(DIGEST_LINE.format(id=story, revision=revision, content_hash=stated).encode())
        checked.hashes[story, revision] = stated
    checked.records = len(order)
    if f"sha256:{digest.hexdigest()}" != manifest["content_digest"]:
        checked.faults.append("the records are not those that the manifest's content_digest was made over")
    clusters = _clusters(folder, checked)
    crossed = crossing(seen.parts, clusters)
    checked.faults += [f"the near-duplicates of {first} are in several parts" for first in crossed]
    checked.faults += claim_faults(seen, clusters)
    if manifest.get("since_release") or earlier:
        checked.faults += delta_faults(folder, manifest, seen, earlier)
    return checked


def _read_months(
    folder: Path, months: Mapping[str, Mapping[str, int]], edition: Edition, notes: tuple[Checked, Seen]
) -> list[tuple[str, str, int, str]]:
    """Return moment, id, revision and hash of all records; note every fault, and what the claims are checked on."""
    order: list[tuple[str, str, int, str]] = []
    checked, seen = notes
    for month, part, count in ((month, *one) for month, counts in months.items() for one in counts.items()):
        if len(checked.faults) > MOST_FAULTS:
            checked.faults.append(f"there are more than {MOST_FAULTS} faults; months from {month} on were not read")
            break
        before = len(order)
        for moment, record in _records(folder, month, part, edition, checked):
            order.append((moment, record["id"], record["revision"], record["content_hash"]))
            if seen.parts.setdefault(record["id"], part) != part:
                checked.faults.append(f"{record['id']} is in the parts {seen.parts[record['id']]} and {part}")
            seen.add(record)
        if len(order) - before != count:
            checked.faults.append(f"{month} {part}: {len(order) - before} records, the manifest says {count}")
    return order


def _records(
    folder: Path, month: str, part: str, edition: Edition, checked: Checked
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield moment and record, of a month and part, on which JSON Lines and Parquet agree; note every fault."""
    paths = data_paths(folder, month, part)
    names = [path.relative_to(folder).as_posix() for path in paths]
    faults = 0
    try:
        schema = arrow_schema(edition.columns, edition.item)
        if not pq.read_schema(paths[1]).equals(schema):
            checked.faults.append(f"{names[1]} has other columns than this edition")
            return
        for number, (record, row) in enumerate(zip_longest(_lines(paths[0]), _rows(paths[1])), start=1):
            wrong = None
            if record is None or row is None:
                wrong = f"{names[0] if row is None else names[1]} has more records than its twin"
            elif record != row:
                wrong = f"record {number} of {names[0]} is another one in {names[1]}"
            elif reason := why_foreign(record, month, schema):
                wrong = f"record {number} of {names[0]} {reason}"
            if wrong is None:
                yield _moment(record), record
            else:
                checked.faults.append(wrong)
                faults += 1
            if faults == MOST:
                return
    except _UNREADABLE as error:
        checked.faults.append(f"{' or '.join(names)} cannot be read ({error})")


def why_foreign(record: dict[str, Any], month: str, schema: pa.Schema) -> str | None:
    """Return why a record does not belong to this release; None if it does."""
    try:
        return _misfit(record, month, schema)
    except _NO_VALUES as error:
        return f"has values that no record has ({error})"


def _misfit(record: dict[str, Any], month: str, schema: pa.Schema) -> str | None:
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
    """Yield the records of a file.

    :raises ValueError: a line is no JSON, or too long.
    """
    with gzip.open(path) as file:
        while line := file.readline(_LONGEST):
            if len(line) == _LONGEST:
                raise ValueError(f"a line of {_LONGEST} bytes")
            yield orjson.loads(line)


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
        return dict(line.split(",") for line in lines)  # ids hold no comma
    except (OSError, ValueError) as error:
        checked.faults.append(f"clusters.csv cannot be read ({error})")
        return {}
