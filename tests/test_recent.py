"""A set that forgets: what a crawl of ten years remembers of itself."""

import tracemalloc

from crawler.recent import ENOUGH, Recent


def added(size: int, members: str) -> list[bool]:
    """Which of these members were new, in turn."""
    recent = Recent(size)
    return [recent.add(member) for member in members]


def test_a_member_is_new_once() -> None:
    """Without it a story that is met again in the same run is fetched and judged twice."""
    assert added(3, "aabab") == [True, False, True, False, False]


def test_the_oldest_goes_when_there_are_too_many() -> None:
    """Without it the memory of a backfill grows with its length."""
    assert added(3, "abcdbcda") == [True, True, True, True, False, False, False, True]


def test_a_member_that_is_met_again_keeps_its_place() -> None:
    """Without it the story that is forgotten first is not the one that came first."""
    assert added(2, "abaca") == [True, True, False, True, True]


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
