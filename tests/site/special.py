"""How the hand-written stories are put down: what most of them share, said once."""

from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from tests.site.compose import photo, slug
from tests.site.pieces import Photo, Piece
from tests.site.story import WIB, Dateline, Story

GLOBAL = "https://www.kompas.com/global/read/"
SEEN = f"{GLOBAL}2020/11/03/091500470/perpustakaan-terapung-mulai-berlayar-ke-pulau-pulau-kecil"
BOAT = f"{GLOBAL}2021/02/14/133000170/perahu-sampah-ini-jadi-panggung-orkestra-di-tengah-kanal"
CLOCK = f"{GLOBAL}2021/03/09/080700970/jam-menara-tua-berdentang-13-kali-warga-minta-dibiarkan"


class Departures(TypedDict, total=False):
    """In what a story departs from the ordinary."""

    slug: str
    summary: str | None
    modified: datetime
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    sources: tuple[str, ...]
    dateline: Dateline | None
    lead: Photo | None
    tags: tuple[str, ...]
    breaks: tuple[int, ...]
    content_type: str
    layout: str
    variant: str
    claim: str
    verdict: str
    cut_text: str
    head_markup: str
    whole_on_request: bool


def special(
    day: str, digits: str, title: str, pieces: tuple[Piece, ...], note: str, **fields: Unpack[Departures]
) -> Story:
    """A hand-written story, of the `read` layout unless another is given."""
    clock = datetime.strptime(f"{day} {digits[:6]}", "%Y-%m-%d %H%M%S").replace(tzinfo=WIB)
    ordinary = Story(
        published=clock,
        digits=digits,
        title=title,
        summary=f"{title.rstrip('.')}. Berikut laporannya.",
        pieces=pieces,
        layout="read",
        slug=slug(title),
        authors=("Hening Larasati",),
        editors=("Hening Larasati",),
        sources=("Reuters",),
        dateline=Dateline("VESTMARK"),
        lead=photo(digits, clock.date(), "Ilustrasi pelabuhan kecil pada pagi hari."),
        tags=("Vestmark", "Norwegia", "berita dunia"),
        notes=(note,),
    )
    return replace(ordinary, **fields)
