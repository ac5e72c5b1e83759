"""One run at a time in one store: a second one could only do the same work twice and judge half of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from crawler.errors import StoreBusy, UnusableStore
from crawler.storage import postgresql
from crawler.storage.engine import unusable
from crawler.storage.target import database_file, is_server, shown

_POLL: Final = 0.2
"""Seconds between two tries."""


class _Lock(Protocol):
    def acquire(self, wait: float) -> bool: ...

    def release(self) -> None: ...


class RunLock:
    """A lock beside a SQLite file (by filelock), or in a PostgreSQL database (an advisory lock of one session).

    Either falls with the process that holds it, however that ends, so that there is no stale lock to recover from; who
    holds it is told by the table `runs`.
    """

    def __init__(self, target: str) -> None:
        """
        :raises UnusableStore: the target is no database, or its folder cannot be made.
        """
        self.target = target
        self._lock: _Lock = _OnServer(target) if is_server(target) else _BesideFile(target)

    def acquire(self, wait: float) -> None:
        """
        :param wait: seconds to wait for the other run to end.
        :raises StoreBusy: it has not.
        :raises UnusableStore: the lock cannot be made.
        """
        if not self._lock.acquire(wait):
            raise StoreBusy(f"another run is at work in the store {shown(self.target)}")

    def release(self) -> None:
        self._lock.release()


class _BesideFile:
    """The file itself stays."""

    def __init__(self, target: str) -> None:
        self._lock = FileLock(f"{database_file(target).resolve()}.lock", thread_local=False)

    def acquire(self, wait: float) -> bool:
        try:
            self._lock.acquire(timeout=wait, poll_interval=_POLL)
        except Timeout:
            return False
        except OSError as error:
            raise UnusableStore(
                f"the lock {self._lock.lock_file} beside the store cannot be made ({error.strerror}); "
                "check the folder's rights"
            ) from error
        return True

    def release(self) -> None:
        self._lock.release()


class _OnServer:
    """Held by a connection of its own, outside of any transaction."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._engine = postgresql.connect(target, isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None

    def acquire(self, wait: float) -> bool:
        patience = time.monotonic() + wait
        with self._told():
            self._connection = self._engine.connect()
            while not self._connection.execute(text(f"select pg_try_advisory_lock({postgresql.RUN})")).scalar():
                if time.monotonic() >= patience:
                    self.release()
                    return False
                time.sleep(_POLL)
        return True

    def release(self) -> None:
        """Closes the session, and with it the lock."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise unusable(self._target, error) from error
