"""The look-alike: what kompas.com would answer, as a pure function of the address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

from tests.site import listings, pages_current, pages_kcm, pages_odd, pages_read, stories_2021, stories_2026
from tests.site.furniture import Boxes
from tests.site.listings import Row
from tests.site.sitemaps import sitemap
from tests.site.stories import all_stories, other_kanals
from tests.site.story import Story, bare

FRONTS = {"www.kompas.com/global": "Global", "internasional.kompas.com": "Internasional"}
LATEST = {"kcm_read": 0, "read": 15, "current": 10}
"""Length of "Terkini Lainnya"."""

_STORY = re.compile(
    r"/(?:read|copy)(?:/xml)?/(?:(?P<day>\d{4}/\d\d/\d\d)/(?P<digits>\d{7,9})|(?P<compact>\d\d[A-L]\d\d)(?P<short>\d{9}))"
)
_HTML = ("Content-Type", "text/html; charset=UTF-8")


@dataclass(frozen=True)
class Reply:
    """An answer of the site."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


NOT_FOUND = Reply(404, [_HTML], pages_odd.NOT_FOUND)
PLAIN_PAGES = {
    "/robots.txt": Reply(200, [("Content-Type", "text/plain")], pages_odd.ROBOTS),
    "/checkpoint": Reply(200, [_HTML], pages_odd.CHECKPOINT),
}
TROUBLES = {
    "not_found": NOT_FOUND,
    "challenge": Reply(202, [_HTML, ("x-amzn-waf-action", "challenge")], pages_odd.CHALLENGE),
    "checkpoint": Reply(302, [_HTML, ("Location", "https://www.kompas.com/checkpoint?next=global")], b""),
    "forbidden": Reply(403, [_HTML], pages_odd.FORBIDDEN),
    "empty": Reply(200, [_HTML], b""),
}
"""Answers of stories that cannot be had."""


