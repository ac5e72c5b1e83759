"""A set that forgets: what a crawl of ten years remembers of itself."""

import tracemalloc

import pytest

from crawler.recent import ENOUGH, Recent


def test_what_is_in_is_not_new() -> None:
    """Without it a story that is met again in the same run is fetched and judged twice."""
    recent = Recent()
    assert [recent.add("a"), recent.add("a"), "a" in recent, "b" in recent] == [True, False, True, False]


def test_the_oldest_goes_when_there_are_too_many() -> None:
    """Without it the memory of a backfill grows with its length."""
    recent = Recent(size=3)
    for member in "abcd":
        recent.add(member)
    assert [member in recent for member in "abcd"] == [False, True, True, True]


def test_what_is_met_again_keeps_its_place() -> None:
    """Without it whoever reads this cannot tell which story is forgotten first: the one that came first."""
    recent = Recent(size=2)
    for member in ("a", "b", "a", "c"):
        recent.add(member)
    assert [member in recent for member in "abc"] == [False, True, True]


@pytest.mark.parametrize("member", ["satu", b"satu"])
def test_ids_and_fingerprints_are_members(member: str | bytes) -> None:
    """Without it one of its two users has to turn its members into something else."""
    recent = Recent()
    recent.add(member)
    assert member in recent


def test_the_memory_of_a_long_crawl_is_flat() -> None:
    """Without it the promise of a flat memory is kept until the first backfill of ten years."""
    tracemalloc.start()
    size = ENOUGH // 10
    recent = Recent(size)
    sizes = []
    for number in range(5 * size):
        recent.add(f"2021/04/22/{number:09}")
        if (number + 1) % size == 0:
            sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert sizes[-1] < 400 * size
    assert sizes[-1] < sizes[1] * 1.5
