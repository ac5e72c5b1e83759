"""Opening a database: what is refused, in which words, and that nothing of it was touched."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from crawler.errors import UnusableStore
from crawler.storage import Store, opening
from tests.make import make_article


def test_a_missing_file_is_made_with_its_folders(tmp_path: Path) -> None:
    """Without it the first run of a new user ends before it starts."""
    store = Store(str(tmp_path / "data" / "deep" / "store.db"))
    assert list(store.articles()) == []
    store.close()
    assert (tmp_path / "data" / "deep" / "store.db").is_file()


@pytest.mark.parametrize("name", ["store with blanks.db", "100%25.db", "a#b.db", "a?b.db", "store", "toko-ñ.db"])
def test_the_store_lies_in_the_file_that_was_named(tmp_path: Path, name: str) -> None:
    """Without it the data lies under another name than the one that is backed up."""
    store = Store(str(tmp_path / name))
    store.save(make_article())
    store.close()
    assert (tmp_path / name).is_file()


def test_readers_are_let_in_while_the_crawl_writes(store: Store, path: Path) -> None:
    """Without it an export blocks a running crawl, or sees nothing."""
    store.save(make_article())
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_every_connection_writes_through_and_waits_for_others(path: Path) -> None:
    """Without it a power cut takes stored articles with it, or two programs trip over each other at once."""
    opened = opening.open_to_write(str(path))
    with opened.connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 10_000
    opened.dispose()


@pytest.mark.parametrize("content", [b"Ini bukan pangkalan data, hanya catatan.\n" * 40, b"\x1f\x8b" + b"\0" * 2000])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    """Without it a mistyped path costs the user the file that lies there."""
    path.write_bytes(content)
    with pytest.raises(UnusableStore) as refusal:
        Store(str(path))
    assert f"the store {path} is not a SQLite database; give another path with -s KOMPAS_DB=PATH" in str(refusal.value)
    assert path.read_bytes() == content


@pytest.fixture
def foreign(path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript("create table belanja (barang text); insert into belanja values ('beras');")
    connection.close()
    return path


def test_the_database_of_another_program_is_refused_by_name(foreign: Path) -> None:
    """Without it the user does not learn whose data the given path holds."""
    with pytest.raises(UnusableStore) as refusal:
        Store(str(foreign))
    assert f"the database {foreign} belongs to another program (tables belanja)" in str(refusal.value)
    assert "give another path with -s KOMPAS_DB=PATH" in str(refusal.value)


def test_the_database_of_another_program_keeps_its_data(foreign: Path) -> None:
    """Without it the other program finds strange tables among its own."""
    with pytest.raises(UnusableStore):
        Store(str(foreign))
    connection = sqlite3.connect(foreign)
    assert connection.execute("select name from sqlite_master").fetchall() == [("belanja",)]
    assert connection.execute("select barang from belanja").fetchall() == [("beras",)]
    connection.close()


def test_not_one_byte_of_another_programs_database_is_changed(foreign: Path) -> None:
    """Without it the refusal is wrong: a changed journal mode can lock the other program out."""
    before = foreign.read_bytes()
    with pytest.raises(UnusableStore):
        Store(str(foreign))
    assert foreign.read_bytes() == before
    assert [file.name for file in foreign.parent.iterdir()] == [foreign.name]


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    """Without it the user gets a traceback for a folder that cannot exist."""
    (tmp_path / "file").write_text("x")
    for target in (tmp_path / "file" / "store.db", tmp_path / "file" / "deep" / "store.db"):
        with pytest.raises(UnusableStore, match=r"the folder of KOMPAS_DB=.*store\.db cannot be made: "):
            Store(str(target))


def test_a_folder_where_no_file_can_be_made_is_refused() -> None:
    """Without it a folder without rights ends in a traceback."""
    with pytest.raises(UnusableStore, match=r"^the store /proc/store\.db .*check"):
        Store("/proc/store.db")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    """Without it `-s KOMPAS_DB=data` ends in a traceback."""
    with pytest.raises(UnusableStore, match="cannot be opened; check that its folder exists"):
        Store(str(tmp_path))


def test_another_kind_of_database_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it an address quietly becomes a file of that name, or its password is in the mail of cron."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnusableStore, match=r"mysql://ani:\*\*\*@host/db is not supported; give the path of a SQLite"):
        Store("mysql://ani:rahasia@host/db")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_named(path: Path) -> None:
    """Without it the user does not learn that the file needs a backup, not another run."""
    store = Store(str(path))
    store.save(make_article())
    store.close()
    content = bytearray(path.read_bytes())
    page = int.from_bytes(content[16:18], "big")
    content[page:] = b"\xff" * (len(content) - page)
    path.write_bytes(bytes(content))
    with pytest.raises(UnusableStore, match=r"store\.db is damaged; restore it"):
        list(Store(str(path)).articles())
