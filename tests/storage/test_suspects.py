"""The marks of stories that carry a suspected addition, and the captures that were held back."""

from dataclasses import replace
from datetime import timedelta

from crawler.items import WarcPlace
from crawler.storage import Addition, Doubt, Store, Suspect
from tests.make import CAPTURED_AT, STORY, URL, make_article, story_url

OTHERS = [f"2021/04/22/16060{number}870" for number in range(1, 4)]
PLACE = WarcPlace("a.warc.gz", 7, "<urn:uuid:1>", "sha1:A")
LATER = CAPTURED_AT + timedelta(days=1)


def mark(story: str = STORY, what: str = "has/div.promo") -> Suspect:
    return Suspect(story, what, "read", what.partition("/")[2], CAPTURED_AT)


def test_a_thing_is_reported_when_enough_stories_of_the_last_runs_have_it(store: Store) -> None:
    """Without it a single odd page is an alarm, or an addition to few pages never is."""
    store.save(make_article())
    store.suspects.mark([mark(), *(mark(story) for story in OTHERS[:1])])
    assert store.suspects.additions(CAPTURED_AT, CAPTURED_AT, 3) == []
    store.suspects.mark([mark(OTHERS[1])])
    (addition,) = store.suspects.additions(CAPTURED_AT, CAPTURED_AT, 3)
    assert addition == Addition("read", "has/div.promo", "div.promo", 3, URL)
    assert store.suspects.additions(LATER, CAPTURED_AT, 3) == [], "seen before the last runs"
    assert store.suspects.additions(CAPTURED_AT, LATER, 3) == [], "not seen in this run"


def test_a_mark_keeps_when_it_was_first_seen(store: Store) -> None:
    """Without it an addition that stays never becomes usual."""
    store.suspects.mark([mark()])
    store.suspects.mark([replace(mark(), seen_at=LATER)])
    assert store.suspects.doubts() == [Doubt("read", "has/div.promo", CAPTURED_AT, accepted=False)]
    assert len(store.suspects.additions(LATER, LATER, 1)) == 1


def test_what_a_person_accepted_is_not_reported_again(store: Store) -> None:
    """Without it a harmless change of the markup makes five weeks of runs unhealthy."""
    store.suspects.mark([mark(), mark(OTHERS[0])])
    assert store.suspects.accept() == 2
    store.suspects.mark([replace(mark(), seen_at=LATER)])
    assert store.suspects.additions(CAPTURED_AT, CAPTURED_AT, 1) == []
    assert [one.accepted for one in store.suspects.doubts()] == [True]
    assert store.suspects.by_story() == {}


def test_a_held_capture_is_given_back_until_it_is_released(store: Store) -> None:
    """Without it the revision that was held back is lost."""
    store.save(make_article())
    store.suspects.mark([mark(), replace(mark(what="line/x y"), held=[PLACE])])
    store.suspects.mark([mark(what="line/x y")])
    (held,) = store.suspects.held()
    assert (held.article_id, held.url, held.places, held.doubted) == (STORY, URL, [PLACE], {"line/x y"})
    assert store.suspects.by_story() == {STORY: {"has/div.promo"}}, "what is stored does not have the line"
    store.suspects.release(STORY)
    assert store.suspects.held() == []
    assert len(store.suspects.doubts()) == 1


def test_an_accepted_held_capture_is_free(store: Store) -> None:
    """Without it `--accept` accepts nothing."""
    store.suspects.mark([replace(mark(), held=[PLACE])])
    store.suspects.accept()
    assert store.suspects.held()[0].doubted == set()
    store.suspects.release(STORY)
    assert store.suspects.held() == []
    assert store.suspects.doubts()[0].accepted, "so that it is not told again"


def test_marks_are_cleared_by_story(store: Store) -> None:
    """Without it a rule for one line clears the marks of another."""
    store.suspects.mark([mark(), mark(what="text/doubled"), mark(OTHERS[0])])
    store.suspects.clear({STORY: {"has/div.promo"}})
    assert store.suspects.by_story() == {STORY: {"text/doubled"}, OTHERS[0]: {"has/div.promo"}}


def test_the_latest_texts_of_the_newest_visits_are_read(store: Store) -> None:
    """Without it a run compares its lines with those of ten years ago, or with a text that was corrected."""
    store.save(make_article())
    store.save(make_article(text="Kapal itu pergi.", content_hash="2", fetched_at=LATER))
    for days, story in enumerate(OTHERS, start=2):
        fetched_at = CAPTURED_AT + timedelta(days=days)
        store.save(make_article(id=story, url=story_url(story), text=story, fetched_at=fetched_at))
    recent = store.suspects.recent_texts(3)
    assert [one.article_id for one in recent] == OTHERS
    assert recent[0].tags == ["kapal"]
    assert store.suspects.recent_texts(4)[0].text == "Kapal itu pergi."
