"""A look-alike of many days, fast enough that the crawler is what is measured, not the site.

Stories and markup are those of `tests.site`, made at each request and not kept: the site costs about a
millisecond a page and no memory, however many stories it has. A crawler reaches it as it reaches `tests.site.server`,
unchanged, by its environment.
"""

import asyncio
import ssl
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Final
from urllib.parse import parse_qs, urlsplit

from crawler.kompas.urls import article_id
from tests.site import pages_odd, pages_read
from tests.site.certificate import write_certificate
from tests.site.compose import Order, compose
from tests.site.furniture import Boxes
from tests.site.listings import PAGE_SIZES, Row, index_page
from tests.site.server import LOOPBACK
from tests.site.story import Story

FIRST_DAY: Final = date(2020, 4, 1)
"""From here on one kanal alone lists the section, so that a day is one index."""
LAYOUT: Final = "read"
BOX: Final = 10
"""Stories in "Terkini Lainnya"."""
DAY_SECONDS: Final = 86_400


@dataclass(frozen=True)
class Days:
    """So many stories, spread evenly over so many days."""

    articles: int
    days: int

    @property
    def until(self) -> date:
        return FIRST_DAY + timedelta(days=self.days - 1)

    @property
    def index_pages(self) -> int:
        size = PAGE_SIZES[LAYOUT]
        return sum(-(-self.count(FIRST_DAY + timedelta(days=number)) // size) for number in range(self.days))

    def count(self, day: date) -> int:
        """How many stories a day has; the first days have one more where the numbers do not divide."""
        number = (day - FIRST_DAY).days
        if not 0 <= number < self.days:
            return 0
        return self.articles // self.days + (number < self.articles % self.days)

    def story(self, day: date, number: int) -> Story:
        """By its place on the day; its time of day tells the place, and nothing need be remembered."""
        at = number * DAY_SECONDS // self.count(day)
        clock = f"{at // 3600:02}{at // 60 % 60:02}{at % 60:02}"
        return compose(Order(day, (day - FIRST_DAY).days * 1009 + number, clock, LAYOUT))

    def find(self, story_id: str) -> Story | None:
        """The story of an id, as an address names it."""
        day, digits = date.fromisoformat(story_id[:10].replace("/", "-")), story_id[11:]
        at = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + int(digits[4:6])
        number = -(-at * self.count(day) // DAY_SECONDS)
        story = self.story(day, number) if number < self.count(day) else None
        return story if story and story.id == story_id else None


class FastSite:
    """Serves `Days` while the ``with`` block runs, from a thread of its own."""

    def __init__(self, days: Days) -> None:
        self.days = days
        self.asked: Counter[str] = Counter()
        """Requests by kind: `article`, `index`, `robots`, `nothing` (what the site does not have)."""
        self.sent = 0
        """Bytes of article pages."""
        self._rows = lru_cache(maxsize=8)(self._list_day)
        self._folder = tempfile.TemporaryDirectory(prefix="backfill-site-")
        self.ca_file, key_file = write_certificate(Path(self._folder.name))
        self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._tls.load_cert_chain(self.ca_file, key_file)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="backfill-site", daemon=True)

    def __enter__(self) -> "FastSite":
        self._thread.start()
        start = asyncio.start_server(self._connected, LOOPBACK, 0)
        self._server = asyncio.run_coroutine_threadsafe(start, self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._folder.cleanup()

    def env(self) -> dict[str, str]:
        """What a crawl needs in its environment to reach the site."""
        proxy = f"http://{LOOPBACK}:{self._server.sockets[0].getsockname()[1]}"
        proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy)
        return {**proxies, "no_proxy": "", "NO_PROXY": "", "SSL_CERT_FILE": str(self.ca_file)}

    async def _stop(self) -> None:
        self._server.close()
        clients = asyncio.all_tasks() - {asyncio.current_task()}
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A proxy that is the site itself: the tunnel ends here."""
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await writer.drain()
            await writer.start_tls(self._tls)
            while True:
                self._answer(await reader.readuntil(b"\r\n\r\n"), writer)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client is done, or was killed, or the block ended
        finally:
            writer.close()

    def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        lines = head.decode("latin-1").split("\r\n")
        host = next(line[6:] for line in lines if line.lower().startswith("host: "))
        kind, body = self._page(f"https://{host}{lines[0].split(' ')[1]}")
        self.asked[kind] += 1
        self.sent += len(body) if kind == "article" else 0
        status = "404 Not Found" if kind == "nothing" else "200 OK"
        media = "text/plain" if kind == "robots" else "text/html; charset=UTF-8"
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        )

    def _page(self, url: str) -> tuple[str, bytes]:
        """What kind of page an address names, and the page."""
        parts = urlsplit(url)
        if parts.path == "/robots.txt":
            return "robots", pages_odd.ROBOTS
        if parts.hostname == "indeks.kompas.com":
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            rows = self._rows(date.fromisoformat(query["date"]))
            base = f"https://indeks.kompas.com/?site={query['site']}&date={query['date']}"
            return "index", index_page(LAYOUT, rows, base, int(query.get("page", "1")))
        story_id = article_id(url)
        story = self.days.find(story_id) if story_id else None
        if story is None:
            return "nothing", pages_odd.NOT_FOUND
        newest = [row.story for row in self._rows(story.published.date())[:BOX]]
        return "article", pages_read.render(story, 0, Boxes(latest=newest))

    def _list_day(self, day: date) -> list[Row]:
        """What the index of a day lists, newest first."""
        stories = [self.days.story(day, number) for number in range(self.days.count(day))]
        return [Row(story, story.address) for story in reversed(stories)]
