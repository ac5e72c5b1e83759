"""All stories of an archive: however it is cut into files and slices, and within the same memory."""

import gc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from crawler.archive.catalogue import Catalogue
from crawler.archive.extract import archive as story_archive
from crawler.archive.window import open_file
from tests.archive.conftest import Rec, warc_bytes, write
from tests.archive.extract.conftest import Found
from tests.archive.test_files import DEFLATED, write_wacz
from tests.make import read_page, story_url

Extract = Callable[..., Found]
FOREIGN = Rec("https://www.example.org/", b"<p>Lain</p>")


def stories(number: int) -> list[Rec]:
    urls = [story_url(f"2021/04/22/17{n:04}070") for n in range(number)]
    return [Rec(f"{url}?page=all", read_page(title=f"Judul {n}", canonical=url)) for n, url in enumerate(urls)]


def mixed(number: int) -> list[Rec]:
    return [record for story in stories(number) for record in (FOREIGN, story)]


@pytest.mark.parametrize("most", [1, 7, 1000])
@pytest.mark.parametrize("packing", ["records", "none", "zstd", "whole"])
def test_slices_of_any_size_give_the_same_stories_in_the_same_order(
    tmp_path: Path, extract: Extract, monkeypatch: pytest.MonkeyPatch, packing: str, most: int
) -> None:
    """Without it a large file gives other stories than a small one."""
    monkeypatch.setattr("crawler.bounds.SLICE_ENTRIES", most)
    monkeypatch.setattr(story_archive, "RECORDS", most)
    found = extract(write(tmp_path / "a.warc.gz", *mixed(20), packing=packing))
    assert found.titles == [[f"Judul {n}"] for n in range(20)]
    assert found.counts == {"records": 40, "articles": 20, "stories": 20, "passed_over/other_site": 20}
    assert (found.damage, found.failures) == ({}, {})


def test_an_archive_that_was_archived_gives_no_story(tmp_path: Path, extract: Extract) -> None:
    """Without it stories out of a page enter the dataset under an offset at which nothing begins."""
    inner = Rec("https://www.example.org/a.warc", warc_bytes(stories(9), compressed=False))
    url = story_url("2021/04/22/190000070")
    last = Rec(url, read_page(title="Terakhir", canonical=url))
    found = extract(write(tmp_path / "a.warc", FOREIGN, inner, last, packing="none"))
    assert found.titles == [["Terakhir"]]
    assert found.counts["records"] == 3


def test_files_folders_and_packages_give_what_one_file_gives(tmp_path: Path, extract: Extract) -> None:
    """Without it the records depend on how an archive was packed."""
    records = mixed(12)
    one = extract(write(tmp_path / "one.warc.gz", *records))
    write(tmp_path / "in" / "a.warc.gz", *records[:5])
    write(tmp_path / "in" / "b" / "b.warc", *records[5:9], packing="none")
    write(tmp_path / "in" / "b" / "c.warc.gz", *records[9:14], packing="whole")
    write_wacz(tmp_path / "in" / "d.wacz", {"archive/data.warc.gz": warc_bytes(records[14:20])})
    write_wacz(tmp_path / "in" / "e.wacz", {"archive/data.warc.gz": warc_bytes(records[20:])}, DEFLATED)
    parts = extract(tmp_path / "in")
    assert sorted(parts.titles) == sorted(one.titles)
    assert parts.counts == one.counts


def test_damage_is_reported_by_file_and_place(tmp_path: Path, extract: Extract) -> None:
    """Without it a user does not know which of a hundred files to fetch again."""
    good, bad = write(tmp_path / "a.warc.gz", *stories(2)), write(tmp_path / "b.warc.gz", *stories(6)[2:])
    content = bytearray(bad.read_bytes())
    content[500:510] = b"\xff" * 10
    bad.write_bytes(content)
    found = extract(good, bad)
    assert len(found.stories) >= 5
    assert dict(found.damage) == {str(bad): 1}


def test_a_source_that_cannot_be_read_is_named_and_costs_no_other(tmp_path: Path, extract: Extract) -> None:
    """Without it one file of a hundred that was moved away costs the stories of the other ninety-nine."""
    records = stories(6)
    good, gone = write(tmp_path / "a.warc.gz", *records[:3]), tmp_path / "b.warc.gz"
    found = extract(good, gone, write(tmp_path / "c.warc.gz", *records[3:]))
    assert found.titles == [[f"Judul {n}"] for n in range(6)]
    assert found.failures == {str(gone): "No such file or directory"}


def test_a_source_that_goes_away_between_the_steps_costs_its_own_captures_only(
    tmp_path: Path, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a story of two captures is lost with the file of one, or the file is tried again for each story."""
    (story,) = stories(1)
    first, second = write(tmp_path / "a.warc.gz", story), tmp_path / "b.warc.gz"
    again = replace(story, body=read_page(title="Judul baru", canonical=story.url), date="2021-05-01T00:00:00Z")
    write(second, again, *stories(40)[1:])
    complete = Catalogue.complete

    def taken_away(catalogue: Catalogue) -> None:
        complete(catalogue)
        second.unlink()

    opened: list[Path] = []

    def counted(path: Path) -> IO[bytes]:
        opened.append(path)
        return open_file(path)

    monkeypatch.setattr(Catalogue, "complete", taken_away)
    monkeypatch.setattr("crawler.archive.files.open_file", counted)
    found = extract(first, second)
    assert found.titles == [["Judul 0"]]
    assert found.failures == {str(second): "No such file or directory"}
    assert opened.count(second) == 2


def test_what_was_read_is_not_kept(tmp_path: Path, extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it memory grows with the archive, and one of tens of gigabytes is never read to its end."""
    monkeypatch.setattr("crawler.bounds.SLICE_ENTRIES", 20)
    most: list[int] = []
    extract_stories = story_archive.extract_stories

    def counted(batch: object) -> object:
        gc.collect()
        kinds = ("IndexedRecord", "Scanned", "Answer", "ReadStory", "Captured")
        most.append(sum(type(one).__name__ in kinds for one in gc.get_objects()))
        return extract_stories(batch)  # type: ignore[arg-type]

    monkeypatch.setattr(story_archive, "extract_stories", counted)
    monkeypatch.setattr(Found, "stories", Dropped(), raising=False)
    peaks = []
    gc.freeze()  # what was there before need not be looked through each time
    try:
        for number in (100, 800):
            most.clear()
            extract(write(tmp_path / f"{number}.warc.gz", *mixed(number)))
            peaks.append(max(most))
    finally:
        gc.unfreeze()
    assert peaks[1] <= peaks[0] + 5, peaks


class Dropped:
    """In place of the list of what was found: who reads a large archive does not keep it."""

    def __get__(self, found: object, owner: object) -> list[object]:
        return []

    def __set__(self, found: object, value: object) -> None:
        pass
