"""Simulated nights over the look-alike's pages; `benchmarks.gains` does the same over stored pages."""

import random
from datetime import date
from functools import cache

import pytest

from crawler.kompas.urls import ALL_PAGES, page_url
from tests.health.additions import FORMS, PLACES, added, unlike
from tests.health.nights import Nights, Seen, seen
from tests.site.site import Site

LAYOUTS = ("read", "current", "kcm_read")
STORIES = 12
ODD_DAY = date(2023, 4, 20)
"""Each story of this day has a form of its own, which is an addition to all others."""


@cache
def pages(layout: str) -> tuple[tuple[str, bytes], ...]:
    site = Site()
    known = [story for story in site.stories.values() if story.layout == layout and not story.trouble]
    stories = [story for story in known if story.published.date() != ODD_DAY]
    urls = [page_url(story.url, ALL_PAGES) for story in stories[-STORIES:]]
    return tuple((url, unlike(site.respond(url).body, number)) for number, url in enumerate(urls))


@cache
def plain(layout: str) -> tuple[Seen, ...]:
    return tuple(one for url, page in pages(layout) if (one := seen(url, page)))


def usual(layout: str) -> Nights:
    crawl = Nights()
    for _ in range(4):
        assert crawl.run(plain(layout)) == []
    return crawl


@pytest.mark.parametrize("layout", LAYOUTS)
def test_unchanged_pages_raise_no_alarm(layout: str) -> None:
    """Without it the alarm is on every night, and is ignored."""
    crawl, chance = usual(layout), random.Random(1)
    for _ in range(40):
        assert crawl.run(chance.sample(plain(layout), STORIES - 4)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_addition_is_reported_in_one_run(layout: str, form: str) -> None:
    """Without it text of the site stands in every record from that night on."""
    place = PLACES[sum(map(ord, form)) % len(PLACES)]
    changed = [added(page, form, place, number) for number, (_, page) in enumerate(pages(layout))]
    after = [seen(url, page) for (url, _), page in zip(pages(layout), changed, strict=True) if page is not None]
    assert len(after) > STORIES // 2
    said = usual(layout).run([one for one in after if one])
    assert said, (form, place)
    assert "/" in said[0] or "stories" in said[0]
