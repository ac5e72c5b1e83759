"""The lock that keeps a second run out of a store."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from crawler.errors import StoreBusy, UnusableStore
from crawler.storage import RunLock, Store, run_lock
from tests.make import make_article
from tests.servers import PostgreSQL

HOLDER = """
import sys, time
from crawler.storage import RunLock
lock = RunLock(sys.argv[1])
lock.acquire(0)
print("held", flush=True)
time.sleep(60)
"""


def _never_waits(seconds: float) -> None:
    raise AssertionError(f"it waits for {seconds} s")


def test_a_second_run_is_turned_away_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it two runs fetch the same stories, and each judges half of the work."""
    first, second = RunLock(str(path)), RunLock(str(path))
    first.acquire(0)
    monkeypatch.setattr(time, "sleep", _never_waits)
    with pytest.raises(StoreBusy, match=f"another run is at work in the store {path}"):
        second.acquire(0)
    first.release()
    second.acquire(0)
    second.release()


def test_waiting_has_an_end(path: Path) -> None:
    """Without it cron piles up runs behind one that hangs."""
    first = RunLock(str(path))
    first.acquire(0)
    with pytest.raises(StoreBusy):
        RunLock(str(path)).acquire(0.3)
    first.release()


def test_the_lock_of_a_killed_run_is_free_at_once(path: Path) -> None:
    """Without it a person has to remove a stale file by hand before the next night."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            with pytest.raises(StoreBusy):
                RunLock(str(path)).acquire(0)
        finally:
            holder.kill()
    lock = RunLock(str(path))
    lock.acquire(0)
    lock.release()


def test_runs_in_different_stores_do_not_meet(path: Path) -> None:
    """Without it a trial run beside the nightly one is turned away."""
    locks = [RunLock(str(path)), RunLock(str(path.with_name("other.db")))]
    for lock in locks:
        lock.acquire(0)
    for lock in locks:
        lock.release()


def test_a_store_under_two_names_has_one_lock(path: Path) -> None:
    """Without it a link to the store lets a second run in."""
    path.touch()
    link = path.with_name("link.db")
    link.symlink_to(path)
    lock = RunLock(str(path))
    lock.acquire(0)
    with pytest.raises(StoreBusy, match=str(link)):
        RunLock(str(link)).acquire(0)
    lock.release()


def test_the_folder_of_a_new_store_is_made(tmp_path: Path) -> None:
    """Without it the first run of a new user ends before it starts."""
    lock = RunLock(str(tmp_path / "data" / "store.db"))
    lock.acquire(0)
    lock.release()
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["store.db.lock"]


def test_a_lock_that_cannot_be_made_is_one_sentence(path: Path) -> None:
    """Without it wrong permissions of a folder end in a traceback of a library."""
    path.with_name("store.db.lock").mkdir()
    with pytest.raises(UnusableStore) as refusal:
        RunLock(str(path)).acquire(0)
    assert str(refusal.value).startswith(f"the lock {path}.lock beside the store cannot be made (")
    assert str(refusal.value).endswith("check the folder's rights")


@pytest.mark.parametrize(
    "named", ["mysql://db/kompas", "postgresql://", "://", "postgresql://db:x/kompas", "/dev/null/store.db"]
)
def test_what_can_be_no_store_has_no_lock(named: str) -> None:
    """Without it a wrong KOMPAS_DB leaves a strange file behind, or a traceback."""
    with pytest.raises(UnusableStore):
        RunLock(named)


def test_a_lock_file_that_was_removed_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a second run locks a file of the same name, and both work in one store."""
    monkeypatch.setattr(run_lock, "LOOK", 0.0)
    lock = RunLock(str(path))
    lock.acquire(0)
    with closing(Store(str(path))) as store:
        store.save(make_article())
        path.with_name("store.db.lock").unlink()
        with pytest.raises(UnusableStore, match=f"the run lock of the store {path} was lost"):
            store.save(make_article(title="Judul Lain"))
    lock.release()


def test_a_lost_connection_of_the_lock_is_noticed(postgres: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a second run works beside the first, and both report success."""
    monkeypatch.setattr(run_lock, "LOOK", 0.0)
    url = postgres.new_database()
    lock = RunLock(url)
    lock.acquire(0)
    with closing(Store(url)) as store:
        store.save(make_article())
        postgres.run("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted")
        for title in ("Judul Lain", "Judul Ketiga"):
            with pytest.raises(UnusableStore, match=r"the run lock of the store .* was lost"):
                store.save(make_article(title=title))
        assert len(list(store.articles())) == 1
    lock.release()


def test_a_lock_that_is_held_is_no_hindrance(postgres: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a run ends at its first look at a lock that it still has."""
    monkeypatch.setattr(run_lock, "LOOK", 0.0)
    url = postgres.new_database()
    lock = RunLock(url)
    lock.acquire(0)
    with closing(Store(url)) as store:
        for title in ("Satu", "Dua"):
            store.save(make_article(title=title))
    lock.release()
