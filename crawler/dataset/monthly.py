"""The data of a release: records by month in two formats, and the tables beside them."""

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from crawler.clock import WIB
from crawler.dataset.changes import TEXTS, Change, changes_of
from crawler.dataset.columns import fields_of
from crawler.dataset.edition import Edition, Extra, edited
from crawler.dataset.formats import RecordFile
from crawler.dataset.lines import GzipLinesFile
from crawler.dataset.parquet import ParquetFile
from crawler.dataset.release import Release, Tally
from crawler.dataset.splits import Splits
from crawler.dataset.word_counts import WordCount, word_counts

DIGEST_LINE: Final = "{id} {revision} {content_hash}\n"
"""Fields hashed into the manifest's `content_digest` (sha256), record by record: the same for all editions."""
CHANGES: Final = "tables/changes.parquet"
WORDS: Final = "tables/words.parquet"


@dataclass
class Data:
    """What was written."""

    tally: Tally
    digest: str = ""
    revisions: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """Story -> number, hash and address of its latest revision; for a delta."""
    changes: int = 0
    """Rows of the table `changes`."""

    @property
    def latest(self) -> dict[str, tuple[str, str]]:
        """Return story -> hash of its latest revision, and address."""
        return {story: (digest, url) for story, (_, digest, url) in self.revisions.items()}


def month_of(record: Mapping[str, Any]) -> str:
    """Return the month of publication in Jakarta, as `2021-04`."""
    return f"{datetime.fromisoformat(record['published_at']).astimezone(WIB):%Y-%m}"


def data_paths(folder: Path, month: str, part: str) -> tuple[Path, Path]:
    """Return the paths of a month: JSON Lines and Parquet."""
    return folder / "jsonl" / part / f"{month}.jsonl.gz", folder / "parquet" / part / f"{month}.parquet"


def write_data(release: Release, splits: Splits | None, clusters: Mapping[str, str], folder: Path) -> Data:
    """Write all records, `urls.txt` and the tables.

    :raises OSError: a file cannot be written.
    """
    data, digest, edition = Data(Tally()), hashlib.sha256(), release.edition
    (folder / "tables").mkdir()
    story_before = None
    with ExitStack() as stack:
        urls = stack.enter_context((folder / "urls.txt").open("w", encoding="utf-8"))
        words = None
        if Extra.WORDS in edition.extras:
            words = stack.enter_context(closing(ParquetFile(folder / WORDS, item=WordCount)))
        for month, records in groupby(release.records, key=month_of):
            files: dict[str, _Month] = {}
            try:
                for record in records:
                    part = splits.part(record["id"]) if splits else ""
                    if part not in files:
                        files[part] = _Month(folder, month, part, edition)
                    _add(data, record, files[part], (month, part), edition)
                    if record["id"] in clusters:
                        data.tally.parts[record["id"]] = part
                    digest.update(DIGEST_LINE.format_map(record).encode())
                    for row in word_counts([record]) if words else ():
                        words.add(row)  # type: ignore[union-attr]
                    if record["id"] != story_before:  # revisions of a story follow each other
                        urls.write(f"{record['url']}\n")
                    story_before = record["id"]
            finally:
                for file in files.values():
                    file.close()
    data.digest = digest.hexdigest()
    data.changes = _write_changes(release, folder / CHANGES)
    return data


def _add(data: Data, record: dict[str, Any], file: "_Month", place: tuple[str, str], edition: Edition) -> None:
    written = edition.record(record)
    file.add(written)
    data.tally.add(written, *place)
    found = (record["revision"], record["content_hash"], record["url"])
    data.revisions[record["id"]] = max(data.revisions.get(record["id"], found), found)


def _write_changes(release: Release, path: Path) -> int:
    """Write what each revision changed; return the number of rows."""
    count, kept = 0, None if release.edition.is_full else fields_of(Change) - TEXTS
    with closing(ParquetFile(path, kept, Change)) as file:
        for row in changes_of(release.changes):
            file.add(edited(row, kept))
            count += 1
    return count


class _Month:
    """The open files of one month and part."""

    def __init__(self, folder: Path, month: str, part: str, edition: Edition) -> None:
        lines, parquet = data_paths(folder, month, part)
        for path in (lines, parquet):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lines = lines.open("wb")
        self._files: tuple[RecordFile, ...] = (
            GzipLinesFile(self._lines),
            ParquetFile(parquet, edition.columns, edition.item),
        )

    def add(self, record: dict[str, Any]) -> None:
        for file in self._files:
            file.add(record)

    def close(self) -> None:
        with self._lines:
            for file in self._files:
                file.close()
