"""`scrapy check-site`, as a user types it, against the look-alike."""

import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.clock import WIB
from tests.conftest import Run
from tests.forked import FORKS
from tests.site.contacted import Change, ContactedSite, on, renamed
from tests.site.server import LookAlike
from tests.test_whole_crawl import FAST


def check(folder: Path, change: Change | None, *words: str, env: dict[str, str] | None = None) -> tuple[Run, LookAlike]:
    """Run the command in a folder; its archive is `warc` there."""
    options = [*FAST, "-s", f"KOMPAS_WARC_DIR={folder / 'warc'}", "-s", f"KOMPAS_DB={folder / 'store.db'}"]
    with LookAlike(ContactedSite(datetime.now(WIB).date(), change)) as site:
        done = FORKS.run("scrapy", "check-site", *words, *options, env={**site.env(), **(env or {})})
    return Run(done.returncode, done.stderr, done.stdout, []), site


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, LookAlike, Path]:
    """The site as it is assumed to be."""
    folder = tmp_path_factory.mktemp("healthy")
    run, site = check(folder, None)
    return run, site, folder


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """Check a site whose stories have another body element, with JSON output and a bundle."""
    folder = tmp_path_factory.mktemp("broken")
    change = on("/read/", renamed({"read__content": "isi"}))
    return check(folder, change, "--json", "--bundle", str(folder / "contact.zip"))[0], folder


def test_the_look_alike_is_as_assumed(healthy: tuple[Run, LookAlike, Path]) -> None:
    """Without it the first command of a new user fails on a site that did not change."""
    run, site, _ = healthy
    assert (run.status, run.stderr) == (0, "")
    assert run.stdout.splitlines()[0] == "holds        robots: robots.txt is there and allows index days and stories"
    assert run.stdout.splitlines()[-1] == "14 holds, 0 differs, 0 not checked"
    assert "change " not in run.stdout
    assert not site.foreign


def test_the_requests_are_few_and_those_of_a_crawl(healthy: tuple[Run, LookAlike, Path]) -> None:
    """Without it the site gets a first impression that ends in a block."""
    _, site, _ = healthy
    pages = [asked for asked in site.requests if asked.path_qs != "/robots.txt"]
    assert 10 <= len(pages) <= 14
    assert len({asked.url for asked in pages}) == len(pages)
    assert {asked.user_agent.split("/")[0] for asked in site.requests} == {"kompas_global"}


def test_the_answers_are_archived_and_nothing_is_stored(healthy: tuple[Run, LookAlike, Path]) -> None:
    """Without it the evidence is gone, or a first contact counts as a run."""
    _, _, folder = healthy
    assert [path.name for path in folder.iterdir()] == ["warc"]
    assert list((folder / "warc").glob("*.warc.gz"))


def test_a_difference_names_the_elements_and_the_table(broken: tuple[Run, Path]) -> None:
    """Without it a user knows that something changed, and not what to do."""
    run, _ = broken
    assert run.status == 1
    found: dict[str, dict[str, Any]] = {one["assumption"]: one for one in json.loads(run.stdout)}
    assert found["layout"]["state"] == "differs"
    assert "bodies = div.isi" in found["layout"]["found"]
    assert found["layout"]["change"] == "LAYOUTS in crawler/kompas/pages/layouts/__init__.py"
    assert (found["robots"]["state"], found["robots"]["change"]) == ("holds", None)
    assert (found["stated text"]["state"], found["stated text"]["is_failure"]) == ("not checked", False)


def test_a_bundle_holds_the_findings_and_no_text_of_the_site(broken: tuple[Run, Path]) -> None:
    """Without it an issue cannot show what the site answered, or shows texts that belong to the newspaper."""
    run, folder = broken
    with zipfile.ZipFile(folder / "contact.zip") as bundle:
        pages = [name for name in bundle.namelist() if name.startswith("pages/")]
        assert {*bundle.namelist()} - {*pages} == {"answers.json", "findings.json"}
        drafted = "".join(bundle.read(name).decode() for name in pages)
        assert json.loads(bundle.read("findings.json")) == json.loads(run.stdout)
        answers = json.loads(bundle.read("answers.json"))
    assert all(answer["status"] == 200 and answer["archived"]["warc_file"] for answer in answers)
    assert not any("body" in answer for answer in answers)
    assert 'class="isi' in drafted, "the markup stays"
    titles = [story.title for story in ContactedSite(datetime.now(WIB).date(), None).stories.values()]
    assert not [title for title in titles if title in drafted], "the texts do not"


def test_without_a_network_nothing_is_checked_and_the_status_is_1(tmp_path: Path) -> None:
    """Without it the command reports success on a machine behind a firewall."""
    dead = {"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
    run, site = check(tmp_path, None, "-s", "RETRY_ENABLED=False", env=dead)
    assert (run.status, len(site.requests)) == (1, 0)
    assert run.stdout.splitlines()[-1] == "0 holds, 0 differs, 14 not checked"
    assert "the site cannot be reached" in run.stdout
    assert "Traceback" not in run.stderr


def test_a_bundle_that_cannot_be_written_is_refused_before_the_first_request(tmp_path: Path) -> None:
    """Without it the requests are made although their result cannot be written."""
    run, site = check(tmp_path, None, "--bundle", "/proc/contact.zip")
    assert (run.status, len(site.requests), len(run.verdict)) == (2, 0, 1)
