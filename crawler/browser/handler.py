"""scrapy-playwright's download handler: starts at the first page that needs it, and never again if the browser dies."""

import asyncio
import logging
from typing import Any, Final
from urllib.request import getproxies

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route
from playwright.async_api import Request as PlaywrightRequest
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.browser.chromium import CLOSED, MOST_REQUESTS, PAGE_TIMEOUT, is_unwanted, switches
from crawler.browser.errors import NoBrowser
from crawler.browser.gate import Gate
from crawler.browser.memory import keep_bounded
from crawler.download_handler import bound_headers
from crawler.middlewares.robots import RobotsTxt

logger = logging.getLogger(__name__)

RECYCLE: Final = 50
"""Pages after which the browser forgets all that pages kept: with it, memory stays flat (`benchmarks.rendering`)."""
_CLOSING: Final = 10.0
"""Seconds that a browser has to close its pages."""


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # it has no types
    """Renders the requests of `Render`; others take Scrapy's own handler.

    What a page may reach is decided twice: `Gate`, the browser's only way out, knows hosts and ports; the route of the
    page knows whole addresses, and so robots.txt. Popups and service workers, which have no such route, get none.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.config.target_closed_max_retries = 0  # a page that crashed would crash again
        bound_headers(self._pool)
        self._start = asyncio.Lock()
        self._gate = Gate(getproxies().get("https"))
        self._pages = 0
        self._requests = 0
        self._dead = ""
        self.abort_request = self._is_unwanted

    async def _maybe_launch_in_thread(self) -> None:
        """Do nothing at the start of the run, where no browser is needed yet."""

    async def _download_request(self, request: Request, spider: Spider | None = None) -> Response:
        """Return a rendered page.

        :raises NoBrowser: the browser could not be started, or died; from then on always.
        :raises DownloadTimeoutError: the page took longer than `PAGE_TIMEOUT`.
        :raises DownloadFailedError: the page could not be rendered.
        """
        if self._dead:
            raise NoBrowser(self._dead)
        try:
            async with self._start:
                if not hasattr(self, "browser_provider"):
                    await self._open_browser()
            self._requests = 0  # one page is rendered at a time
            self._gate.next_page()
            response: Response = await self._rendered(request, spider)
        except TimeoutError as error:
            await self._close_contexts()
            raise DownloadTimeoutError(f"the browser did not show {request.url} in {PAGE_TIMEOUT:g} s") from error
        except PlaywrightError as error:
            if not hasattr(self, "browser") or not self.browser.is_connected():
                self._dead = f"the browser died ({' '.join(str(error).split())[:200]})"
                raise NoBrowser(self._dead) from error
            raise DownloadFailedError(f"the browser could not show {request.url} ({error.message[:200]})") from error
        self._pages += 1
        if self._pages % RECYCLE == 0:
            await self._close_contexts()
        return response

    async def _rendered(self, request: Request, spider: Spider | None) -> Response:
        """Render one page, within bounds of time and memory.

        :raises TimeoutError: it took longer than `PAGE_TIMEOUT`.
        :raises PlaywrightError: it could not be rendered.
        """
        bounded = asyncio.create_task(keep_bounded())
        try:
            return await asyncio.wait_for(super()._download_request(request, spider), PAGE_TIMEOUT)
        finally:
            bounded.cancel()

    async def _open_browser(self) -> None:
        """Start the browser behind the gate."""
        self.config.launch_options["args"] += switches(await self._gate.open())
        await self._launch()
        await self._maybe_launch_browser()

    async def _create_browser_context(
        self, name: str, context_kwargs: dict[str, Any] | None, spider: Spider | None = None
    ) -> Any:
        """Return a context without service workers, whose popups reach nothing and are closed."""
        closed = {**(context_kwargs or {}), "service_workers": "block", "accept_downloads": False}
        wrapper = await super()._create_browser_context(name, closed, spider)
        await wrapper.context.add_init_script(CLOSED)
        await wrapper.context.route("**", _abort)  # the route of a page comes before it: popups have only this one
        wrapper.context.on("page", _close_popup)
        return wrapper

    def _is_unwanted(self, request: PlaywrightRequest) -> bool:
        """Return whether a page's own request is refused; robots.txt holds for it, too (`Render` gets the rules)."""
        self._requests += 1
        if self._requests > MOST_REQUESTS:
            return True
        robots = self.crawler.get_downloader_middleware(RobotsTxt)
        return is_unwanted(request) or (robots is not None and not robots.known_to_allow(request.url))

    async def _close_contexts(self) -> None:
        """Close the contexts with all that their pages kept; the next page gets a new one."""
        for wrapper in list(self.context_wrappers.values()):
            try:
                await asyncio.wait_for(wrapper.context.close(), _CLOSING)
            except (TimeoutError, PlaywrightError) as error:
                self._dead = f"the browser hangs ({type(error).__name__})"
                logger.warning("A context of the browser could not be closed: %s", error)
        self.context_wrappers.clear()

    async def _close(self) -> None:
        """Close the browser, also one that is dead or hangs: no process is left running."""
        try:
            await asyncio.wait_for(super()._close(), _CLOSING)
        except (TimeoutError, PlaywrightError) as error:
            logger.warning("The browser could not be closed in order: %s", error)
            await self.browser_provider.close()
        await self._gate.close()


async def _abort(route: Route) -> None:
    await route.abort()


async def _close_popup(page: Page) -> None:
    """Close a page that another one opened."""
    if await page.opener() is not None:
        await page.close()
