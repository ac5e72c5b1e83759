"""Whole numbers as pages print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.kompas.text.numbers import whole_number


@pytest.mark.parametrize("text", ["", " ", "-1", "1.5", "1e9", "²", "٣", "NaN", "9" * 10, "9" * 400, "9" * 5000])
def test_what_is_no_count_is_none(text: str) -> None:
    """Without it a count of a thousand digits, which Python will not convert, costs the story with a traceback."""
    assert whole_number(text) is None


@given(st.text())
def test_no_text_stops_the_reading_of_a_count(text: str) -> None:
    """Without it an odd count ends the reading of a story."""
    number = whole_number(text)
    assert number is None or text.lstrip("0") == str(number).lstrip("0")


@given(st.integers(min_value=0, max_value=999_999_999))
def test_a_printed_count_is_read_back(number: int) -> None:
    """Without it the site's count of words is another than it printed."""
    assert whole_number(str(number)) == number
