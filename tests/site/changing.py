"""A day's index that changes between the requests of its pages: answers depend on earlier requests."""

from datetime import date
from urllib.parse import urlsplit

from tests.site.listings import Row
from tests.site.site import Reply, Site


class ChangingIndex(Site):
    """An index that lists some stories only after its first page was requested, and others on that page only."""

    def __init__(self, day: date, added: set[str] | None = None, removed: set[str] | None = None) -> None:
        super().__init__()
        self.day = day
        self.added = added or set()
        self.removed = removed or set()
        self.changed = False

    def rows(self, day: date) -> list[Row]:
        hidden = self.removed if self.changed else self.added
        return [row for row in super().rows(day) if row.story.id not in hidden]

    def respond(self, url: str) -> Reply:
        reply = super().respond(url)
        parts = urlsplit(url)
        if parts.hostname == "indeks.kompas.com" and str(self.day) in parts.query:
            self.changed = True
        return reply
