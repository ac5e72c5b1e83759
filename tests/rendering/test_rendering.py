"""Whole crawls of a site that scripts fill, with a real Chromium."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.arguments import Mode
from crawler.browser.addon import BrowserAddon
from tests.conftest import ROOT, Crawl
from tests.rendering.conftest import DAY, RANGE, Browsers, needs_chromium
from tests.rendering.scripted import Scripted, trusting
from tests.runs import query
from tests.site import faults
from tests.site.faults import Fault, Faults
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST, assert_true

AUTO = (*RANGE, *FAST, "-s", "KOMPAS_RENDER=auto")
CHALLENGE = "<html><head><script>window.gokuProps = {}; awsWafCookieDomainList = []</script></head></html>"


def failures(path: Path) -> dict[str, str]:
    return dict(query(path, "select article_id, reason from failures"))


def test_without_a_browser_a_shell_fails_by_name(
    crawl: Crawl, scripted: Scripted, site: LookAlike, tmp_path: Path
) -> None:
    """Without it a page that only scripts fill is an article without text, or starts a browser without being set to."""
    shell = scripted.listed(DAY)[2]
    scripted.shells = {shell}
    run = crawl(*RANGE, *FAST, env=site.env())
    assert run.status == 7
    assert failures(tmp_path / "store.db") == {shell: "UnknownLayout"}
    assert not [asked for asked in site.requests if asked.path_qs.startswith("/isi")]


@needs_chromium
def test_a_shell_is_stored_in_full_and_the_rest_comes_without_a_browser(
    crawl: Crawl, scripted: Scripted, site: LookAlike, browsers: Browsers
) -> None:
    """Without it the story is lost, its latest box is empty, or every page costs a browser."""
    shells = scripted.listed(DAY)[2:4]
    scripted.shells = set(shells)
    run = crawl(*AUTO, *trusting(site), env=browsers.env)
    assert run.status == 0, run.stderr[-3000:]
    assert len(run.records) == len(scripted.listed(DAY))
    for record in run.records:
        assert_true(record, scripted.truth(record["id"]))
    filled = [asked.path_qs for asked in site.requests if asked.path_qs.startswith("/isi")]
    assert len(filled) == len(shells)
    assert "'kompas/render/pages': 2" in run.stderr
    assert not [asked for asked in site.requests if asked.host == "asset.kompas.com"]
    assert site.foreign == []
    addresses = [asked.url for asked in site.requests]
    assert addresses.index("https://cdn.kompas.com/robots.txt") < addresses.index("https://cdn.kompas.com/aplikasi.js")
    assert not [url for url in addresses if "/komentar/" in url], "robots.txt forbids it, to scripts as well"
    assert all("kompas_global" in asked.headers["User-Agent"] for asked in site.requests), "an honest name, always"
    assert browsers.all_gone()


@needs_chromium
@pytest.mark.parametrize("answer", [faults.status(202), faults.text(CHALLENGE, "text/html")], ids=["status", "script"])
def test_a_challenge_is_a_block_that_no_browser_is_shown(
    crawl: Crawl, scripted: Scripted, site: LookAlike, tmp_path: Path, answer: Fault
) -> None:
    """Without it the browser answers the challenge, which is getting round a block."""
    refused = scripted.listed(DAY)[2]
    site.faults = Faults(scripted, {refused: answer})
    run = crawl(*AUTO, *trusting(site), env=site.env())
    assert (run.status, failures(tmp_path / "store.db")) == (1, {refused: "Blocked"})
    assert "1 Blocked" in run.verdict[-1]
    assert "kompas/render" not in run.stderr


@needs_chromium
def test_a_shell_that_turns_into_a_challenge_is_a_block(
    crawl: Crawl, scripted: Scripted, site: LookAlike, tmp_path: Path, browsers: Browsers
) -> None:
    """Without it the challenge is taken for a page, and answered again with every story."""
    shell = scripted.listed(DAY)[2]
    scripted.shells, scripted.filling = {shell}, CHALLENGE
    run = crawl(*AUTO, *trusting(site), env=browsers.env)
    assert (run.status, failures(tmp_path / "store.db")) == (1, {shell: "Blocked"})


@needs_chromium
def test_always_shows_every_page_to_the_browser(
    crawl: Crawl, scripted: Scripted, site: LookAlike, browsers: Browsers
) -> None:
    """Without it the boxes that scripts add to a page that can be read without them are never seen."""
    run = crawl(*RANGE, *FAST, "-a", "limit=2", "-s", "KOMPAS_RENDER=always", *trusting(site), env=browsers.env)
    assert run.status == 0, run.stderr[-3000:]
    assert run.records
    for record in run.records:
        assert_true(record, scripted.truth(record["id"]))
    assert "playwright/browser_count" in run.stderr


@needs_chromium
def test_where_no_page_needs_it_no_browser_is_started(crawl: Crawl, site: LookAlike) -> None:
    """Without it `auto` costs 600 MB and eight seconds every night for nothing."""
    run = crawl(*AUTO, "-a", "limit=3", *trusting(site), env=site.env())
    assert run.status == 0, run.stderr[-3000:]
    assert "playwright/browser_count" not in run.stderr
    assert "Starting download handler" not in run.stderr


@needs_chromium
@pytest.mark.torture
def test_the_budget_is_kept(
    crawl: Crawl, scripted: Scripted, site: LookAlike, browsers: Browsers, tmp_path: Path
) -> None:
    """Without it a site that turns to scripts costs hours of browser in one night."""
    scripted.shells = set(scripted.listed(DAY)[2:5])
    budget = ["crawler.browser.render.MOST_PAGES=1"]
    run = crawl(*AUTO, *trusting(site), env=browsers.env, changes=budget)
    assert run.status == 7
    assert list(failures(tmp_path / "store.db").values()) == ["UnknownLayout"] * 2
    assert "'kompas/render/over_budget': 2" in run.stderr


@needs_chromium
def test_a_browser_that_dies_costs_only_what_it_was_to_show(
    crawl: Crawl, scripted: Scripted, site: LookAlike, browsers: Browsers, tmp_path: Path
) -> None:
    """Without it one crash ends the night, or is repeated page by page until the morning."""
    shells = scripted.listed(DAY)[2:5]
    scripted.shells, scripted.before_filling = set(shells), browsers.kill
    run = crawl(*AUTO, *trusting(site), env=browsers.env)
    assert run.status == 7
    assert failures(tmp_path / "store.db") == dict.fromkeys(shells, "UnknownLayout")
    assert len(run.records) == len(scripted.listed(DAY)) - len(shells)
    assert run.stderr.count("No page is rendered from here on: the browser died") == 1
    assert browsers.all_gone()


@needs_chromium
@pytest.mark.torture
def test_a_killed_crawl_leaves_no_browser_behind(
    scripted: Scripted, site: LookAlike, browsers: Browsers, tmp_path: Path
) -> None:
    """Without it each kill leaves 600 MB of processes on the machine."""
    scripted.shells = {"all"}
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-s", f"KOMPAS_DB={tmp_path / 'a.db'}", *AUTO]
    command += [*trusting(site), "-s", "KOMPAS_WARC_DIR="]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **browsers.env}, stderr=subprocess.DEVNULL) as process:
        patience = time.monotonic() + 300
        while not any(asked.path_qs.startswith("/isi") for asked in site.requests):
            assert time.monotonic() < patience
            time.sleep(0.05)
        assert browsers.alive()
        process.kill()
    assert browsers.all_gone()


@pytest.mark.parametrize(("user", "sandbox"), [(0, False), (1000, True)])
def test_only_root_goes_without_the_sandbox(monkeypatch: pytest.MonkeyPatch, user: int, sandbox: bool) -> None:
    """Without it what a page does to the browser is done to the machine."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    settings = Settings({"KOMPAS_RENDER": "auto", "DOWNLOADER_MIDDLEWARES": {}})
    monkeypatch.setenv("CHROMIUM_PATH", sys.executable)
    BrowserAddon(Mode.LIVE).update_settings(settings)
    assert settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS")["chromium_sandbox"] is sandbox


def test_a_missing_browser_is_one_sentence(crawl: Crawl, site: LookAlike) -> None:
    """Without it the run finds out at its first shell, and exits with 0."""
    run = crawl(*AUTO, env={**site.env(), "CHROMIUM_PATH": "/nowhere/chromium"})
    assert run.status == 2
    assert run.verdict == [
        "kompas_global: KOMPAS_RENDER=auto needs Chromium, which is not installed (Debian: apt-get install chromium); "
        "or name it by CHROMIUM_PATH"
    ]
    assert crawl(*RANGE, "-s", "KOMPAS_RENDER=sometimes").status == 2
    assert site.requests == []
