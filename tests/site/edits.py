"""The site on the two days after 17 April 2026: what editors changed, and the stories that were new.

The new ones have datelines of real places, and one is a near-duplicate of a story of the day before.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from tests.site.compose import Order, compose
from tests.site.living import Living
from tests.site.pieces import Paragraph, Piece
from tests.site.story import WIB, Dateline, Story

DAY: Final = date(2026, 4, 17)
VISITS: Final = (datetime(2026, 4, 19, 2, 0, tzinfo=UTC), datetime(2026, 4, 20, 2, 0, tzinfo=UTC))
"""When the site was visited again; the first visit is that of the other samples, 18 April, 02:00 UTC."""

PLACES: Final = ("LONDON", "KYIV", "TOKYO", "WASHINGTON DC", "KYIV", "DEN HAAG", "GEORGIA")
"""Datelines of the new stories; the last belongs to no single country."""
COPIED: Final = "1015"
"""Hour and minute of the story that another one repeats."""

ADDED: Final = "Wali kota setempat menyebut jumlah pengunjung naik dua kali lipat. Parkir tambahan disiapkan."


def edited_site(visits: int) -> tuple[Living, list[str]]:
    """Return the site as one of the visits saw it, and the ids that are new or changed since the visit before."""
    site = Living(DAY)
    for story in new_stories(site):
        site.stories[story.id] = story
    changed: list[str] = []
    for edits in EDITS[:visits]:
        changed = []
        for clock, edit in edits.items():
            story = next(story for story in site.stories.values() if f"{story.published:%H%M}" == clock)
            site.stories[story.id] = edit(story)
            changed.append(story.id)
        if edits is EDITS[0]:
            changed += [story_id for story_id in site.stories if story_id.startswith("2026/04/18/")]
    return site, changed


def new_stories(site: Living) -> Iterator[Story]:
    """Yield the stories of the day after."""
    for number, place in enumerate(PLACES):
        story = compose(Order(date(2026, 4, 18), 200 + number, f"{6 + number:02}3000", "current"))
        yield replace(story, dateline=Dateline(place), host="path")
    copied = next(story for story in site.stories.values() if f"{story.published:%H%M}" == COPIED)
    published = _at(18, 16, 20)
    yield replace(copied, published=published, digits="162000570", title=f"[UNIK GLOBAL] {copied.title}", slug="unik")


def retitled(story: Story) -> Story:
    """Another headline, and the site's own time of the change."""
    return replace(story, title="Roket India Mendarat Mulus di Marwadpur", modified=_at(18, 10, 30))


def retitled_again(story: Story) -> Story:
    """A third headline; no time of the change is printed."""
    return replace(story, title="Roket India Pecahkan Rekor di Marwadpur", modified=None)


def extended(story: Story) -> Story:
    """A paragraph of two sentences more at the end."""
    return replace(story, pieces=(*story.pieces, Paragraph(ADDED)), modified=_at(18, 12, 5))


def corrected(story: Story) -> Story:
    """Another word in one sentence."""
    return _with_paragraph(story, lambda text: text.replace("Jumat", "Kamis"))


def polished(story: Story) -> Story:
    """Other capitals and punctuation, in the headline and in a sentence."""
    changed = _with_paragraph(story, lambda text: text.replace(",", " –"))
    return replace(changed, title=story.title.replace(":", " –"))


def shortened(story: Story) -> Story:
    """The last paragraph is gone."""
    last = max(at for at, piece in enumerate(story.pieces) if isinstance(piece, Paragraph))
    return replace(story, pieces=(*story.pieces[:last], *story.pieces[last + 1 :]))


def rewritten(story: Story) -> Story:
    """Another headline, another word, and a paragraph more."""
    return replace(extended(corrected(story)), title="Pelabuhan Kering Vestmark Resmi Dibuka", modified=_at(19, 7, 45))


EDITS: Final = (
    {"1900": retitled, "1030": extended, "1210": corrected, "1345": polished, "1730": shortened},
    {"1900": retitled_again, "0545": rewritten},
)
"""Of each visit: hour and minute of publication -> the edit."""


def _with_paragraph(story: Story, change: Callable[[str], str]) -> Story:
    """Change the first paragraph that the change makes another one."""
    pieces: list[Piece] = list(story.pieces)
    for at, piece in enumerate(pieces):
        if isinstance(piece, Paragraph) and change(piece.text) != piece.text:
            pieces[at] = replace(piece, text=change(piece.text))
            return replace(story, pieces=tuple(pieces))
    raise ValueError(story.title)


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 4, day, hour, minute, tzinfo=WIB)
