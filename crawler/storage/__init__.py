"""The single truth: articles with their revisions, the ledger, the runs, what failed.

SQLAlchemy speaks SQL, with psycopg to PostgreSQL; Alembic moves schemas, filelock keeps a second run out.
"""

from crawler.storage.coverage import Day, DayStory
from crawler.storage.engine import is_there
from crawler.storage.revisions import Outcome
from crawler.storage.run_lock import RunLock
from crawler.storage.runs import KILLED, Beginning, End
from crawler.storage.selection import Revisions, Selection
from crawler.storage.store import Saved, Store
from crawler.storage.stories import Known, State
from crawler.storage.target import is_server, shown

__all__ = [
    "KILLED",
    "Beginning",
    "Day",
    "DayStory",
    "End",
    "Known",
    "Outcome",
    "Revisions",
    "RunLock",
    "Saved",
    "Selection",
    "State",
    "Store",
    "is_server",
    "is_there",
    "shown",
]
