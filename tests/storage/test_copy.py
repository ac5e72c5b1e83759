"""A store is copied whole into one of the other kind, or not at all."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.dedupe.likeness import Likeness
from crawler.errors import UnusableStore
from crawler.items import Block
from crawler.ledger_facts import Exclusion
from crawler.storage import Revisions, Selection, Store
from tests.make import make_article, make_failure
from tests.runs import query
from tests.servers import PostgreSQL
from tests.storage.test_runs import begin

BODY = " ".join(f"kata{number}" for number in range(80))
TABLES = "select name from sqlite_master where type = 'table' and name not like 'articles_fts%' order by name"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Something in most tables, two of everything where the order may matter."""
    path = tmp_path_factory.mktemp("filled") / "store.db"
    with closing(Store(str(path))) as store:
        for number in range(603):  # more than one batch
            body = [Block("paragraph", f"{BODY} {number // 2}")]
            article = make_article(id=f"2021/04/22/{number:06}070", title=f"Judul \u2019{number}\u0000", body=body)
            store.save(article, Likeness(article.text) if number < 20 else None)
        store.save(make_article(id="2021/04/22/000001070", title="Judul baru", fetched_at=article.fetched_at))
        store.record_failure(make_failure(article_id=None))
        gone = Exclusion("2021/04/22/000000970", "https://x", "OtherSection", "Nasional", article.fetched_at)
        store.ledger.save_exclusion(gone)
        begin(store)
        begin(store, 1)
    return path


@pytest.fixture
def store(filled: Path, path: Path) -> Iterator[Store]:
    """The test's own copy of that store."""
    shutil.copy(filled, path)
    with closing(Store(str(path))) as store:
        yield store


def dump(path: Path) -> dict[str, list[object]]:
    """All rows of all tables."""
    return {name: sorted(query(path, f"select * from {name}"), key=repr) for (name,) in query(path, TABLES)}


def test_there_and_back_nothing_is_lost_or_changed(
    store: Store, path: Path, postgres: PostgreSQL, tmp_path: Path
) -> None:
    """Without it the one way to a server, or off it, is a crawl of ten years."""
    lots: list[int] = []
    url, back = postgres.new_database(), tmp_path / "back.db"
    counts = store.copy_all(url, lots.append)
    assert counts["articles"] == 604
    assert counts["runs"] == 2
    assert counts["near_duplicates"] > 0
    assert sum(lots) == sum(counts.values())
    with closing(Store(url)) as there:
        assert there.copy_all(str(back), lots.append) == counts
        assert begin(there, 2)[0] == 3  # the server goes on counting
    assert repr(dump(back)) == repr(dump(path)).replace("\\x00", "\ufffd")  # PostgreSQL's text has no NUL
    assert query(back, "select count(*) from articles_fts where articles_fts match 'kata7'") == [(603,)]


def test_an_exported_store_goes_on_finding_near_duplicates(store: Store, tmp_path: Path) -> None:
    """Without it stories that the copy gets later stand beside their copies in another part of a split."""
    out = tmp_path / "out.db"
    store.copy(Selection(), out)
    with closing(Store(str(out))) as copy:
        first = next(pair for pair in copy.near_duplicates())
        assert list(copy.near_duplicates()) == list(store.near_duplicates())
        text = next(article.text for article in copy.articles() if article.id == first[0])
        again = make_article(id="2021/05/01/120000070", title="Salinan", body=[Block("paragraph", text)])
        assert copy.save(again, Likeness(again.text)).article.near_duplicate_of is not None


def test_a_store_that_holds_something_is_not_added_to(store: Store, tmp_path: Path) -> None:
    """Without it two stores are mixed, of which neither is the truth."""
    target = str(tmp_path / "other.db")
    with closing(Store(target)) as other:
        other.save(make_article())
        with pytest.raises(UnusableStore, match="holds articles already; name an empty one"):
            store.copy_all(target, int)
        assert other.count(Selection(revisions=Revisions.ALL)) == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_is_killed_half_way_leaves_nothing_and_can_be_begun_again(
    store: Store, path: Path, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    """Without it half a store is taken for the whole."""
    target = str(tmp_path / "copy.db")
    if kind == "postgresql":
        target = request.getfixturevalue("postgres").new_database()
    killed = """
import os, signal, sys
from crawler.storage import Store
seen = 0
def copied(rows):
    global seen
    seen += rows
    if seen > 500:
        os.kill(os.getpid(), signal.SIGKILL)
Store(sys.argv[1]).copy_all(sys.argv[2], copied)
"""
    command = [sys.executable, "-c", killed, str(path), target]
    assert subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": "."}).returncode == -signal.SIGKILL
    with closing(Store(target)) as copy:
        assert copy.count(Selection(revisions=Revisions.ALL)) == 0
    assert store.copy_all(target, int)["articles"] == 604


def test_a_copy_that_is_not_equal_is_not_kept(store: Store, tmp_path: Path) -> None:
    """Without it a fault of a driver is found when the old store is gone."""
    target = tmp_path / "copy.db"
    Store(str(target)).close()
    query(target, "create trigger spoil after insert on failures begin update failures set times = 9; end")
    with pytest.raises(UnusableStore, match=r"the table failures of the store .* is not what was copied"):
        store.copy_all(str(target), int)
    assert query(target, "select count(*) from articles") == [(0,)]
