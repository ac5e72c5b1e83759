"""Add-on: `KOMPAS_RENDER=never|auto|always` switches the browser on."""

import os
from importlib.util import find_spec
from typing import Any, Final

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.arguments import Mode, arguments_of
from crawler.browser.chromium import PAGE_TIMEOUT, find
from crawler.errors import BadArgument

MODES: Final = ("never", "auto", "always")
_HANDLER: Final = "crawler.browser.handler.BrowserHandler"


class BrowserAddon:
    """Reads `KOMPAS_RENDER`."""

    def __init__(self, mode: Mode) -> None:
        self.mode = mode

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BrowserAddon":
        return cls(arguments_of(crawler).mode)

    def update_settings(self, settings: BaseSettings) -> None:
        """Install the middleware and, in a live crawl, the browser behind it.

        :raises BadArgument: the setting has another value, or there is no browser or package to render with.
        """
        mode = settings["KOMPAS_RENDER"]
        if mode not in MODES:
            raise BadArgument(f"KOMPAS_RENDER={mode} is none of {', '.join(MODES)}")
        if mode == "never" or self.mode is Mode.ARCHIVE:
            return
        settings["DOWNLOADER_MIDDLEWARES"]["crawler.browser.render.Render"] = 70  # sees the response that is left
        if self.mode is Mode.LIVE:  # a recording holds the rendered pages
            _install(settings, mode)


def _install(settings: BaseSettings, mode: str) -> None:
    """Let Chromium answer the requests of `Render`.

    :raises BadArgument: it or scrapy-playwright is not installed.
    """
    if find_spec("scrapy_playwright") is None:
        raise BadArgument(f"KOMPAS_RENDER={mode} needs the package scrapy-playwright")
    chromium = find()
    if chromium is None:
        raise BadArgument(
            f"KOMPAS_RENDER={mode} needs Chromium, which is not installed (Debian: apt-get install chromium); "
            "or name it by CHROMIUM_PATH"
        )
    settings["DOWNLOAD_HANDLERS"].update({"http": _HANDLER, "https": _HANDLER})
    for name, value in _playwright(settings, chromium).items():
        settings.set(name, value, priority="cmdline")


def _playwright(settings: BaseSettings, chromium: str) -> dict[str, Any]:
    stated = settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS")
    return {
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": chromium,
            "chromium_sandbox": os.geteuid() != 0,  # with it Chromium refuses to run as root
            **stated,
            "args": list(stated.get("args", ())),  # the handler adds `switches`
        },
        "PLAYWRIGHT_RESTART_DISCONNECTED_BROWSER": False,  # a browser that died once may die again, all night
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": PAGE_TIMEOUT * 1000,
        "PLAYWRIGHT_MAX_CONTEXTS": 1,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 4,
    }
