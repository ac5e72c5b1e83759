"""The switch: `KOMPAS_RENDER=never|auto|always`."""

import os
from importlib.util import find_spec
from typing import Any, Final
from urllib.request import getproxies

from scrapy.settings import BaseSettings

from crawler.browser.chromium import find, only_the_site
from crawler.errors import BadArgument

MODES: Final = ("never", "auto", "always")
_SWITCHES: Final = (
    "--disable-dev-shm-usage",  # containers have little of it
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_HANDLER: Final = "crawler.browser.handler.BrowserHandler"


class BrowserAddon:
    """Reads `KOMPAS_RENDER`."""

    def update_settings(self, settings: BaseSettings) -> None:
        """
        :raises BadArgument: another mode; or no browser, or no package, to render with.
        """
        mode = settings["KOMPAS_RENDER"]
        if mode not in MODES:
            raise BadArgument(f"KOMPAS_RENDER={mode} is none of {', '.join(MODES)}")
        if mode == "never" or settings["KOMPAS_ARCHIVE"]:
            return
        if settings["KOMPAS_REPLAY"]:  # what was rendered stands in the recording
            settings["DOWNLOADER_MIDDLEWARES"]["crawler.browser.render.Render"] = 70
            return
        if find_spec("scrapy_playwright") is None:
            raise BadArgument(f"KOMPAS_RENDER={mode} needs the package scrapy-playwright")
        chromium = find()
        if chromium is None:
            raise BadArgument(
                f"KOMPAS_RENDER={mode} needs Chromium, which is not installed (Debian: apt-get install chromium); "
                "or name it by CHROMIUM_PATH"
            )
        settings["DOWNLOADER_MIDDLEWARES"]["crawler.browser.render.Render"] = 70  # sees what is left in the end
        settings["DOWNLOAD_HANDLERS_BASE"].update({"http": _HANDLER, "https": _HANDLER})
        for name, value in _playwright(settings, chromium).items():
            settings.set(name, value, priority="cmdline")


def _playwright(settings: BaseSettings, chromium: str) -> dict[str, Any]:
    stated = settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS")
    return {
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": chromium,
            "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses root with it
            **stated,
            "args": [*_SWITCHES, only_the_site(getproxies().get("https")), *stated.get("args", ())],
        },
        "PLAYWRIGHT_RESTART_DISCONNECTED_BROWSER": False,  # one that died once dies again, in the middle of the night
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.getfloat("KOMPAS_RENDER_TIMEOUT") * 1000,
        "PLAYWRIGHT_MAX_CONTEXTS": 1,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 4,
    }
