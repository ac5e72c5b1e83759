"""What the store keeps, and what becomes of an article that is offered twice."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.items import Article
from crawler.storage import Outcome, Store
from tests.make import URL, WIB, WITA, make_article, make_failure, make_full_article, story_url


def other_text(**changes: object) -> Article:
    return make_article(title="Kapal Riset Pulang Lebih Awal", **changes)


@pytest.mark.parametrize("article", [make_article(), make_full_article()], ids=["plain", "full"])
def test_a_record_is_read_back_equal_to_what_was_stored(store: Store, article: Article) -> None:
    """Without it a field that the page states is another one, or none, in the dataset."""
    store.save(article)
    assert list(store.articles()) == [article]


def test_the_full_record_of_these_tests_leaves_no_field_empty() -> None:
    """Without it a field that the store loses is not missed by the test above."""
    article = make_full_article()
    assert [field.name for field in fields(article) if getattr(article, field.name) in (None, [], "")] == []


def test_every_time_keeps_its_own_zone(store: Store) -> None:
    """Without it the hour of a story of Makassar differs from its page."""
    store.save(make_full_article())
    (read,) = store.articles()
    assert read.published_at.utcoffset() == WITA.utcoffset(None)
    assert read.modified_at is not None
    assert read.modified_at.utcoffset() == WITA.utcoffset(None)
    assert read.latest[0].published_at is not None
    assert read.latest[0].published_at.utcoffset() == WIB.utcoffset(None)
    assert read.fetched_at.utcoffset() == timedelta(0)


def test_what_is_stored_is_there_when_the_file_is_opened_again(store: Store, path: Path) -> None:
    """Without it the work of a night is gone in the morning."""
    store.save(make_article())
    store.record_failure(make_failure(url=story_url("2021/04/22/170000070"), article_id=None))
    store.close()
    again = Store(str(path))
    assert list(again.articles()) == [make_article()]
    assert len(again.failures()) == 1
    again.close()


def test_an_unknown_story_is_new_and_its_first_revision(store: Store) -> None:
    """Without it a run cannot say how much of what it read is news."""
    saved = store.save(make_article(revision=7))
    assert saved.outcome is Outcome.NEW
    assert saved.article == make_article(revision=1)


def test_the_same_content_again_is_known_and_changes_nothing(store: Store) -> None:
    """Without it every night's run adds a revision to every story."""
    store.save(make_article())
    later = make_article(fetched_at=datetime(2021, 5, 1, tzinfo=UTC), tags=["lain"])
    saved = store.save(later)
    assert saved.outcome is Outcome.KNOWN
    assert saved.article == make_article()
    assert list(store.articles()) == [make_article()]


def test_changed_content_is_the_next_revision_and_the_one_that_is_read(store: Store) -> None:
    """Without it a correction of the editors never reaches the dataset, or wipes out what stood there."""
    store.save(make_article())
    saved = store.save(other_text())
    third = store.save(make_article())
    assert (saved.outcome, saved.article.revision) == (Outcome.REVISED, 2)
    assert (third.outcome, third.article.revision) == (Outcome.REVISED, 3)
    assert [article.revision for article in store.articles()] == [3]


def test_a_complete_capture_takes_the_place_of_an_incomplete_one(store: Store) -> None:
    """Without it a story keeps only its first page, or counts as revised by the site."""
    store.save(make_article(complete=False, pages=2))
    whole = other_text(pages=2)
    saved = store.save(whole)
    assert saved.outcome is Outcome.COMPLETED
    assert list(store.articles()) == [replace(whole, revision=1)]


def test_only_a_complete_story_need_not_be_fetched_again(store: Store) -> None:
    """Without it the missing pages of a story are never requested again."""
    assert not store.known(make_article().id).complete
    store.save(make_article(complete=False))
    assert not store.known(make_article().id).complete
    store.save(make_article())
    assert store.known(make_article().id).complete
    assert not store.known("2021/04/22/160600871").complete


