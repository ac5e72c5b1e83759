"""A night in which the site's markup is new: one fault, nothing lost, and all of it read once there is a layout."""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest

from crawler.commands import reextract
from crawler.executor import Settings
from crawler.kompas.pages import layouts
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts.read import ReadPage
from tests.conftest import Run, crawl_in
from tests.forked import FORKS
from tests.patched import scrapy_module
from tests.runs import query
from tests.site.server import LookAlike
from tests.site.site import Reply, Site
from tests.test_whole_crawl import FAST

DAY = date(2021, 4, 22)
RENAMED = {"read__content": "kisah", "read__title": "kepala", "read__time": "jam", "read__credit": "kredit"}


class ChangedSite(Site):
    """The look-alike after a redesign of its stories."""

    def respond(self, url: str) -> Reply:
        reply = super().respond(url)
        if "/read/" not in urlsplit(url).path:
            return reply
        body = reply.body
        for old, new in RENAMED.items():
            body = body.replace(old.encode(), new.encode())
        return replace(reply, body=body)


class ChangedPage(ReadPage):
    """The new layout: the table of `read` with the elements that `scrapy explain` names."""

    layout: ClassVar[str] = "changed"
    bodies: ClassVar = ("div.kisah",)
    titles: ClassVar = ("h1.kepala",)
    times: ClassVar = ("div.jam",)
    credit_items: ClassVar = ("div.kredit__item",)

    @classmethod
    def recognises(cls, document: Document) -> bool:
        return document.has(("kisah",))


@contextmanager
def thread(settings: Settings, task: object) -> Iterator[tuple[Executor, int]]:
    """An executor of this process: another process does not know the new layout."""
    with ThreadPoolExecutor(1) as executor:
        yield executor, 1


def add_layout() -> None:
    """Add the new layout, for `tests.patched`."""
    layouts.LAYOUTS = (*layouts.LAYOUTS, ChangedPage)  # type: ignore[misc]
    reextract.open_executor = thread  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Night:
    """The crawl of the changed site, and what it left."""

    run: Run
    folder: Path
    asked: int

    def command(self, *words: str, changes: Sequence[str] = ()) -> Run:
        """Run a command on the store and the archive of the night, without network."""
        options = ["-s", f"KOMPAS_DB={self.folder / 'store.db'}", "-s", f"KOMPAS_WARC_DIR={self.folder / 'warc'}"]
        done = FORKS.run(*scrapy_module(changes), *words, *options, "-s", "KOMPAS_WORKERS=1")
        return Run(done.returncode, done.stderr, done.stdout, [])


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    folder = tmp_path_factory.mktemp("night")
    span = ("-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0")
    with LookAlike(ChangedSite()) as site:
        run = crawl_in(folder)(*span, *FAST, "-s", f"KOMPAS_WARC_DIR={folder / 'warc'}", env=site.env())
        yield Night(run, folder, len(site.requests))


def test_the_night_is_one_fault_and_every_story_is_fetched(night: Night) -> None:
    """Without it a redesign ends the run, or prints a line for each of a thousand stories."""
    stories = len(Site().listed(DAY))
    assert night.run.status == 7
    (unhealthy,) = (line for line in night.run.verdict if "not healthy" in line)
    assert f"{stories} stories are archived in a markup that no layout reads (scrapy explain https://" in unhealthy
    assert "failed:" not in unhealthy
    assert night.run.stderr.count("WARNING: failed: UnknownLayout") == 1
    assert query(night.folder / "store.db", "select finish_reason from runs") == [("finished",)]


def test_explain_names_the_elements_and_reextract_brings_the_night_in(night: Night) -> None:
    """Without it the pages must be fetched again, and a person has to find the elements in the markup."""
    example = re.search(r"scrapy explain (\S+)", night.run.stderr)
    assert example is not None
    told = night.command("explain", example[1])
    assert told.status == 0
    for attribute in ("titles", "times", "credit_items", "bodies"):
        (path,) = getattr(ChangedPage, attribute)
        assert f'{attribute} = "{path}' in told.stdout  # perhaps with the only box in it: "div.kisah > div"
    read = night.command("reextract", changes=["tests.test_changed_markup.add_layout"])
    assert read.status == 0, read.stdout + read.stderr
    store = night.folder / "store.db"
    assert query(store, "select count(*), min(layout) from articles") == [(len(Site().listed(DAY)), "changed")]
    # a story whose `?page=all` shows page 1 has pages that were never requested; its failure makes the crawl ask
    lacking = query(store, "select id, incomplete_because from articles where not complete")
    assert query(store, "select article_id, 'pages_missing' from failures") == lacking
