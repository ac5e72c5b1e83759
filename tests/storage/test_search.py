"""The full-text search says what the articles say, whatever became of them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.storage import Selection, Store
from tests.make import make_article

FOUND = (
    "select title from articles where rowid in (select rowid from articles_fts where articles_fts match ?) order by 1"
)


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(str(path))) as opened:
        yield opened


def found(path: Path, words: str) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
        return [title for (title,) in connection.execute(FOUND, (words,))]


def test_title_and_text_are_found_by_their_words(store: Store, path: Path) -> None:
    """Without it the search of the README finds nothing."""
    store.save(make_article(title="Gempa di Turkiye", text="Gedung runtuh."))
    assert found(path, "gempa") == ["Gempa di Turkiye"]
    assert found(path, '"gedung runtuh"') == ["Gempa di Turkiye"]
    assert found(path, "banjir") == []


def test_letters_are_found_with_and_without_their_marks(store: Store, path: Path) -> None:
    """Without it a place is found in one of its spellings only."""
    store.save(make_article(title="Erdoğan di Türkiye"))
    assert found(path, "erdogan turkiye") == found(path, "ERDOĞAN") == ["Erdoğan di Türkiye"]


def test_a_revision_is_found_beside_the_one_before(store: Store, path: Path) -> None:
    """Without it the search finds what no page says any more, or loses what one said."""
    first = make_article(title="Delapan tewas", text="Delapan.", content_hash="a")
    store.save(first)
    store.save(
        replace(first, title="Sembilan tewas", content_hash="b", fetched_at=first.fetched_at + timedelta(hours=1))
    )
    assert found(path, "tewas") == ["Delapan tewas", "Sembilan tewas"]
    assert found(path, "sembilan") == ["Sembilan tewas"]


def test_what_a_newer_parser_reads_takes_the_place_of_what_was_read(store: Store, path: Path) -> None:
    """Without it a search finds words that were never on the page."""
    article = make_article(title="Judul", text="Baca juga perabot")
    store.save(article)
    store.replace([replace(article, text="isi")])
    assert (found(path, "perabot"), found(path, "isi")) == ([], ["Judul"])


def test_a_capture_from_before_all_others_keeps_the_index_in_step(store: Store, path: Path) -> None:
    """Without it revisions that move up are found under each other's words."""
    late = make_article(title="Kedua", content_hash="b")
    store.save(late)
    store.save(replace(late, title="Pertama", content_hash="a", fetched_at=late.fetched_at - timedelta(days=1)))
    assert (found(path, "pertama"), found(path, "kedua")) == (["Pertama"], ["Kedua"])


@pytest.mark.parametrize(
    "act",
    [
        lambda store, path: store.copy(Selection(), path.with_name("copy.db")),
        lambda store, path: sqlite3.connect(path).execute("vacuum").connection.close(),
    ],
    ids=["copy", "vacuum"],
)
def test_it_is_in_step_in_a_copy_and_after_a_vacuum(
    store: Store, path: Path, act: Callable[[Store, Path], object]
) -> None:
    """Without it a dataset of SQLite finds other articles than those that have the words."""
    for number in range(3):
        store.save(make_article(id=f"2021/04/22/00000000{number}", title=f"Cerita {number}", text=f"kata{number}"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("delete from articles where title = 'Cerita 1'")
    act(store, path)
    copy = path.with_name("copy.db")
    for file in (path, copy) if copy.exists() else (path,):
        assert [found(file, f"kata{number}") for number in range(3)] == [["Cerita 0"], [], ["Cerita 2"]]
