"""Parts of a dataset: of the asked size, the same each time, and never with near-copies on both sides."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dataset.splits import By, Plan, Splits, clusters_of, crossing, plan_of
from crawler.errors import BadArgument

PLAN = "train=80,validation=10,test=10"
STORIES = [f"{date(2021, 1, 1) + timedelta(days=n // 10):%Y/%m/%d}/{n:09}" for n in range(1000)]


def parts(
    by: str, stories: list[str] = STORIES, seed: int = 0, pairs: list[tuple[str, str]] | None = None
) -> list[str]:
    splits = Splits(plan_of(PLAN, by, seed), stories, clusters_of(pairs or []))
    return [splits.part(story) for story in stories]


@pytest.mark.parametrize("by", ["time", "cluster"])
def test_parts_have_the_sizes_that_were_requested(by: str) -> None:
    """Without it a test set is smaller than the paper says."""
    assert Counter(parts(by)) == {"train": 800, "validation": 100, "test": 100}


def test_random_parts_have_about_the_sizes_that_were_requested() -> None:
    """Without it the die is loaded."""
    found = Counter(parts("random"))
    assert 750 < found["train"] < 850
    assert min(found.values()) > 60


def test_by_time_the_test_set_comes_last() -> None:
    """Without it a model is tested on days that it has read about."""
    found = parts("time")
    assert found == sorted(found, key=["train", "validation", "test"].index)


def test_a_story_stays_in_its_random_part_when_the_dataset_grows() -> None:
    """Without it yesterday's test set is in tomorrow's training data."""
    assert parts("random", STORIES[:500]) == parts("random")[:500]


@pytest.mark.parametrize("by", ["cluster", "random"])
def test_the_seed_alone_decides(by: str) -> None:
    """Without it the parts cannot be made again."""
    shuffled = Random(1).sample(STORIES, len(STORIES))
    assert dict(zip(shuffled, parts(by, shuffled), strict=True)) == dict(zip(STORIES, parts(by), strict=True))
    assert parts(by, seed=1) != parts(by)


@given(
    st.sampled_from(list(By)),
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)).filter(lambda pair: pair[0] != pair[1]), max_size=60),
    st.sets(st.integers(0, 59)),
)
def test_no_cluster_is_in_two_parts(by: By, seed: int, links: list[tuple[int, int]], chosen: set[int]) -> None:
    """Without it a model has read what it is tested on."""
    clusters = clusters_of((STORIES[one], STORIES[other]) for one, other in links)
    splits = Splits(Plan({"a": 1, "b": 1, "c": 1}, by, seed), [STORIES[n] for n in sorted(chosen)], clusters)
    assert crossing({story: splits.part(story) for story in STORIES[:60]}, clusters) == []


def test_a_cluster_is_a_chain_of_pairs_named_after_its_earliest_story() -> None:
    """Without it two halves of a chain are two clusters, and the order of the pairs decides."""
    for pairs in ([("b", "c"), ("d", "c"), ("x", "y"), ("a", "b")], [("a", "b"), ("y", "x"), ("c", "d"), ("b", "c")]):
        assert clusters_of(pairs) == {"a": "a", "b": "a", "c": "a", "d": "a", "x": "x", "y": "x"}


def test_a_cluster_that_crosses_is_named() -> None:
    """Without it the proof can only succeed."""
    clusters = {"a": "a", "b": "a", "x": "x", "y": "x", "z": "z"}
    assert crossing({"a": "train", "b": "test", "x": "test", "y": "test"}, clusters) == ["a"]


@pytest.mark.parametrize("text", ["", "train", "train=", "train=x", "train=0", "a=1,a=2", "a=1,", "../x=1", "a=-1"])
def test_shares_that_cannot_be_meant_are_refused(text: str) -> None:
    """Without it a slip makes a dataset of one part, or a folder somewhere else."""
    with pytest.raises(BadArgument, match="--split"):
        plan_of(text, "time", 0)


@pytest.mark.parametrize("by", list(By))
def test_a_dataset_without_stories_has_no_parts_to_fill(by: By) -> None:
    """Without it a month without articles ends in a traceback."""
    assert Splits(Plan({"a": 1, "b": 1}, by), [], {}).part("2021/04/22/1") in ("a", "b")
