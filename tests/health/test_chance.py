"""The test that distinguishes chance from change."""

from math import comb
from typing import Final

import pytest

from crawler.health.chance import chance_of_so_few

NIGHTS: Final = 365
FACTS: Final = 60
"""Facts of a layout that are judged each night; the stored pages of 2020 show 39."""
ALARM: Final = 1e-6


@pytest.mark.parametrize(
    ("shown", "articles", "shown_before", "articles_before"), [(0, 3, 2, 4), (1, 5, 9, 9), (2, 4, 3, 6), (5, 5, 5, 5)]
)
def test_it_is_the_exact_chance(shown: int, articles: int, shown_before: int, articles_before: int) -> None:
    """Without it the number of false alarms a year under a limit is unknown."""
    everywhere = shown + shown_before
    ways = [comb(articles, here) * comb(articles_before, everywhere - here) for here in range(everywhere + 1)]
    exact = sum(ways[: shown + 1]) / sum(ways)
    assert chance_of_so_few(shown, articles, shown_before, articles_before) == pytest.approx(exact)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.9, 0.95, 0.98, 1.0])
@pytest.mark.parametrize("articles", [8, 12, 20, 40, 100])
def test_a_year_of_unchanged_pages_raises_no_alarm(share: float, articles: int) -> None:
    """Without it small nights cry wolf a dozen times a year, and the operator stops reading the mail."""
    before = 1200
    alarms = [k for k in range(articles + 1) if chance_of_so_few(k, articles, round(share * before), before) < ALARM]
    worst = max(alarms, default=-1)
    by_chance = sum(comb(articles, k) * share**k * (1 - share) ** (articles - k) for k in range(worst + 1))
    assert by_chance * NIGHTS * FACTS < 0.1


@pytest.mark.parametrize(("share", "articles"), [(0.97, 8), (0.5, 21), (0.2, 64), (0.1, 140), (0.05, 320)])
def test_a_fact_that_is_gone_is_missed_soon(share: float, articles: int) -> None:
    """Without it a lost selector is found by the researcher, years later."""
    assert chance_of_so_few(0, articles, round(share * 1200), 1200) < ALARM
