"""A site on which things happen between two runs: stories appear, are renamed, rewritten, taken for another kanal's."""

from dataclasses import replace
from datetime import date
from typing import Any

from crawler.kompas.urls import article_id
from tests.site.listings import Row
from tests.site.site import Reply, Site
from tests.site.story import Story


class Living(Site):
    """Some days of the look-alike alone, so that a crawl of it is short."""

    def __init__(self, *days: date) -> None:
        super().__init__()
        if days:
            self.stories = {key: story for key, story in self.stories.items() if story.published.date() in days}
        self.hidden: set[str] = set()
        """Not listed yet."""
        self.foreign: set[str] = set()
        """Their own pages name another kanal, whatever the lists say."""
        self.furniture = b""
        """Put in front of every page's end."""

    def change(self, story_id: str, **changes: Any) -> Story:
        """From now on the story is another one under the same id."""
        self.stories[story_id] = replace(self.stories[story_id], **changes)
        return self.stories[story_id]

    def rows(self, day: date) -> list[Row]:
        return [row for row in super().rows(day) if row.story.id not in self.hidden]

    def respond(self, url: str) -> Reply:
        reply = super().respond(url)
        story = article_id(url)
        if story is None:
            return reply
        body = reply.body.replace(b"</body>", self.furniture + b"</body>")
        if story in self.foreign:
            body = body.replace(f"/global/read/{story}".encode(), f"/tren/read/{story}".encode())
        return replace(reply, body=body)