def test_the_same_failure_again_counts_up_and_says_the_latest_reason(store: Store) -> None:
    """Without it a page that fails every night looks like one that failed once."""
    later = make_failure().failed_at + timedelta(days=1)
    store.record_failure(make_failure())
    store.record_failure(make_failure(reason="HttpStatus 403", detail="403", failed_at=later, via="latest"))
    assert store.failures() == [
        {
            "url": URL,
            "article_id": make_failure().article_id,
            "reason": "HttpStatus 403",
            "detail": "403",
            "via": "latest",
            "status": None,
            "first_failed_at": make_failure().failed_at,
            "failed_at": later,
            "times": 2,
            "attempts": 2,
            "answer": None,
            "gone": False,
        }
    ]


def test_failures_are_listed_oldest_first(store: Store) -> None:
    """Without it a retry starts with the failure of a minute ago."""
    for hours, name in ((2, "c"), (0, "b"), (0, "a")):
        when = make_failure().failed_at + timedelta(hours=hours)
        store.record_failure(make_failure(url=f"https://www.kompas.com/{name}", failed_at=when))
    assert [row["url"][-1] for row in store.failures()] == ["a", "b", "c"]


def test_a_complete_story_clears_its_failures_under_every_address(store: Store) -> None:
    """Without it a stored story is reported as missing, or the failure of another one is deleted."""
    elsewhere = make_failure(url=story_url("2021/04/22/170000070"), article_id="2021/04/22/170000070")
    for failure in (make_failure(), make_failure(url=f"{URL}?page=2"), elsewhere):
        store.record_failure(failure)
    store.save(make_article())
    assert [row["url"] for row in store.failures()] == [elsewhere.url]


def test_an_incomplete_story_keeps_the_failure_of_its_page(store: Store) -> None:
    """Without it the page of a story that failed is not named."""
    store.record_failure(make_failure(url=f"{URL}?page=2"))
    store.save(make_article(complete=False, pages=2))
    assert [row["url"] for row in store.failures()] == [f"{URL}?page=2"]


def test_stories_are_given_by_time_then_id_each_once(store: Store) -> None:
    """Without it the same store gives another file every time it is exported."""
    early, late = datetime(2021, 4, 22, 8, tzinfo=WIB), datetime(2021, 4, 22, 9, tzinfo=WIB)
    for story, when in (("090000370", late), ("080000270", early), ("080000170", early)):
        store.save(make_article(id=f"2021/04/22/{story}", published_at=when))
    store.save(other_text(id="2021/04/22/080000270", published_at=early))
    read = [(article.id[-9:], article.revision) for article in store.articles()]
    assert read == [("080000170", 1), ("080000270", 2), ("090000370", 1)]


def test_stories_of_several_zones_are_ordered_by_the_moment_not_by_the_clock(store: Store) -> None:
    """Without it a story of Makassar at 09:30 is listed after one of Jakarta at 09:00, which came later."""
    store.save(make_article(id="2021/04/22/090000170", published_at=datetime(2021, 4, 22, 9, 0, tzinfo=WIB)))
    store.save(make_article(id="2021/04/22/083000270", published_at=datetime(2021, 4, 22, 9, 30, tzinfo=WITA)))
    times = [article.published_at for article in store.articles()]
    assert times == sorted(times)


def test_many_stories_come_back_all(store: Store) -> None:
    """Without it an export ends with the first handful that is read at once."""
    stories = [f"2021/04/22/{number:06}070" for number in range(250)]
    for story in stories:
        store.save(make_article(id=story))
    assert [article.id for article in store.articles()] == stories


def test_revisions_are_replaced_together_or_not_at_all(store: Store) -> None:
    """A kill or an error while revisions are read again leaves each batch as it was before, or as it is after."""
    first, second = make_article(), make_article(id="2021/04/22/170000070")
    store.save(first)
    store.save(second)

    def until_it_breaks() -> Iterator[Article]:
        yield replace(first, summary="lain")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.replace(until_it_breaks())
    assert list(store.articles()) == [first, second]
    store.replace([replace(first, summary="lain"), replace(second, summary="lain")])
    assert [article.summary for article in store.articles()] == ["lain", "lain"]
