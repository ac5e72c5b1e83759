"""An index that does not list what it should: days under another name or none, and stories that it leaves out."""

from collections.abc import Collection, Mapping
from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.site.listings import Row
from tests.site.site import Reply, Site


class QuietIndex(Site):
    """Other pages are as they were: they name the stories all the same."""

    def __init__(
        self, today: date | None = None, names: Mapping[date, str] | None = None, hidden: Collection[str] = ()
    ) -> None:
        """
        :param names: the only `site` value under which the index lists a day; empty: the day lists nothing.
        :param hidden: ids of stories that no index day lists.
        """
        super().__init__(today)
        self.names = names or {}
        self.hidden = hidden

    def rows(self, day: date) -> list[Row]:
        return [row for row in super().rows(day) if row.story.id not in self.hidden]

    def respond(self, url: str) -> Reply:
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        stated = query.get("date", "")
        served = next((name for day, name in self.names.items() if stated == str(day)), None)
        if parts.hostname != "indeks.kompas.com" or served is None:
            return super().respond(url)
        usual = "internasional" if self.layouts[date.fromisoformat(stated)] == "kcm_read" else "global"
        shown = usual if query["site"] == served else "skola"
        return super().respond(url.replace(f"site={query['site']}", f"site={shown}"))
