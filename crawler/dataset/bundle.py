"""Write a release: a folder with the data by month and the files that describe and check it.

parquet/2021-04.parquet, jsonl/2021-04.jsonl.gz   the same records; with parts, in a folder for each part
README.md, croissant.json, CITATION.cff           description for people, machines and citations
schema.json, manifest.json                        the fields of a record; how the bundle was made
coverage.csv                                      index days: listed, stored, missing
near_duplicates.csv, clusters.csv                 pairs and groups of near-duplicates
urls.txt                                          addresses, for `-a urls=`
SHA256SUMS                                        of all files above
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from crawler.clock import WIB
from crawler.dataset.card import card, citation
from crawler.dataset.checksums import write_checksums
from crawler.dataset.croissant import croissant
from crawler.dataset.edition import columns_of, edited
from crawler.dataset.formats import RecordFile
from crawler.dataset.lines import GzipLinesFile
from crawler.dataset.parquet import ParquetFile
from crawler.dataset.release import Release, Tally
from crawler.dataset.splits import Splits, clusters_of, crossing

FORMAT: Final = 1
"""Version of the folder's form; it rises when an older program cannot check it."""
DIGEST_LINE: Final = "{id} {revision} {content_hash}\n"
"""Fields hashed into the manifest's `content_digest` (sha256), record by record: the same for both editions."""


def write_bundle(release: Release, folder: Path) -> Tally:
    """Fill an empty folder with a release; return what was counted.

    :raises OSError: a file cannot be written.
    """
    clusters = clusters_of((one, other) for one, other, _ in release.pairs)
    splits = Splits(release.plan, release.stories, clusters) if release.plan else None
    tally, digest = _write_records(release, splits, clusters, folder)
    own = {story: first for story, first in clusters.items() if story in tally.parts}
    pairs = [pair for pair in release.pairs if pair[0] in own and pair[1] in own]
    _write_rows(folder / "near_duplicates.csv", ("one", "other", "similarity"), pairs)
    _write_rows(folder / "clusters.csv", ("id", "cluster"), own.items())
    _write_rows(folder / "coverage.csv", COVERAGE, map(_coverage_row, release.coverage))
    columns = columns_of(release.text)
    schema = dict(release.schema)
    schema["properties"] = edited(schema["properties"], columns)
    schema["required"] = list(schema["properties"])
    _write_json(folder / "schema.json", schema)
    _write_json(folder / "manifest.json", _manifest(release, tally, digest, crossing(tally.parts, own)))
    (folder / "CITATION.cff").write_text(citation(release, tally), encoding="utf-8")
    (folder / "README.md").write_text(card(release, tally, len(set(own.values()))), encoding="utf-8")
    _write_json(folder / "croissant.json", croissant(release, tally, folder))
    write_checksums(folder)
    return tally


COVERAGE: Final = ("day", "asked", "pages", "listed", "stored", "excluded", "failed", "missing", "linked", "short")
"""Columns of `coverage.csv`."""


def month_of(record: Mapping[str, Any]) -> str:
    """Return the month of publication in Jakarta, as `2021-04`."""
    return f"{datetime.fromisoformat(record['published_at']).astimezone(WIB):%Y-%m}"


def data_paths(folder: Path, month: str, part: str) -> tuple[Path, Path]:
    """Return the paths of a month: JSON Lines and Parquet."""
    return folder / "jsonl" / part / f"{month}.jsonl.gz", folder / "parquet" / part / f"{month}.parquet"


def _write_records(
    release: Release, splits: Splits | None, clusters: Mapping[str, str], folder: Path
) -> tuple[Tally, str]:
    """Write all records; return the counts and the content digest."""
    tally, digest, columns = Tally(), hashlib.sha256(), columns_of(release.text)
    story_before = None
    with (folder / "urls.txt").open("w", encoding="utf-8") as urls:
        for month, records in groupby(release.records, key=month_of):
            files: dict[str, _Month] = {}
            try:
                for record in records:
                    part = splits.part(record["id"]) if splits else ""
                    if part not in files:
                        files[part] = _Month(folder, month, part, columns)
                    written = edited(record, columns)
                    files[part].add(written)
                    tally.add(written, month, part)
                    if record["id"] in clusters:
                        tally.parts[record["id"]] = part
                    digest.update(DIGEST_LINE.format_map(record).encode())
                    if record["id"] != story_before:  # revisions of a story follow each other
                        urls.write(f"{record['url']}\n")
                    story_before = record["id"]
            finally:
                for file in files.values():
                    file.close()
    return tally, digest.hexdigest()


class _Month:
    """The open files of one month and part."""

    def __init__(self, folder: Path, month: str, part: str, columns: frozenset[str] | None) -> None:
        lines, parquet = data_paths(folder, month, part)
        for path in (lines, parquet):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lines = lines.open("wb")
        self._files: tuple[RecordFile, ...] = (GzipLinesFile(self._lines), ParquetFile(parquet, columns))

    def add(self, record: dict[str, Any]) -> None:
        for file in self._files:
            file.add(record)

    def close(self) -> None:
        with self._lines:
            for file in self._files:
                file.close()


def _write_rows(path: Path, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _coverage_row(day: Mapping[str, Any]) -> list[Any]:
    values = {**day, "short": "; ".join(day["short"]), "asked": str(day["asked"]).lower()}
    return [values[name] for name in COVERAGE]


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8")


def _manifest(release: Release, tally: Tally, digest: str, crossed: list[str]) -> dict[str, Any]:
    plan = release.plan
    return {
        "format": FORMAT,
        "kompas_global": release.version,
        "parser_version": release.parser_version,
        "libraries": {name: version(name) for name in ("orjson", "pyarrow", "rensa")},
        "text": release.text.value,
        "selection": dict(release.selection),
        "records": tally.records,
        "months": {month: dict(sorted(counts.items())) for month, counts in tally.months.items()},
        "split": None if plan is None else {**asdict(plan), "by": plan.by.value, "clusters_in_several_parts": crossed},
        "captured_until": tally.fetched_at,
        "content_digest": f"sha256:{digest}",
        "settings": dict(release.settings),
        "robots": release.robots,
        "runs": release.runs,
    }
