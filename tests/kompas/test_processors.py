"""The small steps between a raw string and a value."""

from datetime import datetime

import pytest

from crawler.kompas.pages.listing import RawEntry
from crawler.kompas.processors import clean_string, latest_link
from crawler.kompas.text.numbers import whole_number
from tests.make import URL, WIB


@pytest.mark.parametrize(
    ("raw", "clean"), [("  Kapal \n riset ", "Kapal riset"), ("\u00a0", None), ("", None), ("“Kapal”", "“Kapal”")]
)
def test_a_string_is_one_line_or_nothing(raw: str, clean: str | None) -> None:
    """Without it the same name counts as two, or an empty one counts as one."""
    assert clean_string(raw) == clean


@pytest.mark.parametrize(
    ("raw", "number"), [("0", 0), ("007", 7), ("²", None), ("1,5", None), ("", None), ("-1", None), ("9" * 5000, None)]
)
def test_only_digits_are_a_number(raw: str, number: int | None) -> None:
    """Without it an odd count ends the reading of a story."""
    assert whole_number(raw) == number


@pytest.mark.parametrize(
    ("time", "published"),
    [
        ("22/04/2021, 17:00 WIB", datetime(2021, 4, 22, 17, 0, tzinfo=WIB)),
        ("22/04/2021", datetime(2021, 4, 22, 16, 6, tzinfo=WIB)),
        (None, None),
    ],
)
def test_a_link_is_dated_by_what_the_box_prints(time: str | None, published: datetime | None) -> None:
    """Without it links without a time get a made-up one, or those with a day lose their hour."""
    link = latest_link(RawEntry(" Kapal  lain ", f"{URL}?source=terkini", "Global", time, "read"))
    assert (link.title, link.url, link.section, link.published_at) == ("Kapal lain", URL, "Global", published)
