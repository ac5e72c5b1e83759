"""The recording of a crawl with a browser holds both, what came and what was shown, and gives the crawl again."""

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from crawler.archive.shelf import Shelf
from crawler.items import Article
from crawler.storage import Store
from tests.conftest import Crawl, Run
from tests.forked import FORKS
from tests.rendering.conftest import DAY, RANGE, Browsers, needs_chromium
from tests.rendering.scripted import SHELL, Scripted, trusting
from tests.site.server import LookAlike
from tests.test_recorded_crawl import checked, records
from tests.test_whole_crawl import FAST

pytestmark = needs_chromium
AUTO = ("-s", "KOMPAS_RENDER=auto")


@pytest.fixture
def shell(scripted: Scripted) -> str:
    shell = scripted.listed(DAY)[2]
    scripted.shells = {shell}
    return shell


@pytest.fixture
def recorded(crawl: Crawl, site: LookAlike, shell: str, browsers: Browsers, tmp_path: Path) -> Path:
    """The folder of the recording."""
    folder = tmp_path / "warc"
    run = crawl(*RANGE, *FAST, *AUTO, *trusting(site), "-s", f"KOMPAS_WARC_DIR={folder}", env=browsers.env)
    assert run.status == 0, run.stderr[-3000:]
    return folder


def stored(path: Path) -> list[dict[str, object]]:
    """Return the articles without the fields that depend on the way in which they came."""

    def plain(article: Article) -> dict[str, object]:
        return {key: value for key, value in asdict(article).items() if key not in ("discovery", "provenance")}

    with closing(Store(str(path))) as store:
        return [plain(article) for article in store.articles()]


def scrapy(*arguments: str) -> Run:
    done = FORKS.run("scrapy", *arguments)
    return Run(done.returncode, done.stderr, done.stdout, [])


def test_both_are_kept_and_the_record_points_to_what_was_shown(recorded: Path, shell: str, tmp_path: Path) -> None:
    """Without it a user cannot see what the server sent, or from what the record was read."""
    kinds = [kind for kind, url, _ in records(checked(recorded)) if shell in (url or "") and kind != "metadata"]
    assert kinds == ["response", "request", "conversion"]
    with closing(Store(str(tmp_path / "store.db"))) as store:
        (article,) = store.revisions(shell)
    shown = Shelf(str(recorded)).captured(article.provenance)
    assert b"</html>" in shown.body
    assert shown.body != SHELL.encode()
    place = ["-s", f"KOMPAS_DB={tmp_path / 'store.db'}", "--archive", str(recorded)]
    told = scrapy("explain", shell, *place)
    assert (told.status, article.title in told.stdout) == (0, True), told.stderr
    assert ": 0 changed, 0 cannot be read" in scrapy("reextract", *place).stdout


def test_the_recording_gives_the_same_records_again(recorded: Path, crawl: Crawl, tmp_path: Path) -> None:
    """Without it a story that once needed a browser always needs one."""
    live = stored(tmp_path / "store.db")
    replayed = crawl(*RANGE, *AUTO, "-a", f"replay={recorded}", db=tmp_path / "replayed.db")
    assert replayed.status == 0, replayed.stderr[-3000:]
    assert json.dumps(stored(tmp_path / "replayed.db"), default=str) == json.dumps(live, default=str)
    read = crawl("-a", f"archive={recorded}", db=tmp_path / "read.db")
    assert json.dumps(stored(tmp_path / "read.db"), default=str) == json.dumps(live, default=str)
    assert read.status == 0, read.verdict
