"""All stories of the site, and stories of other kanals that its lists mix in."""

from dataclasses import replace
from datetime import date

from tests.site import stories_2016, stories_2021, stories_2023, stories_2026
from tests.site.compose import Order, compose
from tests.site.story import Story

OTHERS = (
    # kanal, form of the address, end of the id, printed name
    ("tren", "path", "65", "Tren"),
    ("money", "host", "26", "Money"),
    ("tekno", "host", "7", "Tekno"),
)


def all_stories(today: date | None = None) -> dict[str, Story]:
    """By id, oldest first."""
    found = [
        *stories_2016.stories(),
        *stories_2021.stories(),
        *stories_2021.bad_stories(),
        *stories_2023.stories(),
        *stories_2026.stories(),
    ]
    if today:
        found += stories_2026.recent(today)
    return {story.id: story for story in sorted(found, key=lambda story: story.published)}


def other_kanals(day: date, layout: str) -> tuple[Story, ...]:
    """Three stories that are none of this kanal's, in the markup of the day."""
    return tuple(_other(day, layout, number, *names) for number, names in enumerate(OTHERS))


def _other(day: date, layout: str, number: int, kanal: str, host: str, code: str, name: str) -> Story:
    clock = f"{9 + 4 * number:02}2{number}1{number}"
    story = compose(Order(day, 200 + number, clock, layout, kanal=kanal, host=host, section=name))
    return replace(story, digits=f"{clock}{number}{code}", breaks=(), variant="", tags=story.tags[:2])
