"""Downloader middleware: a page that only scripts fill is requested once more, by the browser."""

import asyncio
import logging
from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.archive.handler import CAPTURED, RENDERED
from crawler.browser.errors import NoBrowser
from crawler.browser.need import hosts_in_scripts, needs_browser
from crawler.ending import is_ending
from crawler.middlewares.robots import RobotsTxt

logger = logging.getLogger(__name__)

MOST_PAGES: Final = 500
"""Pages that a run renders at most. A nightly run has some forty stories: only a site that turned to scripts reaches
it, which would cost hours of browser every night."""
MOST_HOSTS: Final = 20
"""Hosts in the scripts of one page whose robots.txt is requested; to others the page reaches nothing."""
_QUIET: Final = {"wait_until": "networkidle"}
"""Wait until the page's own scripts have made no request for half a second."""


class Render:
    """Reads `KOMPAS_RENDER`.

    The rendered page replaces the raw one. If it cannot be rendered, the raw page stays, and fails under its own name.
    Counts `kompas/render/pages`, `kompas/render/failed/<why>` and `kompas/render/over_budget`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats = crawler.stats
        self.always = crawler.settings["KOMPAS_RENDER"] == "always"
        self.budget = MOST_PAGES
        self.off = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Render":
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the rendered page where it is needed and can be made."""
        if RENDERED in request.meta or self.off or is_ending(self.crawler) or not self._is_wanted(request, response):
            return response
        if self.budget <= 0:
            self.stats.inc_value("kompas/render/over_budget")
            return response
        self.budget -= 1
        return await self._rendered(request, response) or response

    def _is_wanted(self, request: Request, response: Response) -> bool:
        if request.callback is None or urlsplit(request.url).path == "/robots.txt":
            return False
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if self.always:
            return response.status == 200 and "html" in content_type
        return needs_browser(response.url, response.status, response.body, content_type)

    async def _rendered(self, request: Request, response: Response) -> Response | None:
        """Request the page like any other: by robots.txt, in its turn, after the delay."""
        assert self.crawler.engine is not None, "the run is on"
        robots = self.crawler.get_downloader_middleware(RobotsTxt)
        if robots is not None:
            for host in sorted(hosts_in_scripts(response.body))[:MOST_HOSTS]:
                await robots.ask(f"https://{host}/")
        place = request.meta.get(CAPTURED, (None, None))[1]
        meta = {"playwright": True, "playwright_page_goto_kwargs": dict(_QUIET), RENDERED: place, "dont_retry": True}
        again = Request(response.url, headers=request.headers, meta=meta)
        download = asyncio.ensure_future(self.crawler.engine.download_async(again))
        await asyncio.wait((download,))
        error = download.exception()  # of any kind: there is no rendered page
        if error is None:
            return self._in_place(request, response, again, download.result())
        self.stats.inc_value(f"kompas/render/failed/{type(error).__name__}")
        if isinstance(error, NoBrowser):
            self.off = True
            logger.warning("No page is rendered from here on: %s", error)
        else:
            logger.info("%s could not be rendered: %s", response.url, error)
        return None

    def _in_place(self, request: Request, raw: Response, again: Request, rendered: Response) -> Response | None:
        if rendered.status != raw.status:
            self.stats.inc_value(f"kompas/render/failed/status_{rendered.status}")
            return None
        self.stats.inc_value("kompas/render/pages")
        if CAPTURED in again.meta:
            request.meta[CAPTURED] = again.meta[CAPTURED]
        return raw.replace(body=rendered.body, url=rendered.url, flags=[*raw.flags, "rendered"])
