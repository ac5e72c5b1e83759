"""16 and 17 April 2026 in the `current` layout, and the stories of today and yesterday in the same."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from tests.site.compose import Order, compose, photo
from tests.site.pieces import BacaJuga, InlinePhoto
from tests.site.story import WIB, Story

FIRST, SECOND = date(2026, 4, 16), date(2026, 4, 17)

FIRST_CLOCKS = (
    "053000", "064511", "080000", "093042", "110000", "123000",
    "141507", "160000", "174500", "193020", "211500",
)  # fmt: skip
SECOND_CLOCKS = (
    "050000", "054530", "063000", "071215", "080000", "084500", "093000", "094807", "101500", "103000",
    "112000", "121000", "130000", "134518", "143000", "151500", "160000", "164500", "173000", "181530",
    "190000", "194500", "203000", "213000",
)  # fmt: skip
ON_OWN_HOST = ("094807", "164500", "111500", "000300")
"""Two of 17 April 2026, one of yesterday and one of today."""
COMPACT = "103000"
UPDATED = {
    "143000": datetime(2026, 4, 18, 10, 3, tzinfo=WIB),
    "190000": datetime(2026, 4, 17, 20, 15, tzinfo=WIB),
}
"""Stories whose page prints only the time of the update."""

VARIANTS = ("", "spaced", "digits", "unlabelled", "cloud", "cloud spaced", "cloud digits unlabelled")


def stories() -> tuple[Story, ...]:
    first = tuple(_story(FIRST, 60 + number, clock) for number, clock in enumerate(FIRST_CLOCKS))
    second = tuple(_story(SECOND, 72 + number, clock) for number, clock in enumerate(SECOND_CLOCKS))
    return first + second


def recent(today: date) -> tuple[Story, ...]:
    """Six stories of today, early in the day so that none lies in the future, and five of yesterday."""
    yesterday = today - timedelta(days=1)
    earlier = tuple(_story(yesterday, 100 + number, f"{8 + 3 * number:02}1500") for number in range(5))
    return earlier + tuple(_story(today, 110 + number, f"00{number + 1:02}00") for number in range(6))


def _story(day: date, number: int, clock: str) -> Story:
    if clock in ON_OWN_HOST:
        order = Order(day, number, clock, "current", kanal="internasional", host="host", section="Internasional")
    else:
        order = Order(day, number, clock, "current")
    story = compose(order)
    if clock == COMPACT:
        story = replace(story, host="compact", digits="103000770", notes=("compact form of the address",))
    story = replace(story, variant=VARIANTS[number % len(VARIANTS)], modified=_updated(day, clock))
    return _with_photo(_with_box(_with_people(story, number), number), number)


def _updated(day: date, clock: str) -> datetime | None:
    return UPDATED.get(clock) if day == SECOND else None


def _with_people(story: Story, number: int) -> Story:
    """Most have a writer and an editor; every fourth has a writer alone."""
    return replace(story, editors=()) if number % 4 == 1 else story


def _with_box(story: Story, number: int) -> Story:
    """Every third story has its first pointer in a box of its own, every fifth in the form with a list."""
    form = "box" if number % 3 == 0 else "list" if number % 5 == 0 else "line"
    pieces = list(story.pieces)
    position = next(index for index, piece in enumerate(pieces) if isinstance(piece, BacaJuga))
    pointer = pieces[position]
    assert isinstance(pointer, BacaJuga)
    pieces[position] = replace(pointer, form=form)
    return replace(story, pieces=tuple(pieces))


def _with_photo(story: Story, number: int) -> Story:
    """Every sixth story ends with a photo in the text; the picture waits in ``data-src``."""
    if number % 6:
        return story
    picture = photo(f"dalam-{story.digits}", story.published.date(), "Warga berkumpul di alun-alun pada sore hari.")
    return replace(story, pieces=(*story.pieces, InlinePhoto(picture)))
