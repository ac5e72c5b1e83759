"""What makes a revision, and which of them a reader is given."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from crawler.items import Article
from crawler.storage import Outcome, Revisions, Store
from crawler.storage.revisions import Decision, decide
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
    """Without it another program that reads the file gets a story once for each revision."""
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


@dataclass(frozen=True)
class Capture:
    """All of an article that decides."""

    fetched_at: datetime
    content_hash: str
    complete: bool = True
    word_count: int = 100


def capture(word: str) -> Capture:
    """`B2`: text B at hour 2; `b2`: the same without all of its pages; `b2+`: with more of them."""
    at = make_article().fetched_at + timedelta(hours=int(word[1]))
    return Capture(at, word[0], word[0].isupper(), 50 + 25 * word.endswith("+"))


DECISIONS = {
    # kept, offered: outcome and revision
    ("", "A1"): (Outcome.NEW, 1),
    ("A1", "A2"): (Outcome.KNOWN, 1),
    ("A1", "B2"): (Outcome.REVISED, 2),
    ("A1 B3", "A1"): (Outcome.KNOWN, 1),
    ("A1 B3", "A2"): (Outcome.KNOWN, 1),
    ("A1 B3", "B3"): (Outcome.KNOWN, 2),
    ("A1 B3", "B2"): (Outcome.KNOWN, 2, True),
    ("A1 B3", "C2"): (Outcome.REVISED, 2),
    ("A1 B3", "C0"): (Outcome.REVISED, 1),
    ("A1 B3", "A4"): (Outcome.REVISED, 3),
    ("A2", "A1"): (Outcome.KNOWN, 1, True),
    ("A2", "B1"): (Outcome.REVISED, 1),
    ("a1", "A2"): (Outcome.COMPLETED, 1),
    ("a1", "B2"): (Outcome.COMPLETED, 1),
    ("a1", "b2+"): (Outcome.COMPLETED, 1),
    ("a1", "b2"): (Outcome.KNOWN, 1),
    ("a1+", "b2"): (Outcome.KNOWN, 1),
    ("A1", "b2"): (Outcome.KNOWN, 1),
    ("A1 B3", "c2"): (Outcome.KNOWN, 1),
    ("A2", "b1"): (Outcome.KNOWN, 1),
}


@pytest.mark.parametrize(("given", "decision"), DECISIONS.items(), ids=[" + ".join(pair) for pair in DECISIONS])
def test_what_a_capture_is_among_those_that_are_kept(
    given: tuple[str, str], decision: tuple[Outcome, int] | tuple[Outcome, int, bool]
) -> None:
    """Without it a draft stands above its correction, or half a story in the place of the whole."""
    kept, offered = given
    assert decide(capture(offered), [capture(word) for word in kept.split()]) == Decision(*decision)


@pytest.mark.parametrize("letters", ["A", "AA", "AB", "AAB", "ABB", "ABC", "AABB", "ABCC", "ABA"])
def test_the_order_in_which_archives_are_read_makes_no_difference(tmp_path: Path, letters: str) -> None:
    """Without it two people with the same files have different datasets."""
    captures = [
        make_article(title=letter, fetched_at=make_article().fetched_at + timedelta(days=day))
        for day, letter in enumerate(letters)
    ]
    found = set()
    for number, order in enumerate(permutations(captures)):
        with closing(Store(str(tmp_path / f"{number}.db"))) as store:
            for one in order:
                store.save(one)
            found.add(tuple((one.revision, one.title, one.fetched_at) for one in store.articles(Revisions.ALL)))
    (rows,) = found
    assert [title for _, title, _ in rows] == [letter for n, letter in enumerate(letters) if letters[:n][-1:] != letter]
