"""Whole crawls of a site that scripts fill, with a real Chromium."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.browser import CHROMIUM, NO_CHROMIUM
from tests.conftest import ROOT, Crawl
from tests.rendering.scripted import Scripted, trusting
from tests.runs import query
from tests.site.server import LookAlike
from tests.site.site import Reply
from tests.test_whole_crawl import FAST, assert_true

DAY = date(2021, 4, 22)
RANGE = ("-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)


@pytest.fixture
def scripted() -> Scripted:
    return Scripted(DAY)


@pytest.fixture
def site(scripted: Scripted) -> Iterator[LookAlike]:
    with LookAlike(scripted) as served:
        yield served


def browsers(profile: str = "playwright_chromium") -> list[str]:
    """Processes of browsers that a crawl started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if profile in words:
            found.append(path.parent.name)
    return found


def all_gone() -> bool:
    patience = time.monotonic() + 15
    while browsers() and time.monotonic() < patience:
        time.sleep(0.1)
    return not browsers()


def failures(path: Path) -> dict[str, str]:
    return dict(query(path, "select article_id, reason from failures"))


def test_without_a_browser_a_shell_fails_by_name(
    crawl: Crawl, scripted: Scripted, site: LookAlike, tmp_path: Path
) -> None:
    """Without it a page that only scripts fill is an article without text, or starts a browser that nobody wanted."""
    shell = scripted.listed(DAY)[2]
    scripted.shells = {shell}
    run = crawl(*RANGE, *FAST, env=site.env())
    assert run.status == 1
    assert failures(tmp_path / "store.db") == {shell: "UnknownLayout"}
    assert not [asked for asked in site.requests if asked.path_qs.startswith("/isi")]


@needs_chromium
def test_a_shell_is_stored_in_full_and_the_rest_comes_without_a_browser(
    crawl: Crawl, scripted: Scripted, site: LookAlike
) -> None:
    """Without it the story is lost, its latest box is empty, or every page costs a browser."""
    shells = scripted.listed(DAY)[2:4]
    scripted.shells = set(shells)
    run = crawl(*RANGE, *FAST, "-s", "KOMPAS_RENDER=auto", *trusting(site), env=site.env())
    assert run.status == 0, run.stderr[-3000:]
    assert len(run.records) == len(scripted.listed(DAY))
    for record in run.records:
        assert_true(record, scripted.truth(record["id"]))
    filled = [asked.path_qs for asked in site.requests if asked.path_qs.startswith("/isi")]
    assert len(filled) == len(shells)
    assert "'kompas/render/pages': 2" in run.stderr
    assert not [asked for asked in site.requests if asked.host == "asset.kompas.com"]
    assert site.foreign == []
    assert all_gone()


@needs_chromium
def test_where_no_page_needs_it_no_browser_is_started(crawl: Crawl, site: LookAlike) -> None:
    """Without it `auto` costs 600 MB and eight seconds every night for nothing."""
    run = crawl(*RANGE, *FAST, "-a", "limit=3", "-s", "KOMPAS_RENDER=auto", *trusting(site), env=site.env())
    assert run.status == 0, run.stderr[-3000:]
    assert "playwright/browser_count" not in run.stderr
    assert "Starting download handler" not in run.stderr


@needs_chromium
@pytest.mark.torture
def test_the_budget_is_kept(crawl: Crawl, scripted: Scripted, site: LookAlike, tmp_path: Path) -> None:
    """Without it a site that turns to scripts costs hours of browser in one night."""
    scripted.shells = set(scripted.listed(DAY)[2:5])
    options = ("-s", "KOMPAS_RENDER=auto", "-s", "KOMPAS_RENDER_PAGES=1")
    run = crawl(*RANGE, *FAST, *options, *trusting(site), env=site.env())
    assert run.status == 1
    assert list(failures(tmp_path / "store.db").values()) == ["UnknownLayout"] * 2
    assert "'kompas/render/over_budget': 2" in run.stderr


class Killing(Scripted):
    """Kills every browser in place of an answer to a shell's script."""

    def respond(self, url: str) -> Reply:
        if "/isi" in url:
            for number in browsers():
                os.kill(int(number), signal.SIGKILL)
        return super().respond(url)


@needs_chromium
def test_a_browser_that_dies_costs_only_what_it_was_to_show(crawl: Crawl, tmp_path: Path) -> None:
    """Without it one crash ends the night, or is repeated page by page until the morning."""
    dying = Killing(DAY)
    shells = dying.listed(DAY)[2:5]
    dying.shells = set(shells)
    with LookAlike(dying) as site:
        run = crawl(*RANGE, *FAST, "-s", "KOMPAS_RENDER=auto", *trusting(site), env=site.env())
    assert run.status == 1
    assert failures(tmp_path / "store.db") == dict.fromkeys(shells, "UnknownLayout")
    assert len(run.records) == len(dying.listed(DAY)) - len(shells)
    assert run.stderr.count("No page is rendered from here on: the browser died") == 1
    assert all_gone()


@needs_chromium
@pytest.mark.torture
def test_a_killed_crawl_leaves_no_browser_behind(scripted: Scripted, site: LookAlike, tmp_path: Path) -> None:
    """Without it each kill leaves 600 MB of processes on the machine."""
    scripted.shells = {"all"}
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-s", f"KOMPAS_DB={tmp_path / 'a.db'}", *RANGE]
    command += [*FAST, "-s", "KOMPAS_RENDER=auto", *trusting(site)]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **site.env()}, stderr=subprocess.DEVNULL) as process:
        patience = time.monotonic() + 60
        while not any(asked.path_qs.startswith("/isi") for asked in site.requests):
            assert time.monotonic() < patience
            time.sleep(0.05)
        assert browsers()
        process.kill()
    assert all_gone()


def test_a_missing_browser_is_one_sentence(crawl: Crawl, site: LookAlike) -> None:
    """Without it the run finds out at its first shell, and exits with 0."""
    run = crawl(*RANGE, *FAST, "-s", "KOMPAS_RENDER=auto", env={**site.env(), "CHROMIUM_PATH": "/nowhere/chromium"})
    assert run.status == 2
    assert run.verdict == [
        "kompas_global: KOMPAS_RENDER=auto needs Chromium, which is not installed (Debian: apt-get install chromium); "
        "or name it by CHROMIUM_PATH"
    ]
    assert crawl(*RANGE, "-s", "KOMPAS_RENDER=sometimes").status == 2
    assert site.requests == []
