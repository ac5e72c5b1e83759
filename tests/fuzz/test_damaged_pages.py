"""Damaged pages: each is read, or refused by a named reason; never anything else.

Two thousand of them, always the same; `HYPOTHESIS_PROFILE=explore` damages forty thousand anew each time.
"""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.mutations import DAMAGES, damaged
from tests.fuzz.pages import article_pages, list_pages
from tests.fuzz.reading import read_lists, read_story

ARTICLES = article_pages()
LISTS = list_pages()
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
TRIES = settings.default.max_examples if settings.default else 100


@given(st.sampled_from(sorted(ARTICLES)), SEEDS)
@settings(max_examples=15 * TRIES)
def test_a_damaged_story_is_read_or_refused_by_name(name: str, seed: int) -> None:
    """Without it one page that arrived broken is lost with a traceback, or stored as a record that cannot be kept."""
    read_story(damaged(ARTICLES[name], seed))


@given(st.sampled_from(sorted(LISTS)), SEEDS)
@settings(max_examples=5 * TRIES)
def test_a_damaged_list_is_read_or_refused_by_name(name: str, seed: int) -> None:
    """Without it one broken index page ends the walk through its day with a traceback."""
    read_lists(damaged(LISTS[name], seed))


def test_the_damage_is_neither_too_small_nor_too_great() -> None:
    """Without it the tests above may read nothing but rubble, or nothing but good pages, and prove little."""
    page = ARTICLES["read/2021-04-22-160600870"]
    pages = [damaged(page, seed) for seed in range(200)]
    ends = Counter(end if isinstance(end, str) else "read" for end in map(read_story, pages))
    assert len({(one.body, one.content_type) for one in pages}) > 190
    assert ends["read"] > 60
    assert len(ends) >= 4
    assert sum(ends.values()) - ends["read"] > 20


def test_every_kind_of_damage_changes_a_page() -> None:
    """Without it a kind of damage that no longer finds its target tests nothing."""
    page = ARTICLES["read/2021-04-22-160600870"]
    for damage in DAMAGES:
        assert any(damage(Random(seed), page.body) != page.body for seed in range(5)), damage