class Site:
    """All pages. With `today`, six stories of that day and five of the day before exist too."""

    def __init__(self, today: date | None = None) -> None:
        self.today = today
        self.stories: dict[str, Story] = all_stories(today)
        days = {story.published.date(): story.layout for story in self.stories.values()}
        self.layouts = days
        self.others: dict[str, Story] = {
            story.id: story for day, layout in days.items() for story in other_kanals(day, layout)
        }

    def truth(self, story_id: str) -> dict[str, object]:
        """The record that the story's pages amount to."""
        story = self.stories[story_id]
        return {**story.truth(), "latest": [_latest(listed) for listed in self.boxes(story).latest]}

    def listed(self, day: date) -> list[str]:
        """Ids of this kanal that the index of a day lists, each once, newest first."""
        return list(dict.fromkeys(row.story.id for row in self.rows(day) if row.story.id in self.stories))

    def boxes(self, story: Story) -> Boxes:
        """The newest stories of the same days and markup, and the five that came before this one.

        Stories of other kanals, which are never read, have none.
        """
        if story.id in self.others:
            return Boxes()
        group = self._group(story)
        others = [other for other in self.others.values() if other.published.date() == story.published.date()]
        return Boxes(
            latest=group[: LATEST[story.layout]],
            older=[other for other in group if other.published < story.published][:5],
            popular=[*others[:1], *group[:1]],
        )

    def _group(self, story: Story) -> list[Story]:
        """Stories that were on the site together, newest first: neighbouring days."""
        day = story.published.date()
        near = (day - timedelta(days=1), day, day + timedelta(days=1))
        if day == stories_2021.BAD:
            near = (day, stories_2021.SECOND, stories_2021.FIRST)
        return [other for other in self._newest_first() if other.published.date() in near]

    def rows(self, day: date) -> list[Row]:
        """Entries of a day's index: newest first, other kanals among them, some stories twice."""
        layout = self.layouts.get(day)
        if layout is None:
            return []
        own = [story for story in self.stories.values() if story.published.date() == day]
        others = [story for story in self.others.values() if story.published.date() == day]
        mixed = sorted([*own, *others], key=lambda story: story.published, reverse=True)
        rows = [Row(story, _listed_address(story)) for story in mixed]
        return _with_duplicates(rows, own, listings.PAGE_SIZES[layout])

    def respond(self, url: str) -> Reply:
        """What the site answers to a GET of this address."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host != "kompas.com" and not host.endswith(".kompas.com"):
            return NOT_FOUND
        if parts.scheme == "http":
            return Reply(301, [("Location", url.replace("http://", "https://", 1)), _HTML], b"")
        plain = PLAIN_PAGES.get(parts.path) or self._sitemap(host, parts.path)
        if plain:
            return plain
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        name = FRONTS.get((host + parts.path).rstrip("/"))
        if host == "indeks.kompas.com":
            return self._index(query)
        if name:
            return self._front(name, _number(query.get("page", "")))
        return self._article(parts.path, query.get("page", "1"))

    def _index(self, query: dict[str, str]) -> Reply:
        try:
            day = date.fromisoformat(query.get("date", ""))
        except ValueError:
            day = self.today or date.max
        layout = self.layouts.get(day, "current")
        kanal = "internasional" if layout == "kcm_read" else "global"
        asked = query.get("site", "all")
        rows = self.rows(day) if asked == kanal else []
        base = f"https://indeks.kompas.com/?site={asked}&date={day.isoformat()}"
        return Reply(200, [_HTML], listings.index_page(layout, rows, base, _number(query.get("page", ""))))

    def _sitemap(self, host: str, path: str) -> Reply | None:
        named = sitemap(path, self._newest_days(), self.others.values()) if host == "www.kompas.com" else None
        return Reply(200, [("Content-Type", "text/xml; charset=UTF-8")], named) if named else None

    def _newest_days(self) -> list[Story]:
        """Stories of today and yesterday, or of April 2026, newest first."""
        since = self.today - timedelta(days=1) if self.today else stories_2026.FIRST
        return [story for story in self._newest_first() if story.published.date() >= since]

    def _front(self, name: str, page: int) -> Reply:
        """The newest stories, of today and yesterday where there is a today; the oldest is stuck on top."""
        newest = self._newest_days()
        if name == "Internasional":
            newest = [story for story in newest if story.section == name]
        day = newest[0].published.date()
        others = [story for story in self.others.values() if story.published.date() == day]
        shown = newest[(page - 1) * 20 : page * 20]
        return Reply(200, [_HTML], listings.front(name, shown, newest[-1], others))

    def _newest_first(self) -> list[Story]:
        return list(self.stories.values())[::-1]

    def _article(self, path: str, asked: str) -> Reply:
        story_id = _id_in(path)
        story = self.stories.get(story_id) or self.others.get(story_id)
        if story is None:
            return NOT_FOUND
        if story.trouble in TROUBLES:
            return TROUBLES[story.trouble]
        if story.trouble == "unknown_layout":
            return Reply(200, [_HTML], pages_odd.unknown_layout(story))
        return Reply(200, [_HTML], self._render(story, _page(story, asked)))

    def _render(self, story: Story, page: int) -> bytes:
        if story.layout == "kcm_read":
            return pages_kcm.render(story, page)
        render = pages_read.render if story.layout == "read" else pages_current.render
        return render(story, page, self.boxes(story))


def _page(story: Story, asked: str) -> int:
    """Page to show: 0 is the whole; a number beyond the last shows page 1."""
    if asked == "all":
        return 0 if story.whole_on_request else 1
    number = _number(asked)
    return number if number <= story.pages else 1


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else 1


def _id_in(path: str) -> str:
    """The slug is not looked at."""
    found = _STORY.search(path)
    if found is None:
        return ""
    if found["day"]:
        return f"{found['day']}/{found['digits']}"
    compact = found["compact"]
    return f"20{compact[:2]}/{'ABCDEFGHIJKL'.index(compact[2]) + 1:02}/{compact[3:]}/{found['short']}"


def _listed_address(story: Story) -> str:
    """Lists of 2016 link the /read/xml/ form."""
    return story.address.replace("/read/", "/read/xml/", 1) if story.layout == "kcm_read" else story.address


def _with_duplicates(rows: list[Row], own: Sequence[Story], size: int) -> list[Row]:
    """Stories listed again: by a shift between pages, under another slug, with a query; one three times."""
    if len(rows) > size:
        rows.insert(size, rows[size - 1])
    again = own[len(own) // 2]
    if again.published.date() == stories_2021.BAD:
        again = own[-1]
        rows.append(Row(again, f"http://{again.url.removeprefix('https://')}?utm_source=indeks"))
    elif len(own) > 15:
        rows.append(Row(own[1], f"{own[1].address}?source=terpopuler"))
    if again.host != "compact" and again.layout != "kcm_read":
        rows.append(Row(again, again.address.rpartition("/")[0] + "/twitter.com"))
    return rows


def _latest(story: Story) -> dict[str, object]:
    """An entry of "Terkini Lainnya"; lists since 2024 print the day alone: the address has the hour."""
    shown = story.published if story.layout == "current" else story.published.replace(second=0)
    return {
        "title": story.title,
        "url": bare(story.address),
        "section": story.section,
        "published_at": shown.isoformat(),
    }
