"""A site that scripts fill, and the browsers that a crawl of it started."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from tests.browser import CHROMIUM, NO_CHROMIUM
from tests.rendering.scripted import Scripted
from tests.site.server import LookAlike

DAY: Final = date(2021, 4, 22)
RANGE: Final = ("-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)


@pytest.fixture
def scripted() -> Scripted:
    """Make a site of eight stories: a browser shows two or three of them."""
    made = Scripted(DAY)
    made.stories = {story: made.stories[story] for story in made.listed(DAY)[:8]}
    return made


@pytest.fixture
def site(scripted: Scripted) -> Iterator[LookAlike]:
    with LookAlike(scripted) as served:
        yield served


class Browsers:
    """The browsers of the crawls in this environment, recognised by their folder."""

    def __init__(self, site: LookAlike, folder: str) -> None:
        self._folder = folder
        self.env = {**site.env(), "TMPDIR": folder}

    def alive(self) -> list[int]:
        """Processes."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes().decode(errors="replace")
            except OSError:
                continue
            if f"{self._folder}/" in words:
                found.append(int(path.parent.name))
        return found

    def kill(self) -> None:
        for number in self.alive():
            with suppress(ProcessLookupError):  # it goes with the one before
                os.kill(number, signal.SIGKILL)

    def all_gone(self) -> bool:
        patience = time.monotonic() + 300
        while self.alive() and time.monotonic() < patience:
            time.sleep(0.1)
        return not self.alive()


@pytest.fixture
def browsers(site: LookAlike) -> Iterator[Browsers]:
    with tempfile.TemporaryDirectory(prefix="kompas-", ignore_cleanup_errors=True) as folder:
        found = Browsers(site, folder)
        yield found
        found.kill()
