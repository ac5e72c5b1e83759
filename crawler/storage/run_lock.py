"""One run at a time in one store: a second one could only do the same work twice and judge half of it."""

from filelock import FileLock, Timeout

from crawler.errors import StoreBusy, UnusableStore
from crawler.storage.engine import database_file


class RunLock:
    """A lock of the operating system on a file beside the database (by filelock).

    It falls with the process that holds it, however that ends, so that there is no stale lock to recover from; who
    holds it is told by the table `runs`. The file itself stays.
    """

    def __init__(self, target: str) -> None:
        """
        :raises UnusableStore: the target is no file, or its folder cannot be made.
        """
        self.target = target
        self._lock = FileLock(f"{database_file(target).resolve()}.lock", thread_local=False)

    def acquire(self, wait: float) -> None:
        """
        :param wait: seconds to wait for the other run to end.
        :raises StoreBusy: it has not.
        :raises UnusableStore: the file cannot be made.
        """
        try:
            self._lock.acquire(timeout=wait, poll_interval=0.2)
        except Timeout as error:
            raise StoreBusy(f"another run is at work in the store {self.target}") from error
        except OSError as error:
            raise UnusableStore(
                f"the lock {self._lock.lock_file} beside the store cannot be made ({error.strerror}); "
                "check the folder's rights"
            ) from error

    def release(self) -> None:
        self._lock.release()
