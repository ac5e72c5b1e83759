"""The store in Datasette itself: every table, every query, the search."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.dataset.browse import DATABASE, QUERIES
from crawler.dataset.schema import DOCS
from crawler.storage import Store
from crawler.storage.tables import metadata
from tests.make import make_article

PARAMETERS = {"search": "?words=gempa", "tags_per_month": "?tag=bencana"}
FILLED = {"search", "articles_per_day", "tags_per_month", "revised"}
"""Queries that the store of this test has an answer to."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browse") / f"{DATABASE}.db"
    with closing(Store(str(path))) as store:
        store.save(make_article(title="Gempa <script>alert(1)</script>", tags=["bencana"], content_hash="a"))
        store.save(make_article(title="Gempa kedua", tags=["bencana"], content_hash="b"))
    return path


def asked(database: Path, address: str) -> str:
    command = [sys.executable, "-m", "datasette", str(database), "-m", str(DOCS / "datasette.json"), "--get", address]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{address}: {done.stdout[-500:]} {done.stderr[-500:]}"
    return done.stdout


@pytest.mark.parametrize("words", ["", "%20", "-", "%22", "*", "AND"])
def test_a_search_without_a_word_finds_nothing_and_says_no_error(words: str, database: Path) -> None:
    """Without it the page that the menu opens begins with an error of SQLite."""
    assert rows(database, f"/{DATABASE}/search.json?_shape=array&words={words}") == []


def rows(database: Path, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(asked(database, address))
    return found


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs(database: Path, name: str) -> None:
    """Without it a shipped query breaks with the next column that is renamed."""
    extra = PARAMETERS.get(name, "?")
    found = rows(database, f"/{DATABASE}/{name}.json{extra}&_shape=array")
    assert bool(found) is (name in FILLED)


def test_the_search_of_the_table_is_found_by_datasette_itself(database: Path) -> None:
    """Without it there is no search box."""
    assert len(rows(database, f"/{DATABASE}/articles.json?_search=kedua&_shape=array")) == 1


def test_every_table_says_what_it_is(database: Path) -> None:
    """Without it a reader of the store guesses; internals are hidden."""
    told = json.loads((DOCS / "datasette.json").read_text(encoding="utf-8"))["databases"][DATABASE]["tables"]
    assert set(told) == {*metadata.tables, "alembic_version"}
    assert all(table.get("title") or table.get("hidden") for table in told.values())


def test_the_page_shows_meanings_and_facets_and_runs_nothing(database: Path) -> None:
    """Without it columns stay bare names, or a headline becomes a script."""
    page = asked(database, f"/{DATABASE}/articles")
    assert "facet" in page
    assert "Words of `text`" in page or "word_count" in page
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
