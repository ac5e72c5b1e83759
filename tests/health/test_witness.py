"""When stories that other pages name and the index does not list are an alarm."""

import pytest

from crawler.health.witness import Witnessed

URL = "https://www.kompas.com/global/read/2021/04/22/100000070/judul"
USUAL = Witnessed(1500, 0)
OFTEN = Witnessed(1500, 75)
"""The front always shows some stories that the index does not list."""


@pytest.mark.parametrize(
    ("named", "unlisted", "before", "is_alarm"),
    [
        (50, 0, USUAL, False),
        (50, 2, USUAL, False),
        (50, 3, USUAL, True),
        (400, 3, USUAL, False),  # less than `LEAST_RISE`
        (50, 5, OFTEN, False),
        (50, 14, OFTEN, True),
        (50, 9, Witnessed(), False),  # the first run: there is no usual share yet
        (50, 11, Witnessed(), True),
        (2, 2, Witnessed(), False),
        (50, 11, Witnessed(199, 0), True),
    ],
)
def test_a_share_that_rises_is_an_alarm(named: int, unlisted: int, before: Witnessed, is_alarm: bool) -> None:
    """Without it an index that loses a tenth of its stories is taken for the whole."""
    assert bool(Witnessed(named, unlisted, URL).alarm(before)) is is_alarm


def test_an_alarm_says_how_many_and_gives_an_example() -> None:
    """Without it a person has to search for the stories that the index lacks."""
    (reason,) = Witnessed(50, 9, URL).alarm(USUAL)
    assert reason == f"the index does not list 9 of 50 stories that other pages name, 0.0% before, such as {URL}"
    (first,) = Witnessed(50, 11, URL).alarm(Witnessed())
    assert first == f"the index does not list 11 of 50 stories that other pages name, such as {URL}"
