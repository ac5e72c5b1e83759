"""What makes a revision, and which of them a reader is given."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.items import Article
from crawler.storage import Outcome, Revisions, Store
from tests.make import WIB, make_article


def other_text(**changes: object) -> Article:
    return make_article(title="Kapal Riset Pulang Lebih Awal", **changes)


@pytest.fixture
def revised(store: Store) -> Store:
    """Two stories, one of which was changed twice."""
    for hour, title in enumerate(("Satu", "Dua", "Tiga")):
        store.save(make_article(title=title, fetched_at=make_article().fetched_at + timedelta(hours=hour)))
    store.save(make_article(id="2021/04/22/170000070"))
    return store


@pytest.mark.parametrize(
    ("revisions", "titles"),
    [
        (Revisions.FIRST, ["Satu", make_article().title]),
        (Revisions.LATEST, ["Tiga", make_article().title]),
        (Revisions.ALL, ["Satu", "Dua", "Tiga", make_article().title]),
    ],
)
def test_first_latest_or_all_revisions_are_given(revised: Store, revisions: Revisions, titles: list[str]) -> None:
    """Without it a study of corrections, or of first versions, has to be made with SQL."""
    assert sorted(article.title for article in revised.articles(revisions)) == sorted(titles)


@pytest.mark.parametrize(
    ("view", "revisions"), [("first_articles", Revisions.FIRST), ("latest_articles", Revisions.LATEST)]
)
def test_the_views_give_what_the_code_gives(revised: Store, path: Path, view: str, revisions: Revisions) -> None:
    """Without it whoever reads the file with another program gets every story as often as it was changed."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"select id, revision, title from {view} order by id").fetchall()
    assert rows == sorted((one.id, one.revision, one.title) for one in revised.articles(revisions))


def test_a_revision_says_when_its_page_was_changed(store: Store) -> None:
    """Without it a revision cannot be put in time."""
    modified = datetime(2021, 4, 22, 18, 30, tzinfo=WIB)
    store.save(make_article())
    store.save(other_text(modified_at=modified))
    assert [article.modified_at for article in store.articles(Revisions.ALL)] == [None, modified]


def test_a_new_time_of_change_alone_is_no_revision(store: Store) -> None:
    """Without it every touch of a page by the site's software is a revision."""
    store.save(make_article())
    touched = make_article(modified_at=datetime(2021, 4, 22, 18, 30, tzinfo=WIB), section="Internasional", latest=[])
    assert store.save(touched).outcome is Outcome.KNOWN


def test_an_older_capture_of_a_known_revision_is_no_new_one(store: Store) -> None:
    """Without it an archive that is read in again puts the old text back in place of the new one, each time."""
    early, late = make_article(), other_text(fetched_at=make_article().fetched_at + timedelta(days=1))
    for capture in (early, late, early, late):
        store.save(capture)
    assert [article.title for article in store.articles(Revisions.ALL)] == [early.title, late.title]


def test_a_text_that_the_site_puts_back_is_a_revision(store: Store) -> None:
    """Without it a correction that was taken back still stands as the latest text."""
    back = make_article(fetched_at=make_article().fetched_at + timedelta(days=2))
    for capture in (make_article(), other_text(fetched_at=make_article().fetched_at + timedelta(days=1)), back):
        store.save(capture)
    assert [article.revision for article in store.articles()] == [3]
