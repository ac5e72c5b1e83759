"""Lists of archives: what a line means, and what happens when a list cannot be read."""

import gzip
from pathlib import Path

import pytest

from crawler.archive.files import check, each_source, expand
from crawler.archive.source_lists import listed
from crawler.errors import SourceFailed, UnreadableArchive
from tests.archive.conftest import Rec, write
from tests.file_server import file_server

LIST = """# CC-NEWS, dua berkas

crawl-data/CC-NEWS/2021/04/CC-NEWS-1.warc.gz
  https://contoh.example/a.warc.gz?kunci=1\t
/mnt/arsip/b.warc.gz
c.warc.gz
"""
COMMON_CRAWL = "https://data.commoncrawl.org/crawl-data/CC-NEWS/2021/04/CC-NEWS-1.warc.gz"
ELSEWHERE = "https://contoh.example/a.warc.gz?kunci=1"


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_list_in_a_file_names_files_addresses_and_what_lies_at_common_crawl(
    tmp_path: Path, packed: bool, ends: str
) -> None:
    """Without it the list of a month that Common Crawl offers has to be edited first."""
    path = tmp_path / "warc.paths"
    content = LIST.replace("\n", ends).encode("utf-8-sig")
    path.write_bytes(gzip.compress(content) if packed else content)
    assert list(listed(str(path))) == [COMMON_CRAWL, ELSEWHERE, "/mnt/arsip/b.warc.gz", "c.warc.gz"]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_the_lines_of_a_list_at_an_address_lie_on_its_server(packed: bool) -> None:
    """Without it a mirror's list leads to another server, or names files of the own disk."""
    with file_server() as served:
        address = served.add("/cermin/daftar/warc.paths.gz", gzip.compress(LIST.encode()) if packed else LIST.encode())
        assert list(listed(address)) == [
            f"{served.url}/crawl-data/CC-NEWS/2021/04/CC-NEWS-1.warc.gz",
            ELSEWHERE,
            f"{served.url}/mnt/arsip/b.warc.gz",
            f"{served.url}/cermin/daftar/c.warc.gz",
        ]
        assert len(served.requests) == 1


def test_a_list_is_read_as_its_files_are_taken(tmp_path: Path) -> None:
    """Without it a list of a million files is held in memory, and its end is awaited before the first file is read."""
    path = tmp_path / "list.txt"
    path.write_text("a.warc.gz\n" * 200_000)
    sources = each_source(f"@{path}")
    assert next(sources).name == "a.warc.gz"
    path.write_text("")
    assert len(list(sources)) < 100_000


def test_a_list_stands_beside_files_and_its_own_files_are_not_looked_at_before(tmp_path: Path) -> None:
    """Without it one line of a list that leads nowhere refuses the run over all others."""
    good = write(tmp_path / "a.warc.gz", Rec())
    (tmp_path / "rusak.wacz").write_text("bukan paket")
    (tmp_path / "list.txt").write_text(
        f"{tmp_path}/tidak-ada.warc.gz\n{tmp_path}/rusak.wacz\nhttps://x.example/p.wacz\n"
    )
    argument = f"{good},@{tmp_path}/list.txt"
    assert [source.name for source in check(argument)] == ["a.warc.gz"]
    first, *others = expand(argument)
    with first.open() as stream:
        assert stream.read() == good.read_bytes()
    assert [source.name for source in others] == ["tidak-ada.warc.gz", "rusak.wacz", "p.wacz"]
    reasons = (
        "No such file or directory",
        "is not a WACZ package, or is damaged",
        "can only be read from a file; download it",
    )
    for source, reason in zip(others, reasons, strict=True):
        with pytest.raises(SourceFailed, match=reason):
            source.open()


def test_an_address_is_called_by_the_name_of_its_file() -> None:
    """Without it a record from the network and the same one from the disk name different files."""
    (source,) = expand("https://data.commoncrawl.org/crawl-data/CC-NEWS/2021/04/CC-NEWS-1.warc.gz?x=/y")
    assert (source.name, source.size) == ("CC-NEWS-1.warc.gz", None)


@pytest.mark.parametrize("content", ["", "\n# kosong\n"])
def test_an_empty_list_is_refused(tmp_path: Path, content: str) -> None:
    """Without it a list that was not written yet is a run that found nothing."""
    (tmp_path / "list.txt").write_text(content)
    with pytest.raises(UnreadableArchive, match=r"list @.*list\.txt names no file; give one path or address a"):
        check(f"@{tmp_path}/list.txt")


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08rusak", b"\xff\xfe\x00", None], ids=["gzip", "bytes", "missing"])
def test_a_list_that_cannot_be_read_is_refused_by_name(tmp_path: Path, content: bytes | None) -> None:
    """Without it a mistyped name, or the archive itself in the place of a list, ends in a traceback."""
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableArchive, match=r"the archive .*list\.txt cannot be read"):
        check(f"@{path}")


def test_a_package_at_an_address_is_refused() -> None:
    """Without it a package is read as one file, and its records are named by bytes at which nothing begins."""
    with pytest.raises(UnreadableArchive, match=r"https://x\.example/p\.wacz\?kunci=1 .* download it"):
        check("https://x.example/p.wacz?kunci=1")
