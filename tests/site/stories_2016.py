"""16 February 2016: twelve stories in the markup of 2014-2017, on internasional.kompas.com."""

from dataclasses import replace
from datetime import date

from tests.site.compose import Order, compose
from tests.site.pieces import BacaJuga, Photo, Piece
from tests.site.story import Story

DAY = date(2016, 2, 16)
CLOCKS = (
    "061205", "073341", "081518", "093027", "101159", "111423",
    "125006", "134512", "141138", "153859", "170214", "190347",
)  # fmt: skip
WITHOUT_WRITER = (1, 4, 7, 10)
WITH_SOURCE = (0, 1, 3, 4, 6, 9)


def stories() -> tuple[Story, ...]:
    return tuple(_story(number, clock) for number, clock in enumerate(CLOCKS))


def _story(number: int, clock: str) -> Story:
    """The third has ``<p>``, the others bare text; the sixth names its writer with office and town."""
    order = Order(DAY, number, clock, "kcm_read", kanal="internasional", host="host", section="Internasional")
    story = compose(order)
    return replace(
        story,
        pieces=_without_pointers(story, keep=number == 2),
        variant={2: "paragraphs", 5: "office:Almeida Nova"}.get(number, ""),
        authors=() if number in WITHOUT_WRITER else story.authors,
        sources=story.sources if number in WITH_SOURCE else (),
        lead=_http(story.lead) if story.lead and number != 11 else None,
        tags=(),
    )


def _without_pointers(story: Story, keep: bool) -> tuple[Piece, ...]:
    """ "Baca juga" came into the text with the next template; one story has it already."""
    pieces: list[Piece] = [piece for piece in story.pieces if not isinstance(piece, BacaJuga)]
    if keep:
        pieces.insert(4, next(piece for piece in story.pieces if isinstance(piece, BacaJuga)))
    return tuple(pieces)


def _http(photo: Photo) -> Photo:
    """Pictures of these years: http, another host, no crop."""
    name = photo.url.rpartition("/")[2].removesuffix(".jpg")
    address = f"http://assets.kompas.com/data/photo/2016/02/16/{name}780x390.jpg"
    return Photo(address, photo.caption, photo.credit)
