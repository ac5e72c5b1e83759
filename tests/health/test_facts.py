"""What a reading shows, and how readings are counted, kept and added up."""

from collections import Counter
from datetime import timedelta

import pytest

from crawler.health.facts import (
    FactCounts,
    facts_of,
    from_json,
    listing_counts,
    reading_counts,
    reading_stats,
    readings_of,
    to_json,
)
from crawler.items import Block, Embed, Image
from crawler.kompas.pages.listing import RawEntry
from tests.make import CAPTURED_AT, make_article, make_full_article


def test_an_empty_field_is_no_fact() -> None:
    """Without it a field goes empty without an alarm."""
    bare = make_article(section=None, summary=None, authors=[], tags=[], complete=False)
    assert not facts_of(bare, [], 0) & {"section", "summary", "authors", "tags", "complete", "latest", "older"}
    assert {"editors", "markup/credit", "markup/editors", "dateline"} <= facts_of(bare, [], 0)


def test_every_part_of_a_record_that_a_selector_finds_is_a_fact() -> None:
    """Without it the loss of that part raises no alarm."""
    article = make_full_article(
        body=[Block("heading", "Judul"), Block("quote", "Kata")],
        images=[Image("a", "Kapal", "AFP", "lead"), Image("b", "Laut", None, "inline")],
        embeds=[Embed("twitter", "x")],
        pages=3,
        kind="digest",
    )
    shown = facts_of(article, ["baca_juga_line", "baca_juga_line"], 5)
    assert shown >= {"block/heading", "block/quote", "embed/twitter", "embeds", "kind/digest", "pages/several", "older"}
    assert shown >= {"image/lead", "image/lead/credit", "image/inline", "image/inline/caption", "modified_at"}
    assert shown >= {"latest", "latest/section", "latest/time", "related", "cleaning/baca_juga_line", "time/json_ld"}
    assert not shown & {"image/inline/credit", "time/agree", "block/paragraph"}


def test_a_rule_that_fires_less_often_shows_it() -> None:
    """Without it one of three advertising boxes gets another name, and its words stand in every text, unseen."""
    three, two = (facts_of(make_article(), ["box/ads"] * n, 0) for n in (3, 2))
    assert three - two == {"cleaning/box/ads x3"}
    assert {"cleaning/box/ads", "cleaning/box/ads x2"} <= two


def test_counted_readings_are_read_back() -> None:
    """Without it the baseline is made of something else than the run."""
    stats: Counter[str] = Counter()
    for article in (make_article(), make_article(tags=[]), make_article(layout="current")):
        stats.update(f"kompas/{name}" for name in reading_counts(article.layout, facts_of(article, ["promo"], 0)))
    readings = readings_of({**stats, "kompas/store/new": 3, "log_count/INFO": 9})
    assert readings["read"].articles == 2
    assert readings["read"].share("tags") == 0.5
    assert readings["read"].share("cleaning/promo") == 1.0
    assert readings["current"].articles == 1
    assert readings["current"].share("older") == 0.0


def test_the_statistics_of_a_reading_name_its_layout_its_facts_and_every_rule_that_fired() -> None:
    """Without it a rule that fires twice counts once, or a run does not say which markup it met."""
    names = Counter(reading_stats(make_article(), ["promo", "promo"], facts_of(make_article(), ["promo"], 0)))
    assert (names["layout/read"], names["cleaning/promo"], names["reading/read/articles"]) == (1, 2, 1)


@pytest.mark.parametrize(("later", "doubtful"), [(timedelta(0), 0), (timedelta(seconds=1), 1)])
def test_a_time_after_the_capture_is_counted(later: timedelta, doubtful: int) -> None:
    """Without it a misread time, or a wrong clock of an archive, goes unnoticed."""
    article = make_article(published_at=CAPTURED_AT + later)
    assert Counter(reading_stats(article, [], ()))["doubtful/published_at"] == doubtful


def test_lists_are_read_like_layouts() -> None:
    """Without it the label or the time beside a headline can go, and only the ledger is poorer for it."""
    entries = [RawEntry("a", "x", "Global", None, "read"), RawEntry("b", "y", None, None, "read")]
    readings = readings_of(Counter(f"kompas/{name}" for name in listing_counts(entries)))
    assert readings == {"index read": FactCounts(2, Counter(section=1))}


def test_what_the_store_keeps_is_read_back_and_adds_up() -> None:
    """Without it a baseline over thirty runs is something else than their sum."""
    reading = {"read": FactCounts(3, Counter(tags=2)), "current": FactCounts()}
    assert from_json(to_json(reading)) == reading
    assert reading["read"] + FactCounts(1) == FactCounts(4, Counter(tags=2))
    assert FactCounts().share("tags") == 0.0
