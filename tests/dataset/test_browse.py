"""The store in Datasette itself: every table, every query, the search."""

import json
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.dataset.browse import DATABASE, QUERIES
from crawler.dataset.schema import DOCS
from crawler.storage import Store
from crawler.storage.tables import VIEWS, metadata
from tests.make import make_article

PARAMETERS = {
    "search": "?words=gempa",
    "tags_per_month": "?tag=bencana",
    "stories_of_agency": "?agency=kantor berita laut".replace(" ", "%20"),
    "stories_of_country": "?country=tr",
    "stories_of_month": "?month=2021-04",
}
FILLED = {
    *("search", "articles_per_day", "tags_per_month", "revised"),
    *("stories_of_agency", "stories_of_country", "stories_of_month", "articles_per_month"),
    *("agencies_per_year", "countries_per_month", "datelines"),
}
"""Queries that the store of this test has an answer to."""
SEARCHED = f"/{DATABASE}/articles.json?_search=kedua&_shape=array"
WORDLESS = ("", "%20", "-", "%22", "*", "AND")
"""Searches without a word."""
TABLE_PAGE = f"/{DATABASE}/articles"
STORIES_PAGE = f"/{DATABASE}/stories"
HOME_PAGE = f"/{DATABASE}"
VIEW_NAMES = {statement.split()[2] for statement in VIEWS}
GET_EACH = """
import json, sys
from click.testing import CliRunner
from datasette.cli import cli

pages = {}
for address in json.load(sys.stdin):
    got = CliRunner().invoke(cli, ["serve", *sys.argv[1:], "--get", address])
    assert got.exit_code == 0, (address, got.output)
    pages[address] = got.stdout
print(json.dumps(pages))
"""
"""A program that runs the command for each address on its standard input."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browse") / f"{DATABASE}.db"
    with closing(Store(str(path))) as store:
        store.save(
            make_article(title="Gempa <script>alert(1)</script>", tags=["bencana"], countries=["TR"], content_hash="a")
        )
        store.save(make_article(title="Gempa kedua", tags=["bencana"], countries=["TR"], content_hash="b"))
    return path


@pytest.fixture(scope="module")
def pages(database: Path) -> dict[str, str]:
    """What `datasette --get` prints for each address."""
    command = [sys.executable, "-c", GET_EACH, str(database), "-m", str(DOCS / "datasette.json")]
    addresses = json.dumps(
        [SEARCHED, TABLE_PAGE, STORIES_PAGE, HOME_PAGE, *map(query_address, QUERIES), *map(wordless_address, WORDLESS)]
    )
    done = subprocess.run(command, input=addresses, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, str] = json.loads(done.stdout)
    return found


def query_address(name: str) -> str:
    return f"/{DATABASE}/{name}.json{PARAMETERS.get(name, '?')}&_shape=array"


def wordless_address(words: str) -> str:
    return f"/{DATABASE}/search.json?_shape=array&words={words}"


def rows(page: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(page)
    return found


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs(pages: dict[str, str], name: str) -> None:
    """Without it a shipped query breaks with the next column that is renamed."""
    assert bool(rows(pages[query_address(name)])) is (name in FILLED)


@pytest.mark.parametrize("words", WORDLESS)
def test_a_search_without_a_word_finds_nothing_and_says_no_error(pages: dict[str, str], words: str) -> None:
    """Without it the page that the menu opens begins with an error of SQLite."""
    assert rows(pages[wordless_address(words)]) == []


def test_the_search_of_the_table_is_found_by_datasette_itself(pages: dict[str, str]) -> None:
    """Without it there is no search box."""
    assert len(rows(pages[SEARCHED])) == 1


def test_every_table_says_what_it_is() -> None:
    """Without it a reader of the store guesses; internals are hidden."""
    told = json.loads((DOCS / "datasette.json").read_text(encoding="utf-8"))["databases"][DATABASE]["tables"]
    assert set(told) == {*metadata.tables, *VIEW_NAMES, "alembic_version"}
    assert all(table.get("title") or table.get("hidden") for table in told.values())


def test_the_page_shows_meanings_and_facets_and_runs_nothing(pages: dict[str, str]) -> None:
    """Without it columns stay bare names, or a headline becomes a script."""
    page = pages[TABLE_PAGE]
    assert "facet" in page
    assert 'data-column="agencies"' in page
    assert ">Kantor Berita Laut</a>" in page
    assert "Words of `text`" in page or "word_count" in page
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_first_look_is_at_the_stories(pages: dict[str, str]) -> None:
    """Without it a reader begins with a table that is 2,300 pixels a row."""
    assert f'Begin with <a href="/{DATABASE}/stories">' in pages[HOME_PAGE]
    page = pages[STORIES_PAGE]
    columns = ["date", "title", "agency", "country", "dateline", "tags", "words", "link"]
    assert re.findall(r'<th[^>]* data-column="(\w+)"', page)[: len(columns)] == columns
    assert ">Kantor Berita Laut</a>" in page, "a facet by agency"
    found = rows(pages[query_address("search")])
    assert [list(row) for row in found[:1]] == [["date", "title", "found", "link"]]
    assert "[Gempa]" in found[0]["found"]
