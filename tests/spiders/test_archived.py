"""`-a archive=`: articles and failures become items, and a failed reading ends with its reason."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import CloseSpider
from scrapy.utils.test import get_crawler

from crawler.archive.catalogue import Catalogue
from crawler.archive.extract import archive as story_archive
from crawler.items import Failure
from crawler.ledger_facts import Fact
from crawler.spiders.archived import archived_stories
from crawler.story_item import StoryItem
from tests.archive.conftest import Rec, write
from tests.make import URL, read_page, story_url
from tests.tasks import die

Read = Callable[..., tuple[list[Any], dict[str, Any]]]
GOOD = Rec(f"{URL}?page=all", read_page(title="Judul"))


@pytest.fixture
def read() -> Read:
    """The items of an archive, and the statistics of the run."""

    def run(path: Path, raises: str | None = None) -> tuple[list[Any], dict[str, Any]]:
        crawler = get_crawler(settings_dict={"KOMPAS_WORKERS": 1})
        items: list[StoryItem | Failure | Fact] = []

        async def collect() -> None:
            async for item in archived_stories(crawler, str(path)):
                items.append(item)  # noqa: PERF401  # what came before an error counts

        if raises is None:
            asyncio.run(collect())
        else:
            with pytest.raises(CloseSpider) as ended:
                asyncio.run(collect())
            assert ended.value.reason == raises
        return items, crawler.stats.get_stats()

    return run


def test_a_story_is_an_article_behind_where_it_leads_to(tmp_path: Path, read: Read) -> None:
    """Without it the links of a stored article are lost."""
    items, stats = read(write(tmp_path / "a.warc.gz", GOOD))
    assert [type(item).__name__ for item in items] == ["StoryItem"]
    assert stats["kompas/archive/stories"] == 1
    assert stats["kompas/archive/bytes_read"] == (tmp_path / "a.warc.gz").stat().st_size
    assert stats["kompas/archive/files_read"] == 1
    assert "kompas/run/source_error" not in stats


def test_a_story_that_cannot_be_read_is_a_failure_with_its_place(tmp_path: Path, read: Read) -> None:
    """Without it an archived page that no parser reads is neither reported nor read again by a better parser."""
    items, _ = read(write(tmp_path / "a.warc.gz", Rec(f"{URL}?page=all", b"")))
    (failure,) = items
    assert (failure.reason, failure.via, failure.answer.warc_offset) == ("EmptyPage", "archive", 0)


def test_a_story_of_another_kanal_is_excluded(tmp_path: Path, read: Read) -> None:
    """Without it the ledger never settles a story that was moved."""
    moved = read_page(canonical="https://www.kompas.com/tren/read/2021/04/22/160600865/kapal")
    items, stats = read(write(tmp_path / "a.warc.gz", Rec(f"{URL}?page=all", moved)))
    assert [type(item).__name__ for item in items] == ["Exclusion"]
    assert stats["kompas/passed_over/other_section"] == 1


def test_a_killed_process_ends_the_run_with_its_reason(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a run that lost a process to the memory limit ends in a traceback, or as if all were read."""
    monkeypatch.setattr(story_archive, "extract_stories", die)
    items, stats = read(write(tmp_path / "a.warc.gz", GOOD), raises="archive_error")
    assert items == []
    assert stats["kompas/run/archive_error"].startswith(
        "a process was killed, perhaps because memory ran out; run again"
    )


def test_a_file_that_goes_away_is_counted_and_named(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a disk that is taken away in the night looks like an archive that held less."""
    path = write(tmp_path / "a.warc.gz", *(Rec(story_url(f"2021/04/22/17{n:04}070")) for n in range(3)))
    complete = Catalogue.complete

    def taken_away(catalogue: Catalogue) -> None:
        complete(catalogue)
        path.unlink()

    monkeypatch.setattr(Catalogue, "complete", taken_away)
    items, stats = read(path)
    assert (items, stats["kompas/archive/sources_failed"]) == ([], 1)
    told = f"1 source(s) of the archive could not be read: {path} (No such file or directory)"
    assert stats["kompas/run/source_error"] == told


def test_only_the_first_of_many_sources_are_named_in_the_last_line(tmp_path: Path, read: Read) -> None:
    """Without it the last line of a run over ten thousand files is longer than a screen."""
    names = ",".join(str(tmp_path / f"{number}.warc.gz") for number in range(9))
    _, stats = read(Path(names))
    assert stats["kompas/archive/sources_failed"] == 9
    assert stats["kompas/run/source_error"].endswith("3.warc.gz (No such file or directory) and 5 more")


def test_a_full_scratch_folder_ends_the_run_with_its_reason(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a user does not know that the folder for temporary files is full."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Catalogue, "add", full)
    _, stats = read(write(tmp_path / "a.warc.gz", GOOD), raises="archive_error")
    assert "TMPDIR" in stats["kompas/run/archive_error"]
