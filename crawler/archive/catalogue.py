"""An index of records in a scratch database on disk, so that memory does not grow with the archive."""

import pickle
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import groupby, islice
from pathlib import Path
from typing import Final

from crawler import bounds
from crawler.archive.records import Location, Reference
from crawler.archive.scan import IndexedRecord
from crawler.errors import NotInArchive

_TABLE: Final = """
create table entries (
    number integer primary key,
    key text not null,
    url text not null,
    date text not null,
    record_id text,
    entry blob not null
)
"""
_INDEXES: Final = (
    "create index by_key on entries (key, date, number)",
    "create index by_record_id on entries (record_id)",
    "create index by_url on entries (url, date)",
)


Row = tuple[str, bytes]
"""Key and pickled entry."""


class Catalogue:
    """Records by a key that the caller chooses: the story for `-a archive=`, the address for `-a replay=`.

    sqlite3 keeps and sorts them; an entry is pickled, as it is between the processes that read.
    """

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)
        try:
            self._connection.execute("pragma synchronous = off")  # a scratch file
            self._connection.execute("pragma journal_mode = off")
            self._connection.execute(_TABLE)
        except sqlite3.Error:
            self._connection.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def add(self, entries: Iterable[tuple[str, IndexedRecord]]) -> None:
        """Add records under their keys."""
        rows = [
            (key, entry.url, _iso(entry), entry.place.warc_record_id, pickle.dumps(entry)) for key, entry in entries
        ]
        self._connection.execute("begin")
        self._connection.executemany(
            "insert into entries (key, url, date, record_id, entry) values (?, ?, ?, ?, ?)", rows
        )
        self._connection.execute("commit")

    def complete(self) -> None:
        """Make the indexes after the last record was added."""
        for index in _INDEXES:
            self._connection.execute(index)

    def __len__(self) -> int:
        """Return the number of different keys."""
        count: int = self._connection.execute("select count(distinct key) from entries").fetchone()[0]
        return count

    def groups(self) -> Iterator[tuple[list[IndexedRecord], int]]:
        """Yield the records of every key in order of capture; keys in the order of their first record.

        Of more than `bounds.STORY_CAPTURES` records the first and the last are yielded, with the number of the others.
        """
        query = (
            "select e.key, e.entry from entries e join (select key, min(number) as first from entries group by key) k "
            "on k.key = e.key order by k.first, e.date, e.number"
        )
        half = bounds.STORY_CAPTURES // 2
        for _, rows in groupby(self._connection.execute(query), key=lambda row: row[0]):
            first, last, others = _ends(rows, half)
            yield [pickle.loads(entry) for _, entry in (*first, *last)], others

    def entries(self, key: str) -> list[IndexedRecord]:
        """Return the records of a key in order of capture."""
        query = "select entry from entries where key = ? order by date, number"
        return [pickle.loads(entry) for (entry,) in self._connection.execute(query, (key,))]

    def resolve(self, reference: Reference) -> Location:
        """Return the record that a `revisit` refers to.

        :raises NotInArchive: it is in none of these files.
        """
        by_id = "select entry from entries where record_id = ?"
        by_url = "select entry from entries where url = ? and date = ?"
        asked = [(by_id, (reference.record_id,)), (by_url, (reference.url, _second(reference.date or "")))]
        for query, values in asked:
            for (found,) in self._connection.execute(query, values):
                entry: IndexedRecord = pickle.loads(found)
                if entry.refers_to is None:
                    return entry.location
        raise NotInArchive(f"the archive does not hold the record {reference.record_id or reference.url} of a revisit")


def _ends(rows: Iterator[Row], half: int) -> tuple[list[Row], deque[Row], int]:
    """Return the first rows, the last rows, and the number of those between them."""
    first, last, others = list(islice(rows, half)), deque[Row](maxlen=half), 0
    for row in rows:
        others += len(last) == half
        last.append(row)
    return first, last, others


def _iso(entry: IndexedRecord) -> str:
    """Return the date in UTC, so that text sorts as time does: a WARC date may name another zone."""
    return entry.captured_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if entry.captured_at else ""


def _second(date: str) -> str:
    """Return a WARC date without fractions of a second, which 1.1 allows."""
    return f"{date[:19]}Z"
