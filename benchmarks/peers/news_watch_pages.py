"""news-watch's own parser of Kompas over pages: its `get_article`, given the page instead of the network."""

import asyncio
import logging
from importlib.metadata import version

from newswatch.scrapers.kompas import KompasScraper
from running import Record, run

logging.disable()


class Offline(KompasScraper):
    page = ""

    async def fetch(self, url: str, **options: object) -> str:
        return self.page


loop = asyncio.new_event_loop()
found: asyncio.Queue[dict[str, object]] = asyncio.Queue()
scraper = Offline("", queue_=found)


def extract(url: str, text: str) -> Record | None:
    scraper.page = text
    loop.run_until_complete(scraper.get_article(url, ""))
    if found.empty():
        return None
    item = found.get_nowait()
    published = item["publish_date"].isoformat()  # type: ignore[attr-defined]
    return {"title": item["title"], "text": item["content"], "published": published, "authors": [item["author"]]}


if __name__ == "__main__":
    run(f"news-watch {version('news-watch')}", extract)
