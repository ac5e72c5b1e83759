"""`scrapy draft-fixture`: a page that is read wrongly becomes a folder that may be shown to anybody."""

import gzip
import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from crawler.items import WarcPlace
from crawler.storage import Store
from tests.commands.conftest import Command
from tests.make import STORY, URL, make_failure, read_page
from tests.runs import query


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_becomes_a_folder(command: Command, tmp_path: Path) -> None:
    """Without it a user who reports a bad page attaches the article itself, or nothing."""
    page = tmp_path / "page.html.gz"
    page.write_bytes(gzip.compress(read_page()))
    told = command("draft-fixture", str(page), str(tmp_path / "drafts" / "first"))
    assert (told.status, told.stderr) == (0, "")
    folder = tmp_path / "drafts" / "first"
    assert written(folder) == {"page.html", "article.json", "meta.json"}
    assert json.loads((folder / "meta.json").read_text(encoding="utf-8"))["reviewed"] is False
    article = json.loads((folder / "article.json").read_text(encoding="utf-8"))
    assert article["id"].startswith(STORY[:17])
    assert f"{folder}: {article['url']}\n  read\n" in told.stdout
    assert "Kapal" not in (folder / "page.html").read_text(encoding="utf-8")


def test_a_page_without_an_address_needs_one(command: Command, tmp_path: Path) -> None:
    """Without it the draft is a page of no story."""
    page = tmp_path / "page.html"
    page.write_bytes(read_page(canonical="", title=""))
    told = command("draft-fixture", str(page), str(tmp_path / "a"))
    assert (told.status, len(told.verdict)) == (2, 1)
    assert "give its address with --url" in told.verdict[0]
    told = command("draft-fixture", str(page), str(tmp_path / "a"), "--url", URL)
    assert (told.status, told.stderr) == (0, "")
    assert written(tmp_path / "a") == {"page.html", "error.json", "meta.json"}
    assert "\n  MissingTitle\n" in told.stdout


def test_a_stored_story_is_drafted_from_its_archive(
    command: Command, read_store: Path, day_archive: Path, tmp_path: Path
) -> None:
    """Without it the user has to find the bytes of a bad record by hand."""
    ((address,),) = query(read_store, "select url from articles order by id limit 1")
    told = command("draft-fixture", f"{address}?page=all", str(tmp_path / "a"), "--archive", str(day_archive))
    assert (told.status, told.stderr) == (0, "")
    assert written(tmp_path / "a") == {"page.html", "article.json", "meta.json"}
    told = command("draft-fixture", address, str(tmp_path / "b"))
    assert (told.status, len(told.verdict)) == (2, 1)
    assert "the archive file day.warc.gz is not there" in told.verdict[0]


def test_a_failed_story_is_drafted_from_what_answered(
    command: Command, read_store: Path, day_archive: Path, tmp_path: Path
) -> None:
    """Without it the pages that the parser cannot read cannot be shared."""
    with closing(Store(str(read_store))) as store:
        article = next(iter(store.articles()))
        names = asdict(WarcPlace(None, None, None, None))
        place = WarcPlace(**{name: value for name, value in asdict(article.provenance).items() if name in names})
        store.record_failure(make_failure(url=URL, article_id="2021/04/22/160600970", answer=place))
    told = command(
        "draft-fixture", URL.replace("160600870", "160600970"), str(tmp_path / "a"), "--archive", str(day_archive)
    )
    assert (told.status, told.stderr) == (0, "")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("nothing.html", "nothing.html is neither a file nor the address of a story"),
        (URL.replace("160600870", "235959070"), "nothing is stored about"),
        ("torn.html.gz", "torn.html.gz cannot be read as a page"),
    ],
)
def test_what_is_no_page_is_refused(command: Command, read_store: Path, tmp_path: Path, page: str, said: str) -> None:
    """Without it a slip of the keyboard ends in a traceback."""
    (tmp_path / "torn.html.gz").write_bytes(gzip.compress(read_page())[:-20])
    named = str(tmp_path / page) if (tmp_path / page).exists() else page
    told = command("draft-fixture", named, str(tmp_path / "new"))
    assert (told.status, len(told.verdict)) == (2, 1), read_store
    assert said in told.verdict[0]
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_there_is_left_alone(command: Command, tmp_path: Path) -> None:
    """Without it a reviewed fixture is overwritten."""
    told = command("draft-fixture", "page.html", str(tmp_path))
    assert told.status == 2
    assert "exists already; name a new folder" in told.verdict[0]
