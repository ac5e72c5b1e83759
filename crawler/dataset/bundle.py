"""Write a release: a folder with the data by month and the files that describe and check it.

parquet/2021-04.parquet, jsonl/2021-04.jsonl.gz   the same records; with parts, in a folder for each part
tables/changes.parquet, tables/words.parquet      what revisions changed; word counts, if the user wants them
README.md, croissant.json, ro-crate-metadata.json description for people and for machines
CITATION.cff, citation.bib, datacite.json         how it is cited; only with creators (`about`)
schema.json, manifest.json                        the fields of a record; how the bundle was made
coverage.csv                                      index days: listed, stored, missing
near_duplicates.csv, clusters.csv                 pairs and groups of near-duplicates
delta.csv                                         stories that an earlier release has otherwise, or not
urls.txt                                          addresses, for `-a urls=`
SHA256SUMS                                        of all files above
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from crawler.dataset import delta
from crawler.dataset.card import card
from crawler.dataset.checksums import write_checksums
from crawler.dataset.citation import citation_files, title, version_of
from crawler.dataset.croissant import croissant
from crawler.dataset.delta import dumped
from crawler.dataset.monthly import Data, write_data
from crawler.dataset.release import Release, Tally
from crawler.dataset.ro_crate import ro_crate
from crawler.dataset.splits import Splits, clusters_of, crossing

FORMAT: Final = 2
"""Version of the folder's form; it rises when an older program cannot check it. 2: counts, tables and lineage."""
COVERAGE: Final = ("day", "asked", "pages", "listed", "stored", "excluded", "failed", "missing", "linked", "short")
"""Columns of `coverage.csv`."""


def write_bundle(release: Release, folder: Path) -> Tally:
    """Fill an empty folder with a release; return what was counted.

    :raises OSError: a file cannot be written.
    """
    clusters = clusters_of((one, other) for one, other, _ in release.pairs)
    splits = Splits(release.plan, release.stories, clusters) if release.plan else None
    data = write_data(release, splits, clusters, folder)
    tally = data.tally
    own = {story: first for story, first in clusters.items() if story in tally.parts}
    pairs = [pair for pair in release.pairs if pair[0] in own and pair[1] in own]
    _write_rows(folder / "near_duplicates.csv", ("one", "other", "similarity"), pairs)
    _write_rows(folder / "clusters.csv", ("id", "cluster"), own.items())
    _write_rows(folder / "coverage.csv", COVERAGE, map(_coverage_row, release.coverage))
    if release.earlier:
        _write_rows(folder / delta.FILE, delta.COLUMNS, delta.delta(release.earlier.hashes, data.latest))
    (folder / "schema.json").write_text(dumped(release.schema), encoding="utf-8")
    manifest = _manifest(release, data, crossing(tally.parts, own))
    (folder / "manifest.json").write_text(dumped(manifest), encoding="utf-8")
    for name, text in citation_files(release, tally).items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "README.md").write_text(card(release, data, len(set(own.values())), folder), encoding="utf-8")
    (folder / "croissant.json").write_text(dumped(croissant(release, data, folder)), encoding="utf-8")
    (folder / "ro-crate-metadata.json").write_text(dumped(ro_crate(release, tally, folder)), encoding="utf-8")
    write_checksums(folder)
    return tally


def _write_rows(path: Path, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _coverage_row(day: Mapping[str, Any]) -> list[Any]:
    values = {**day, "short": "; ".join(day["short"]), "asked": str(day["asked"]).lower()}
    return [values[name] for name in COVERAGE]


def _manifest(release: Release, data: Data, crossed: list[str]) -> dict[str, Any]:
    plan, earlier, tally = release.plan, release.earlier, data.tally
    changed = delta.counted(delta.delta(earlier.hashes, data.latest)) if earlier else {}
    return {
        "format": FORMAT,
        "title": title(release.about, tally),
        "version": version_of(release.about, tally),
        "doi": release.about.doi,
        "kompas_global": release.version,
        "parser_version": release.parser_version,
        "libraries": {name: version(name) for name in ("orjson", "pyarrow", "rensa")},
        "text": release.edition.text.value,
        "with": sorted(extra.value for extra in release.edition.extras),
        "selection": dict(release.selection),
        "records": tally.records,
        "changes": data.changes,
        "months": {month: dict(sorted(counts.items())) for month, counts in tally.months.items()},
        "split": None if plan is None else {**asdict(plan), "by": plan.by.value, "clusters_in_several_parts": crossed},
        "captured_until": tally.fetched_at,
        "content_digest": f"sha256:{data.digest}",
        "since_release": {**earlier.name, **changed} if earlier else None,
        "runs": release.runs,
        "robots": release.robots,
        "ai_reservation": release.reservations,
    }
