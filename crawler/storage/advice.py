"""Errors of the databases as sentences for the user: what is wrong with which store, and what to do."""

from typing import Final

from sqlalchemy.exc import DBAPIError

from crawler.errors import UnusableStore
from crawler.storage.target import is_server, shown, without_password

_NO_DATABASE: Final = "is not a SQLite database; give another path with -s KOMPAS_DB=PATH, nothing was changed"
_NO_RIGHTS: Final = "may not be written; check its rights and those of its folder"
_LOCKED: Final = "is locked by another program; wait for it to finish and run again"
_LOST: Final = "was lost; when the server is back, run again, what was stored is safe"

SQLITE: Final = (
    # words in SQLite's message, and the rest of the sentence
    ("file is not a database", _NO_DATABASE),
    ("file is encrypted", _NO_DATABASE),
    ("malformed", "is damaged; restore it from a backup or recover it with the sqlite3 program's .recover"),
    ("unable to open", "cannot be opened; check that its folder exists and may be written"),
    ("readonly", _NO_RIGHTS),
    ("read-only", _NO_RIGHTS),
    ("disk is full", "cannot grow because the disk is full; free space and run again, what was stored is safe"),
    ("disk I/O", "cannot be read or written (disk error); check the disk, then run again"),
    ("locked", _LOCKED),
)

SERVER: Final = (
    # words in the message of PostgreSQL or psycopg, and the rest of the sentence
    ("No space left", "cannot grow because the server's disk is full; free space there, what was stored is safe"),
    ("read-only transaction", "may not be written: the server allows reading only (a standby?)"),
    ("lock timeout", _LOCKED),
    ("permission denied", "refuses this user; grant it SELECT to read, the rights of the database's owner to write"),
    ("authentication failed", "refuses this user or password; check KOMPAS_DB, or put the password into ~/.pgpass"),
    ("no password supplied", "wants a password; put it into KOMPAS_DB or ~/.pgpass"),
    ("Connection refused", "cannot be reached; is the server running, and the port right?"),
    ("resolve host", "cannot be reached: its host's name is not known"),
    ("timeout expired", "cannot be reached: its host does not answer"),
    ("role", "cannot be used: its server knows no such user; make it with createuser"),
    ("does not exist", "is not there; make it with createdb"),
    ("too many clients", "has no connection left; stop a program, or raise max_connections"),
    ("closed the connection", _LOST),
    ("terminating connection", _LOST),
    ("connection is lost", _LOST),
)


def damaged(target: str, what: str) -> UnusableStore:
    """Return the error to raise for a value that this project has not written."""
    return UnusableStore(f"the store {shown(target)} holds what cannot be read ({what}); restore it from a backup")


def unusable(target: str, error: DBAPIError) -> UnusableStore:
    """Return the error to raise for a database error, with one sentence that names the store."""
    said = str(error.orig)
    advice = next(
        (text for words, text in (SERVER if is_server(target) else SQLITE) if words in said),
        f"cannot be used: {' '.join(without_password(target, said).split())}",
    )
    return UnusableStore(f"the store {shown(target)} {advice}")
