"""From the place in a record back to its bytes, wherever the archive stands."""

import os
from pathlib import Path

import pytest

from crawler.archive import http_file
from crawler.archive.shelf import Shelf
from crawler.errors import NotInArchive
from crawler.items import WarcPlace
from tests.archive.conftest import OTHER, Rec, scanned, write
from tests.file_server import file_server
from tests.make import read_page


def second_place(path: Path) -> WarcPlace:
    return scanned(path).entries[1].place


def test_bytes_are_found_in_a_folder_whatever_folder_the_process_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a process that another machine started finds no archive."""
    place = second_place(write(tmp_path / "warc" / "a.warc.gz", Rec(), Rec(OTHER)))
    monkeypatch.chdir(tmp_path)
    shelf = Shelf("warc")
    os.chdir("/")
    assert shelf.captured(place).url == OTHER


def test_bytes_are_found_at_an_address_with_one_small_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it ten years of an archive have to be copied to read a story again; or their end is a traceback."""
    monkeypatch.setattr(http_file, "WAITS", ())
    path = write(tmp_path / "a.warc.gz", Rec(), Rec(OTHER))
    place = second_place(path)
    with file_server() as served:
        shelf = Shelf("", served.add("/a.warc.gz", path.read_bytes()))
        captured = shelf.captured(place)
        assert (captured.url, captured.body, captured.place) == (OTHER, read_page(), place)
        assert [stated is not None for _, stated in served.requests] == [True]
        served.statuses["/a.warc.gz"] = [503]
        with pytest.raises(NotInArchive, match=r"/a\.warc\.gz cannot be read \(503 Service Unavailable\)"):
            shelf.captured(place)
