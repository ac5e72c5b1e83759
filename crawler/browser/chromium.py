"""Where the browser is, how long it may take, and which of a page's own requests it may make."""

import base64
import os
import shutil
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.kompas.urls import SITE, is_on_site

if TYPE_CHECKING:  # finding the browser does not need the packages that drive it
    from playwright.async_api import Request

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
"""Names of the program, Debian's first."""
PAGE_TIMEOUT: Final = 30.0
"""Seconds for one page, its scripts included. The pages of `benchmarks.rendering` take 0.8 s each; a page that takes
much longer hangs."""
WANTED: Final = frozenset(("document", "script", "xhr", "fetch"))
"""Kinds of requests that may bring text: no pictures, fonts, styles, sounds, foreign frames."""


def find() -> str | None:
    """Return the path of `CHROMIUM_PATH`, else of the first browser that is installed; None if there is none."""
    stated = os.environ.get("CHROMIUM_PATH")
    if stated:
        return shutil.which(stated)
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def only_the_site(proxy: str | None) -> str:
    """Return the switch by which Chromium sends requests to the site alone, not even to its maker: a proxy script.

    :param proxy: address of the proxy that leads to the site; None for none.
    """
    way = f"PROXY {urlsplit(proxy).netloc}" if proxy else "DIRECT"
    site = f'host == "{SITE}" || dnsDomainIs(host, ".{SITE}")'
    script = f'function FindProxyForURL(url, host) {{ return {site} ? "{way}" : "PROXY 127.0.0.1:9"; }}'
    packed = base64.b64encode(script.encode()).decode()
    return f"--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,{packed}"


def is_unwanted(request: "Request") -> bool:
    """Return whether a request goes to a third party, or cannot bring text."""
    return request.resource_type not in WANTED or not is_on_site(request.url)
