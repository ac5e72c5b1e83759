"""The look-alike with what a first contact requests besides: a sitemap, and stories on the past days that it reads."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from tests.site.listings import Row
from tests.site.site import Reply, Site

SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://www.kompas.com/sitemap-news-global.xml</loc></sitemap>
<sitemap><loc>https://www.kompas.com/sitemap-news-tren.xml</loc></sitemap>
</sitemapindex>
"""
SHOWN = {
    date(2024, 5, 21): date(2026, 4, 17),
    date(2021, 4, 22): date(2021, 4, 21),
    date(2019, 6, 12): date(2016, 2, 16),
}
"""Day of the index -> the day of the look-alike whose stories it lists."""

Change = Callable[[str, Reply], Reply]


class ContactedSite(Site):
    """A site of which single assumptions can be broken."""

    def __init__(self, today: date, change: Change | None = None) -> None:
        """Make the site.

        :param change: takes address and right answer, and returns the answer that goes out.
        """
        super().__init__(today)
        self.layouts = {**self.layouts, **{day: self.layouts[other] for day, other in SHOWN.items()}}
        self.change = change

    def rows(self, day: date) -> list[Row]:
        """Return the entries of a day; of another day where this one has none."""
        return super().rows(SHOWN.get(day, day))

    def respond(self, url: str) -> Reply:
        """Return the answer, changed where an assumption is broken."""
        is_sitemap = urlsplit(url).path == "/sitemap.xml"
        reply = Reply(200, [("Content-Type", "application/xml")], SITEMAP) if is_sitemap else super().respond(url)
        return self.change(url, reply) if self.change else reply


def on(path: str, *changes: Callable[[Reply], Reply]) -> Change:
    """Return a change of the answers to the addresses that a pattern finds."""

    def change(url: str, reply: Reply) -> Reply:
        for one in changes if re.search(path, url) else ():
            reply = one(reply)
        return reply

    return change


def renamed(names: Mapping[str, str]) -> Callable[[Reply], Reply]:
    """Return a change of words in a body."""

    def change(reply: Reply) -> Reply:
        body = reply.body
        for old, new in names.items():
            body = body.replace(old.encode(), new.encode())
        return replace(reply, body=body)

    return change


def answers(status: int, body: bytes, *headers: tuple[str, str]) -> Callable[[Reply], Reply]:
    """Return a change into another answer."""
    return lambda reply: Reply(status, [("Content-Type", "text/html"), *headers], body)
