"""Opening a store to read: nothing is made, locked or changed, and no right to write is needed."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from crawler.errors import UnusableStore
from crawler.storage import RunLock, Selection, Store
from tests.forked import FORKS
from tests.make import make_article

OTHER = "2021/04/22/170000070"
NOBODY = 65534

Contents = dict[str, tuple[bytes, int]]


def contents(folder: Path) -> Contents:
    """All files of a folder: bytes and time of change."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def ids(store: Store) -> list[str]:
    return [article.id for article in store.articles()]


def write(path: Path, *stories: str) -> None:
    """A whole run: opened, written, closed."""
    with closing(Store(str(path))) as store:
        for story in stories:
            store.save(make_article(id=story))


def die_while_writing(path: Path) -> None:
    """Store an article in a process that is killed: the article is in the -wal file alone."""
    assert FORKS.run("tests.storage.killed", str(path)).returncode == 9


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike pytest's."""
    with tempfile.TemporaryDirectory(prefix="kompas-store-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def without_rights(folder: Path, mode: int = 0o444) -> Iterator[None]:
    """Run as a user without the right to write: root becomes the Unix user `nobody`."""
    for path in folder.iterdir():
        path.chmod(mode)
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        assert not os.access(folder, os.W_OK, effective_ids=True)
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
        for path in folder.iterdir():
            path.chmod(0o644)


def test_reading_a_store_at_rest_leaves_no_trace(path: Path) -> None:
    """Without it a look at a store leaves files that keep the user of the nightly run from writing."""
    write(path, OTHER)
    before = contents(path.parent)
    with closing(Store.to_read(str(path))) as store:
        assert ids(store) == [OTHER]
        assert store.count(Selection()) == 1
        assert store.failures() == []
        assert list(store.coverage()) == []
        assert contents(path.parent) == before
    assert contents(path.parent) == before
    assert list(before) == ["store.db"]


def test_reading_what_a_killed_run_left_changes_nothing(path: Path) -> None:
    """Without it looking at the store after a crash tidies up the traces, or misses the last articles."""
    die_while_writing(path)
    before = contents(path.parent)
    assert before["store.db-wal"][0]
    with closing(Store.to_read(str(path))) as store:
        assert ids(store) == [make_article().id]
    after = contents(path.parent)
    assert (after["store.db"], after["store.db-wal"]) == (before["store.db"], before["store.db-wal"])
    assert sorted(after) == sorted(before)


def test_reading_an_exported_store_leaves_no_trace(store: Store, path: Path, tmp_path: Path) -> None:
    """Without it a dataset of SQLite cannot be looked at with the project that made it."""
    store.save(make_article())
    (tmp_path / "out").mkdir()
    copy = tmp_path / "out" / "copy.db"
    store.copy(Selection(), copy)
    before = contents(copy.parent)
    with closing(Store.to_read(str(copy))) as reader:
        assert ids(reader) == [make_article().id]
    assert contents(copy.parent) == before


def test_a_store_under_a_link_and_a_strange_name_is_read(tmp_path: Path) -> None:
    """Without it a path that can be written cannot be read, or another file of that name is."""
    path = tmp_path / "a b#c?d%41é.db"
    write(path, OTHER)
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "link.db"
    link.symlink_to(path)
    for name in (path, link):
        with closing(Store.to_read(str(name))) as store:
            assert ids(store) == [OTHER]
    assert [file.name for file in link.parent.iterdir()] == ["link.db"]


def test_the_run_lock_is_neither_needed_nor_made(store: Store, path: Path) -> None:
    """Without it the store cannot be read while a run of a week is at work."""
    lock = RunLock(str(path))
    lock.acquire(0)
    with closing(Store.to_read(str(path))) as reader:
        assert ids(reader) == []
    lock.release()


def at_rest(path: Path) -> None:
    write(path, make_article().id)


def empty_wal(path: Path) -> None:
    at_rest(path)
    path.with_name(f"{path.name}-wal").touch()


def empty_side_files(path: Path) -> None:
    empty_wal(path)
    path.with_name(f"{path.name}-shm").touch()


@pytest.mark.parametrize("state", [at_rest, empty_wal, empty_side_files, die_while_writing], ids=lambda f: f.__name__)
def test_a_store_in_a_folder_that_may_not_be_written_is_read(folder: Path, state: Callable[[Path], None]) -> None:
    """Without it only the owner of a store can read it, and a copy on a read-only disk cannot be read."""
    path = folder / "store.db"
    state(path)
    before = contents(folder)
    with without_rights(folder), closing(Store.to_read(str(path))) as store:
        assert ids(store) == [make_article().id]
    assert contents(folder) == before


def test_a_store_that_another_user_writes_is_read(folder: Path) -> None:
    """Without it the colleagues of the user who crawls have to wait for the end of the run."""
    path = folder / "store.db"
    with closing(Store(str(path))) as writer:
        writer.save(make_article())
        with without_rights(folder), closing(Store.to_read(str(path))) as store:
            assert ids(store) == [make_article().id]
            with pytest.raises(UnusableStore, match="may not be written"):
                store.save(make_article(id=OTHER))
        writer.save(make_article(id=OTHER))
        with without_rights(folder), closing(Store.to_read(str(path))) as store:
            assert ids(store) == [make_article().id, OTHER]


def test_writes_that_cannot_be_read_there_are_not_left_out(folder: Path) -> None:
    """Without it a copy without its -shm is read without its last articles, or ends in a riddle of SQLite's."""
    path = folder / "store.db"
    die_while_writing(path)
    (folder / "store.db-shm").unlink()
    with without_rights(folder), pytest.raises(UnusableStore) as refusal:
        Store.to_read(str(path))
    assert str(refusal.value) == (
        f"the last writes of the store {path} are in store.db-wal, which cannot be read in a folder that may not be "
        "written; copy both files into a folder of your own and name the copy"
    )
    own = folder / "own"
    own.mkdir()
    for name in ("store.db", "store.db-wal"):
        shutil.copy(folder / name, own / name)
    with closing(Store.to_read(str(own / "store.db"))) as store:
        assert ids(store) == [make_article().id]


def test_a_file_that_may_not_be_read_is_named(folder: Path) -> None:
    """Without it wrong rights are a traceback."""
    path = folder / "store.db"
    write(path)
    told = r"store\.db cannot be read \(Permission denied\); check its path and rights"
    with without_rights(folder, mode=0), pytest.raises(UnusableStore, match=told):
        Store.to_read(str(path))


def test_an_open_reader_sees_what_a_run_wrote_meanwhile(path: Path) -> None:
    """Without it a reader is refused, or stays behind for good, as soon as a run begins or ends."""
    write(path)
    with closing(Store.to_read(str(path))) as reader:
        assert ids(reader) == []
        with closing(Store(str(path))) as writer:
            writer.save(make_article())
            assert ids(reader) == [make_article().id]
            writer.save(make_article(id=OTHER))
            assert len(ids(reader)) == 2
        assert len(ids(reader)) == 2


def test_a_list_begun_while_a_run_is_at_work_is_of_one_state(store: Store, path: Path) -> None:
    """Without it an export during a crawl holds a story twice, or half of the night."""
    store.save(make_article())
    store.save(make_article(id=OTHER))
    with closing(Store.to_read(str(path))) as reader:
        reading = reader.articles()
        next(reading)
        store.save(make_article(id="2021/04/22/180000070"))
        assert len(list(reading)) == 1


def test_a_list_that_a_run_wrote_into_is_refused_at_its_end(path: Path) -> None:
    """Without it an export during a run silently mixes two states of the store."""
    write(path, *(f"2021/04/22/{number:06}070" for number in range(300)))
    with closing(Store.to_read(str(path))) as reader:
        reading = reader.articles()
        next(reading)
        write(path, OTHER)
        with pytest.raises(UnusableStore) as refusal:
            list(reading)
        assert str(refusal.value) == f"the store {path} was written to while it was read; run the command again"
        assert len(ids(reader)) == 301


def test_half_of_a_write_is_not_taken_for_damage(path: Path) -> None:
    """Without it the user restores a backup because a run began."""
    write(path, *(f"2021/04/22/{number:06}070" for number in range(300)))
    whole = path.read_bytes()

    def read(reader: Store) -> None:
        with reader._database.reading() as connection:
            connection.exec_driver_sql("select count(*) from runs").scalar()
            path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
            connection.exec_driver_sql("select text from articles").fetchall()

    told = "was written to while it was read; run the command again"
    with closing(Store.to_read(str(path))) as reader, pytest.raises(UnusableStore, match=told):
        read(reader)


def test_a_damaged_store_is_named_to_a_reader(path: Path) -> None:
    """Without it the reader runs the command again and again."""
    write(path, OTHER)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(UnusableStore, match=r"store\.db is damaged; restore it"):
        Store.to_read(str(path))


@pytest.mark.parametrize("name", ["store.db", "folder/store.db", "."])
def test_a_store_that_is_not_there_is_refused_and_not_made(tmp_path: Path, name: str) -> None:
    """Without it a mistyped path is an empty store from then on."""
    target = str(tmp_path / name)
    with pytest.raises(UnusableStore) as refusal:
        Store.to_read(target)
    assert str(refusal.value) == f"there is no store {target}; crawl first, or name it with -s KOMPAS_DB=PATH"
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_tables_is_no_store(path: Path) -> None:
    """Without it a run that was killed at its first step leaves a store that is reported as empty."""
    path.touch()
    with pytest.raises(UnusableStore, match="there is no store"):
        Store.to_read(str(path))
    assert path.read_bytes() == b""


@pytest.mark.parametrize("statement", ["create table belanja (barang text)", "create table alembic_version (v text)"])
def test_the_database_of_another_program_is_refused(path: Path, statement: str) -> None:
    """Without it a mistyped path is reported on as a store."""
    with closing(sqlite3.connect(path)) as file:
        file.execute(statement)
    before = contents(path.parent)
    for open_store in (Store.to_read, Store):
        with pytest.raises(UnusableStore, match=r"belongs to another program \(tables (belanja|alembic_version)\)"):
            open_store(str(path))
    assert contents(path.parent) == before


def test_a_store_that_is_read_cannot_be_written(target: str) -> None:
    """Without it a command that only reads changes the store by a mistake of ours."""
    Store(target).close()
    with closing(Store.to_read(target)) as store:
        with pytest.raises(UnusableStore, match="may not be written"):
            store.save(make_article())
        assert ids(store) == []
