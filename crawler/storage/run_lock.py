"""The run lock of a store: one run at a time, as a second one would only do the same work twice."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from crawler.errors import StoreBusy, UnusableStore
from crawler.storage import postgresql
from crawler.storage.advice import unusable
from crawler.storage.target import FileIdentity, database_file, identity_of, is_server, server_url, shown

_MINE: Final = "select 1 from pg_locks where locktype = 'advisory' and granted and pid = pg_backend_pid() limit 1"
_POLL: Final = 0.2
"""Seconds between two tries."""

LOOK: Final = 1.0
"""Seconds between two looks at a lock that is held."""

_held: Final[dict[str, "RunLock"]] = {}
"""Locks that this process holds: a lock keeps out other processes, and other locks of the same one."""


class _Lock(Protocol):
    def acquire(self, wait: float) -> bool: ...

    def is_held(self) -> bool: ...

    def release(self) -> None: ...


class RunLock:
    """A lock file beside a SQLite file (by filelock), or an advisory lock of a session in a PostgreSQL database.

    Either ends with the process that holds it, so a killed run leaves no stale lock. The table `runs` says which run
    holds it.
    """

    def __init__(self, target: str) -> None:
        """Name the lock of a store; nothing is locked yet.

        :raises UnusableStore: `target` is no database, or its folder cannot be made.
        """
        self.target = target
        self._name = lock_name(target)
        self._lock: _Lock = _OnServer(target) if is_server(target) else _BesideFile(self._name)
        self._is_held = False
        self._looked_at = 0.0

    def acquire(self, wait: float) -> None:
        """Take the lock.

        :param wait: seconds to wait until the other run ends.
        :raises StoreBusy: it has not ended.
        :raises UnusableStore: the lock cannot be made.
        """
        if not self._lock.acquire(wait):
            raise StoreBusy(f"another run is at work in the store {shown(self.target)}")
        self._is_held = True
        self._looked_at = time.monotonic()
        _held[self._name] = self

    def refuse_lost(self) -> None:
        """Raise `UnusableStore` when a lock that was taken is gone, so that another run may have begun.

        It is looked at once in `LOOK` seconds.
        """
        if not self._is_held or time.monotonic() - self._looked_at < LOOK:
            return
        if not self._lock.is_held():
            raise UnusableStore(
                f"the run lock of the store {shown(self.target)} was lost, so that another run may be at work in it; "
                "run again, what was stored is safe"
            )
        self._looked_at = time.monotonic()

    def release(self) -> None:
        """Give the lock back, if it was taken."""
        if self._is_held:
            self._is_held = False
            _held.pop(self._name, None)
            self._lock.release()


@contextmanager
def under_run_lock(target: str) -> Iterator[None]:
    """Do something under the run lock of a store, which is taken unless this process holds it already.

    :raises StoreBusy: another run is at work.
    :raises UnusableStore: the lock cannot be made.
    """
    if lock_name(target) in _held:
        yield
        return
    lock = RunLock(target)
    lock.acquire(0)
    try:
        yield
    finally:
        lock.release()


def refuse_lost_lock(name: str) -> None:
    """Raise `UnusableStore` when this process has lost the run lock of a store that it held.

    :param name: see `lock_name`.
    """
    lock = _held.get(name)
    if lock is not None:
        lock.refuse_lost()


def lock_name(target: str) -> str:
    """Return the name of a store's lock: one, under whatever path or link the store is named."""
    return str(server_url(target)) if is_server(target) else f"{database_file(target).resolve()}.lock"


class _BesideFile:
    """A lock on a file, which stays when the lock is released."""

    def __init__(self, name: str) -> None:
        self._lock = FileLock(name, thread_local=False)
        self._file: FileIdentity | None = None

    def acquire(self, wait: float) -> bool:
        """Return whether the lock was taken within a number of seconds."""
        try:
            self._lock.acquire(timeout=wait, poll_interval=_POLL)
        except Timeout:
            return False
        except OSError as error:
            raise UnusableStore(
                f"the lock {self._lock.lock_file} beside the store cannot be made ({error.strerror}); "
                "check the folder's rights"
            ) from error
        self._file = identity_of(self._lock.lock_file)
        return True

    def is_held(self) -> bool:
        """Return whether the file is still the one that was locked: another run locks one that was made anew."""
        return self._file == identity_of(self._lock.lock_file)

    def release(self) -> None:
        """Unlock the file."""
        self._lock.release()


class _OnServer:
    """An advisory lock, held by a connection of its own outside of any transaction."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._engine = postgresql.connect(target, isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None

    def acquire(self, wait: float) -> bool:
        """Return whether the lock was taken within a number of seconds."""
        patience = time.monotonic() + wait
        with self._explained():
            self._connection = self._engine.connect()
            while not self._connection.execute(text(f"select pg_try_advisory_lock({postgresql.RUN})")).scalar():
                if time.monotonic() >= patience:
                    self.release()
                    return False
                time.sleep(_POLL)
        return True

    def is_held(self) -> bool:
        """Return whether the session that took the lock is still there."""
        try:
            return self._connection is not None and self._connection.execute(text(_MINE)).scalar() is not None
        except DBAPIError:
            self.release()
            return False

    def release(self) -> None:
        """Unlock, and close the session: a server may take some time to notice that a session was closed."""
        if self._connection is not None:
            with suppress(DBAPIError):  # a session that is lost has lost the lock, too
                if not self._connection.invalidated:
                    self._connection.execute(text("select pg_advisory_unlock_all()"))
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Close the session of a server that fails, and say why in one sentence."""
        try:
            yield
        except DBAPIError as error:
            self.release()
            raise unusable(self._target, error) from error
