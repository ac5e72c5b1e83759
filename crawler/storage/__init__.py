"""The store of the project: articles with their revisions, the ledger, the runs and the failures.

`Store(target)` opens one to write, `Store.to_read(target)` only to read. SQL is written by SQLAlchemy, for SQLite or,
with psycopg, PostgreSQL; Alembic migrates schemas, and filelock keeps a second run out.
"""

from crawler.storage.days import Day, DayState, DayStory
from crawler.storage.left import Left
from crawler.storage.opening import is_there, refuse_missing
from crawler.storage.revisions import Outcome
from crawler.storage.run_lock import RunLock
from crawler.storage.runs import KILLED, Beginning, End
from crawler.storage.saving import Saved
from crawler.storage.selection import Revisions, Selection
from crawler.storage.sqlite_version import wal_reset_notice
from crawler.storage.store import Store
from crawler.storage.stories import Known, State
from crawler.storage.suspects import Addition, Doubt, HeldCapture, Suspect
from crawler.storage.target import is_server, shown
from crawler.storage.terms import Term, terms_of

__all__ = [
    "KILLED",
    "Addition",
    "Beginning",
    "Day",
    "DayState",
    "DayStory",
    "Doubt",
    "End",
    "HeldCapture",
    "Known",
    "Left",
    "Outcome",
    "Revisions",
    "RunLock",
    "Saved",
    "Selection",
    "State",
    "Store",
    "Suspect",
    "Term",
    "is_server",
    "is_there",
    "refuse_missing",
    "shown",
    "terms_of",
    "wal_reset_notice",
]
