"""Schemas of other versions: those of 1.0.0 and later are migrated, once and safely; others are refused."""

import ast
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from crawler.errors import StoreBusy, UnusableStore
from crawler.storage import RunLock, Store, is_server, migrate, schema_version
from tests.make import make_article
from tests.runs import query
from tests.storage.releases import MIGRATION, NEXT, PRESENT, add_migration, described, make_old_store, set_version

BROKEN = MIGRATION + '    op.execute("insert into no_such_table values (1)")\n'


@pytest.fixture
def old(target: str) -> str:
    """A store of release 1.0.0."""
    make_old_store(target)
    return target


@pytest.fixture
def present(target: str) -> str:
    """An empty store of the present version, which an artificial migration makes an old one."""
    Store(target).close()
    return target


@pytest.fixture
def filled(path: Path) -> Path:
    """The file of such a store, with an article."""
    with closing(Store(str(path))) as store:
        store.save(make_article())
    return path


@pytest.fixture
def other(target: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Another target of the same kind."""
    if not is_server(target):
        return str(tmp_path / "other.db")
    return str(request.getfixturevalue("postgres").new_database())


def test_a_new_store_has_exactly_the_schema_that_migrations_give_an_old_one(old: str, other: str) -> None:
    """Without it a store of an earlier release differs from a new one, and one of them fails some night."""
    for target in (old, other):
        Store(target).close()
    assert described(old) == described(other)
    assert len(described(old)) > 30


def test_a_new_store_is_made_in_one_order(path: Path) -> None:
    """Without it the same articles give another file with every export to SQLite."""
    Store(str(path)).close()
    made = "select tbl_name, name from sqlite_master where {} order by rowid"
    tables = query(path, made.format("type = 'table' and name not glob 'alembic*' and name not glob 'articles_fts*'"))
    assert tables == sorted(tables)
    indexes = query(path, made.format("type = 'index' and sql is not null"))
    assert indexes == sorted(indexes)
    assert ("listed", "listed_last_seen_at") in indexes


def test_versions_count_up_from_the_baseline_to_the_one_that_is_expected() -> None:
    """Without it a store is refused as too old or too new, or a migration is never run."""
    files = sorted((migrate.SCRIPTS / "versions").glob("*.py"))
    names = [path.name[:4] for path in files]
    first, last = int(schema_version.BASELINE), int(schema_version.REVISION)
    assert names == [f"{number:04}" for number in range(first, last + 1)]
    for path, revision, before in zip(files, names, [None, *names], strict=False):
        assigned = {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        assert (assigned["revision"], assigned["down_revision"]) == (revision, before)


def test_the_articles_of_the_first_release_are_kept(filled: Path, tmp_path: Path) -> None:
    """Without it a user of 1.0.0 has to crawl everything again."""
    old = tmp_path / "old.db"
    make_old_store(str(old))
    names = ", ".join(name for (name,) in query(old, "select name from pragma_table_info('articles')"))
    with closing(sqlite3.connect(old)) as file, file:
        file.execute("attach ? as present", (str(filled),))
        file.execute(f"insert into articles ({names}) select {names} from present.articles")
    with closing(Store(str(old))) as store:
        assert list(store.articles()) == [make_article(agencies=[])]
        store.save(make_article(title="Judul Baru"))
    with closing(Store.to_read(str(old))) as store:
        assert [article.title for article in store.articles()] == ["Judul Baru"]


@pytest.mark.parametrize("version", ["0001", "0002", "0003", "0004", None])
def test_a_store_of_a_development_version_is_refused_in_one_sentence(filled: Path, version: str | None) -> None:
    """Without it the program fails in the middle of a run on a column that is not there."""
    set_version(filled, version)
    before = filled.read_bytes()
    for open_store in (Store, Store.to_read):
        with pytest.raises(UnusableStore) as refusal:
            open_store(str(filled))
        assert str(refusal.value) == (
            f"the store {filled} was written by a development version before 1.0.0 (schema {version or '0000'}), which "
            "cannot be migrated; read its WARC files into a new one (-a archive=FILES -s KOMPAS_DB=PATH)"
        )
    assert filled.read_bytes() == before


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(filled: Path) -> None:
    """Without it an old version writes half-understood rows into a new store."""
    set_version(filled, "9999")
    before = filled.read_bytes()
    for open_store in (Store, Store.to_read):
        with pytest.raises(UnusableStore) as refusal:
            open_store(str(filled))
        assert str(refusal.value) == (
            f"the store {filled} was written by a newer version of this project (schema 9999, "
            f"this one knows {PRESENT}); update the project"
        )
    assert filled.read_bytes() == before


def test_reading_a_store_of_an_earlier_version_names_the_command_that_migrates_it(
    present: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without it a look at the store changes it, maybe under a run that is at work."""
    before = described(present)
    add_migration(monkeypatch, tmp_path)
    with pytest.raises(UnusableStore) as refusal:
        Store.to_read(present)
    assert str(refusal.value).endswith(
        f"has the schema of an earlier version ({PRESENT}, this one reads {NEXT}); "
        "`scrapy crawl kompas_global` or, without the network, `scrapy reextract` migrates it"
    )
    assert described(present) == before


def test_a_store_of_an_earlier_version_is_migrated_once_with_all_that_it_holds(
    present: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Without it an update of the project costs the user the store, or a step is taken at every start."""
    with closing(Store(present)) as store:
        store.save(make_article())
    add_migration(monkeypatch, tmp_path)
    for _ in range(2):
        with closing(Store(present)) as store:
            assert list(store.articles()) == [make_article()]
    assert [record.name for record in caplog.records] == ["crawler.storage.migrate"]
    assert caplog.records[0].levelno == logging.WARNING
    assert f"is migrated from version {PRESENT} to {NEXT}; " in caplog.messages[0]
    kept = f"a copy of it as it was is {present}.before-{NEXT}.backup"
    assert caplog.messages[0].endswith("its backup is a dump by pg_dump" if is_server(present) else kept)
    if is_server(present):
        with psycopg.connect(present) as server:
            assert server.execute("select mood from visits").fetchall() == [("calm",)]
    else:
        assert query(Path(present), "select mood from visits") == [("calm",)]


def test_the_copy_is_the_store_as_it_was_with_its_rights(
    filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without it the user cannot go back to the version before, or the copy is for all to read."""
    filled.chmod(0o640)
    before = described(str(filled))
    with monkeypatch.context() as patch:
        add_migration(patch, tmp_path)
        Store(str(filled)).close()
    copy = filled.with_name(f"store.db.before-{NEXT}.backup")
    assert copy.stat().st_mode & 0o777 == 0o640
    assert described(str(copy)) == before != described(str(filled))
    with closing(Store.to_read(str(copy))) as store:
        assert list(store.articles()) == [make_article()]
    assert list(filled.parent.glob("*.part")) == []


def test_what_other_programs_wrote_and_left_in_the_wal_is_in_the_copy(
    filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without it the copy is a plain copy of one file of three, and lacks the last night."""
    add_migration(monkeypatch, tmp_path)
    with closing(sqlite3.connect(filled)) as writer:
        writer.execute("update visits set etag = 'terakhir'")
        writer.commit()
        Store(str(filled)).close()
    assert query(filled.with_name(f"store.db.before-{NEXT}.backup"), "select etag from visits") == [("terakhir",)]


@pytest.fixture
def lock(present: str) -> Iterator[RunLock]:
    """The run lock of the store, held."""
    held = RunLock(present)
    held.acquire(0)
    yield held
    held.release()


def test_a_store_that_a_run_is_at_work_in_is_not_migrated(
    present: str, lock: RunLock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without it a second run of a newer version changes the tables under the run at work."""
    before = described(present)
    add_migration(monkeypatch, tmp_path)
    monkeypatch.setattr("crawler.storage.run_lock._held", {})  # as for another process
    with pytest.raises(StoreBusy, match="another run is at work in the store"):
        Store(present).close()
    assert described(present) == before
    lock.release()
    Store(present).close()
    assert described(present) != before


def test_the_run_that_holds_the_lock_migrates(
    present: str, lock: RunLock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without it the nightly run is kept out by its own lock."""
    add_migration(monkeypatch, tmp_path)
    Store(present).close()
    with pytest.raises(StoreBusy):
        RunLock(present).acquire(0)
    lock.release()
    with closing(Store.to_read(present)) as store:
        assert list(store.articles()) == []


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without it half a migration is a store that neither version can use."""
    before = described(str(filled))
    with monkeypatch.context() as patch:
        add_migration(patch, tmp_path, BROKEN)
        with pytest.raises(UnusableStore, match=r"store\.db cannot be used: no such table: no_such_table"):
            Store(str(filled))
    assert described(str(filled)) == before
    with closing(Store(str(filled))) as store:
        assert list(store.articles()) == [make_article()]


def test_without_a_copy_nothing_is_migrated(filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without it a full disk takes the copy, and then the migration the store."""
    before = filled.read_bytes()
    add_migration(monkeypatch, tmp_path)
    filled.with_name(f"store.db.before-{NEXT}.backup").mkdir()
    with pytest.raises(UnusableStore) as refusal:
        Store(str(filled))
    assert str(refusal.value).startswith(
        f"the store {filled} must be migrated, but its copy {filled}.before-{NEXT}.backup"
    )
    assert str(refusal.value).endswith("free space or check the folder's rights, nothing was changed")
    assert filled.read_bytes() == before
    assert list(filled.parent.glob("*.part")) == []
