"""Where the browser is, how long it may take, and which of a page's own requests it may make."""

import os
import shutil
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.kompas.address import is_on_site

if TYPE_CHECKING:  # finding the browser does not need the packages that drive it
    from playwright.async_api import Request

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
"""Names of the program, Debian's first."""
PAGE_TIMEOUT: Final = 30.0
"""Seconds for one page, its scripts included. The pages of `benchmarks.rendering` take 0.8 s each; a page that takes
much longer hangs."""
WANTED: Final = frozenset(("document", "script", "xhr", "fetch"))
"""Kinds of requests that may bring text: no pictures, fonts, styles, sounds, foreign frames."""

MOST_REQUESTS: Final = 200
"""Requests that one page may make.."""
SCRIPT_MEMORY: Final = 512_000_000
"""Bytes that the objects of a page's scripts may take."""
CLOSED: Final = """for (const name of ["open", "Worker", "SharedWorker", "WebSocket", "WebTransport", "EventSource",
    "RTCPeerConnection", "webkitRTCPeerConnection"])
    Object.defineProperty(window, name, {value: undefined, writable: false, configurable: false});"""
"""Script that runs before those of a page: it takes away what opens connections and windows that no route sees."""


def find() -> str | None:
    """Return the path of `CHROMIUM_PATH`, else of the first browser that is installed; None if there is none."""
    stated = os.environ.get("CHROMIUM_PATH")
    if stated:
        return shutil.which(stated)
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def switches(gate: str) -> list[str]:
    """Return the switches by which Chromium has no way out but a proxy, not to loopback, and not by UDP or DNS.

    :param gate: address of the proxy (see `gate.Gate`).
    """
    return [
        f"--proxy-server={gate}",
        "--proxy-bypass-list=<-loopback>",
        f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {urlsplit(gate).hostname}",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-webrtc-ip-handling-policy",
        "--disable-quic",
        f"--js-flags=--max-old-space-size={SCRIPT_MEMORY // 1_000_000}",
        "--renderer-process-limit=2",
        "--disable-dev-shm-usage",  # containers have little shared memory
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]


def is_unwanted(request: "Request") -> bool:
    """Return whether a request goes to a third party or without TLS, or cannot bring text."""
    on_site = is_on_site(request.url) and request.url.startswith("https://")
    return request.resource_type not in WANTED or not on_site
