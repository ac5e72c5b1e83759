"""21 and 22 April 2021 (`read` layout), and the day on which much goes wrong: 1 May 2021."""

from dataclasses import replace
from datetime import date

from tests.site.compose import Order, compose
from tests.site.specials_forms import forms
from tests.site.specials_lines import advertorial, lines
from tests.site.story import Story

FIRST, SECOND, BAD = date(2021, 4, 21), date(2021, 4, 22), date(2021, 5, 1)

FIRST_CLOCKS = (
    "054512", "062200", "071033", "080000", "085921", "094500", "113017", "121500",
    "132644", "140000", "151839", "163000", "180225", "193000", "214751",
)  # fmt: skip
SECOND_CLOCKS = (
    "045500", "061500", "064218", "075300", "093912", "104900", "114533", "125500", "131016",
    "143000", "155121", "161900", "171540", "181000", "190955", "195500", "204812", "222300",
)  # fmt: skip
ON_OWN_HOST = ("161900", "190955", "204812")
"""Evergreen pieces of 2021-2023 stand on internasional.kompas.com with the same kind of id."""

TROUBLES = {
    "060000": "not_found",
    "070000": "challenge",
    "080000": "checkpoint",
    "090000": "forbidden",
    "100000": "unknown_layout",
    "110000": "no_title",
    "120000": "no_time",
    "130000": "empty",
    "140000": "",
    "150000": "",
}
"""What is wrong with the story of each hour; the last is well, but listed three times."""


def stories() -> tuple[Story, ...]:
    first = tuple(_ordinary(FIRST, 22 + number, clock) for number, clock in enumerate(FIRST_CLOCKS))
    second = tuple(_ordinary(SECOND, 41 + number, clock) for number, clock in enumerate(SECOND_CLOCKS))
    return (advertorial(), *first, *forms(), *lines(), *second)


def bad_stories() -> tuple[Story, ...]:
    return tuple(
        replace(_ordinary(BAD, 130 + number, clock), trouble=trouble, breaks=())
        for number, (clock, trouble) in enumerate(TROUBLES.items())
    )


def _ordinary(day: date, number: int, clock: str) -> Story:
    own_host = day == SECOND and clock in ON_OWN_HOST
    if own_host:
        order = Order(day, number, clock, "read", kanal="internasional", host="host", section="Internasional")
    else:
        order = Order(day, number, clock, "read")
    return compose(order)
