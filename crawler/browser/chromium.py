"""Where the browser is, and which of a page's own requests it may make."""

import base64
import os
import shutil
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.middlewares.one_site import SITE

if TYPE_CHECKING:  # looking for the browser needs none of the packages that drive it
    from playwright.async_api import Request

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
"""Debian's name first."""
WANTED: Final = frozenset(("document", "script", "xhr", "fetch"))
"""What text may come by: no pictures, fonts, styles, sounds, frames of others."""


def find() -> str | None:
    """`CHROMIUM_PATH`, else the first that is installed; None where there is none."""
    stated = os.environ.get("CHROMIUM_PATH")
    if stated:
        return shutil.which(stated)
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def only_the_site(proxy: str | None) -> str:
    """The switch by which Chromium asks nobody else, its maker neither: a proxy script in the switch itself.

    :param proxy: address of the proxy that leads to the site; None for none.
    """
    way = f"PROXY {urlsplit(proxy).netloc}" if proxy else "DIRECT"
    site = f'host == "{SITE}" || dnsDomainIs(host, ".{SITE}")'
    script = f'function FindProxyForURL(url, host) {{ return {site} ? "{way}" : "PROXY 127.0.0.1:9"; }}'
    packed = base64.b64encode(script.encode()).decode()
    return f"--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,{packed}"


def is_unwanted(request: "Request") -> bool:
    """Everything of third parties, and what shows no text."""
    host = urlsplit(request.url).hostname or ""
    return request.resource_type not in WANTED or not (host == SITE or host.endswith(f".{SITE}"))
