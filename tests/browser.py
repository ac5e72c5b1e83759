"""Debian's Chromium, without a window and without network: what it starts with and where it is."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, sync_playwright

CHROMIUM: Final = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
NO_CHROMIUM: Final = "Chromium is not installed (Debian: apt-get install chromium)"
_SWITCHES: Final = (
    "--no-sandbox",  # tests may run as root
    "--disable-background-networking",  # it would look up hosts of its maker at every start
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_SWITCHES))
        yield opened
        opened.close()
