"""Labels of near-duplicates: the same whatever the order in which the stories came."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from crawler.dedupe.likeness import Likeness
from crawler.items import Article, Block
from crawler.storage import Revisions, Store
from tests.dedupe.made import body, cut, edited
from tests.make import make_article

IDS = tuple(f"2021/04/{day:02}/100000070" for day in range(1, 7))


def story(number: int, text: str, **changes: object) -> Article:
    published = make_article().published_at + timedelta(days=number)
    return make_article(id=IDS[number], published_at=published, body=[Block("paragraph", text)], **changes)


def save(store: Store, *articles: Article) -> None:
    for article in articles:
        store.save(article, Likeness(article.text))


def labels(store: Store) -> dict[str, str | None]:
    return {article.id: article.near_duplicate_of for article in store.articles(Revisions.ALL)}


@pytest.fixture
def chain() -> list[Article]:
    """The first and the second are alike, the second and the third, but not the first and the third; one is apart."""
    draw = random.Random(7)
    first = body(draw)
    second = edited(draw, first, 6)
    third = edited(draw, second, 6)
    return [story(0, first), story(1, second), story(2, third), story(3, body(draw))]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_each_names_the_earliest_that_it_is_like_itself(
    store: Store, chain: list[Article], order: Sequence[int]
) -> None:
    """Without it a backfill from newest to oldest gives other labels than a daily crawl."""
    save(store, *(chain[number] for number in order))
    assert Likeness(chain[0].text).alike(chain[2].text) is None
    assert labels(store) == {IDS[0]: None, IDS[1]: IDS[0], IDS[2]: IDS[1], IDS[3]: None}


def test_the_saved_record_carries_its_label(store: Store, chain: list[Article]) -> None:
    """Without it the feed says something else than the store."""
    save(store, chain[0])
    assert store.save(chain[1], Likeness(chain[1].text)).article.near_duplicate_of == IDS[0]


def test_a_revision_is_compared_anew(store: Store, chain: list[Article]) -> None:
    """Without it a story stays the copy of one that it has nothing to do with any more."""
    save(store, *chain[:2])
    rewritten = body(random.Random(8))
    later = chain[1].fetched_at + timedelta(days=9)
    save(store, story(1, rewritten, title="Ditulis Ulang", fetched_at=later))
    assert labels(store) == {IDS[0]: None, IDS[1]: None}
    assert list(store.near_duplicates()) == []


def test_pairs_say_how_much(store: Store, chain: list[Article]) -> None:
    """Without it a user cannot choose another threshold."""
    save(store, *chain[:2])
    assert list(store.near_duplicates()) == [(IDS[0], IDS[1], Likeness(chain[0].text).similarity(chain[1].text))]


def test_a_story_is_compared_with_few_of_very_many_copies(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a gate page that stands in place of 500 stories costs more than a second for each of them."""
    monkeypatch.setattr("crawler.bounds.NEIGHBOURS", 2)
    text = body(random.Random(3))
    copies = [
        make_article(id=f"2021/04/01/1000{number:02}070", body=[Block("paragraph", text)], title=f"Judul {number}")
        for number in range(12)
    ]
    save(store, *reversed(copies[:6]), *copies[6:])
    named = labels(store)
    assert [story for story, label in named.items() if label is None] == [copies[0].id]
    assert all(label is None or label < story for story, label in named.items())
    assert len(list(store.near_duplicates())) <= 12 * 4


@pytest.mark.parametrize("seed", range(6))
def test_labels_follow_from_the_pairs_after_any_order_of_changes(store: Store, seed: int) -> None:
    """A label is the earliest story in a pair with a story; it is kept so by each change, not computed at the end."""
    draw = random.Random(seed)
    texts = [body(draw)]
    texts += [edited(draw, draw.choice(texts), draw.choice((0, 4, 6))) for _ in range(4)] + [body(draw)]
    published = {story: make_article().published_at for story in IDS}
    for step in range(30):
        number = draw.randrange(len(IDS))
        own = IDS[number]
        times = {"published_at": published[own] + timedelta(days=draw.randint(-3, 3)), "title": f"Judul {step}"}
        fetched = make_article().fetched_at + timedelta(hours=step)
        article = make_article(id=own, body=[Block("paragraph", draw.choice(texts))], fetched_at=fetched, **times)
        if draw.random() < 0.3 and (kept := store.revisions(own)):
            store.replace(
                [replace(article, revision=len(kept), near_duplicate_of=kept[-1].near_duplicate_of)], Likeness
            )
        else:
            save(store, article)
        assert labels(store) == labels_of_pairs(store), step


def labels_of_pairs(store: Store) -> dict[str, str | None]:
    """Compute the labels of a store from its pairs alone."""
    first: dict[str, tuple[datetime, str]] = {}
    for article in store.articles(Revisions.ALL):
        own = (article.published_at.astimezone(UTC), article.id)
        first[article.id] = min(first.get(article.id, own), own)
    groups = {story: {story} for story in first}
    for one, other, _ in store.near_duplicates():
        groups[one].add(other)
        groups[other].add(one)
    earliest = {story: min(first[each] for each in group)[1] for story, group in groups.items()}
    return {story: None if label == story else label for story, label in earliest.items()}


def test_a_label_that_names_a_story_of_another_store_is_given_anew(store: Store, chain: list[Article]) -> None:
    """A store that was copied in part has labels that name stories which it does not have."""
    first, second, third, _ = chain
    save(store, replace(second, near_duplicate_of="2020/01/01/100000070"), third, first)
    assert labels(store) == {IDS[0]: None, IDS[1]: IDS[0], IDS[2]: IDS[1]}


def test_nothing_is_dropped(store: Store) -> None:
    """Without it a label is a deletion."""
    text = body(random.Random(9))
    save(store, *(story(number, text) for number in range(4)))
    assert labels(store) == {IDS[0]: None, **dict.fromkeys(IDS[1:4], IDS[0])}


def test_stories_of_an_older_store_are_labelled_later(store: Store, chain: list[Article]) -> None:
    """Without it ten years that were stored before have no labels, and copies of them neither."""
    for article in (*chain, story(4, cut(chain[0].text, 0.03))):
        store.save(article)
    assert set(labels(store).values()) == {None}
    assert store.label_all(Likeness, size=2) == 5
    assert labels(store)[IDS[1]] == IDS[0]
    assert store.label_all(Likeness) == 1  # too short to have keys: looked at again, and still nothing
