"""An index of the payloads in a folder of WARC files, so that the same bytes are not written twice."""

import sqlite3
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from crawler.archive.shelf import OPEN_SUFFIX

NAME: Final = "payloads.sqlite"
_TABLE: Final = (
    "create table if not exists payloads (digest text primary key, record_id text, url text, date text, file text, "
    "offset integer) without rowid"
)


@dataclass(frozen=True)
class Original:
    """The record that holds a payload."""

    record_id: str
    url: str
    date: str
    file: str
    offset: int


class Payloads:
    """A small SQLite file in the folder, shared by runs.

    The file can be deleted at any time: later runs then write payloads again that earlier files hold.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index of a folder; make a new one if there is none or it is damaged.

        :raises OSError: a damaged index cannot be deleted.
        :raises sqlite3.Error: the index cannot be opened or made.
        """
        self._folder = folder
        path = folder / NAME
        try:
            self._connection = self._open(path)
        except sqlite3.DatabaseError:  # half written at a power cut
            path.unlink(missing_ok=True)
            self._connection = self._open(path)

    def find(self, digest: str) -> Original | None:
        """Return the record with these bytes; None if there is none or its file is gone."""
        query = "select record_id, url, date, file, offset from payloads where digest = ?"
        row = None
        with suppress(sqlite3.OperationalError):  # another run holds the lock: the payload is written again
            row = self._connection.execute(query, (digest,)).fetchone()
        original = Original(*row) if row else None
        return original if original and self._is_there(original) else None

    def add(self, digest: str, original: Original) -> None:
        """Add a record that is written to disk."""
        with suppress(sqlite3.OperationalError):
            self._connection.execute(
                "insert or replace into payloads values (?, ?, ?, ?, ?, ?)", (digest, *astuple(original))
            )

    def close(self) -> None:
        """Close the index."""
        self._connection.close()

    def _is_there(self, original: Original) -> bool:
        files = (self._folder / original.file, self._folder / f"{original.file}{OPEN_SUFFIX}")
        return any(file.is_file() and file.stat().st_size > original.offset for file in files)

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, timeout=5)
        try:
            connection.execute("pragma synchronous = off")
            connection.execute(_TABLE)
        except sqlite3.Error:
            connection.close()
            raise
        return connection
