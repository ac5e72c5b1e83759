"""The version of SQLite, and a bug of older ones that can damage a store."""

import sqlite3
from typing import Final

Version = tuple[int, int, int]

_WITH_WAL: Final = (3, 7, 0)
_FIXED: Final[tuple[tuple[Version, Version | None], ...]] = (
    # first version with the fix, first version of a later branch without it
    ((3, 44, 6), (3, 45, 0)),
    ((3, 50, 7), (3, 51, 0)),
    ((3, 51, 3), None),
)
"""https://sqlite.org/wal.html#walresetbug: a commit that restarts the WAL while another connection checkpoints."""


def has_wal_reset_bug(version: Version) -> bool:
    """Return whether two connections that write or checkpoint at the same moment can damage a file in WAL mode.

    >>> has_wal_reset_bug((3, 40, 1)), has_wal_reset_bug((3, 44, 6)), has_wal_reset_bug((3, 53, 0))
    (True, False, False)
    """
    is_fixed = any(first <= version and (end is None or version < end) for first, end in _FIXED)
    return version >= _WITH_WAL and not is_fixed


def wal_reset_notice(version: Version = sqlite3.sqlite_version_info) -> str:
    """Return what an operator has to know about this SQLite; empty if there is nothing."""
    if not has_wal_reset_bug(version):
        return ""
    return (
        f"SQLite {'.'.join(map(str, version))} can damage a store that two programs write at the same moment (the "
        "WAL-reset bug; fixed in 3.44.6, 3.50.7 and 3.51.3). The commands of this project do not: one writes at a "
        "time, all others only read. Open the store with other programs only to read (sqlite3 -readonly, mode=ro)"
    )
