"""Which files an argument means, and the sentence for those that cannot be meant."""

import zipfile
from pathlib import Path

import pytest

from crawler.archive.files import expand
from crawler.archive.index import ArchiveIndex
from crawler.errors import UnreadableArchive
from tests.archive.conftest import Rec, warc_bytes, write
from tests.make import URL, story_url

OTHER = story_url("2021/04/22/170000070")


def names(argument: object, scratch: Path) -> list[str]:
    return [source.name for source in expand(str(argument), scratch)]


def write_wacz(path: Path, members: dict[str, bytes], packing: int = zipfile.ZIP_STORED) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", packing) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def test_a_list_gives_its_files_in_its_order(tmp_path: Path, scratch: Path) -> None:
    """Without it all but the first archive of a list are left out."""
    second, first = write(tmp_path / "b.warc.gz", Rec()), write(tmp_path / "a.warc", Rec(), packing="none")
    assert names(f"{second}, {first},", scratch) == ["b.warc.gz", "a.warc"]


def test_a_folder_gives_the_warcs_in_it_by_name_and_nothing_else(tmp_path: Path, scratch: Path) -> None:
    """Without it a folder of a month is read in part, or its notes are read as an archive."""
    for name in ("b.warc.gz", "a.warc", "deep/c.warc.gz", "d.warc.zst", "notes.txt", "x.warc.open"):
        write(tmp_path / "in" / name, Rec())
    write_wacz(tmp_path / "in" / "e.wacz", {"archive/data.warc.gz": warc_bytes([Rec()])})
    found = ["a.warc", "b.warc.gz", "d.warc.zst", "c.warc.gz", "e.wacz/archive/data.warc.gz"]
    assert names(tmp_path / "in", scratch) == found


@pytest.mark.parametrize("packing", ["records", "none"])
def test_a_file_is_read_whatever_its_name(tmp_path: Path, scratch: Path, packing: str) -> None:
    """Without it an archive that was saved under another name has to be renamed first."""
    sources = expand(str(write(tmp_path / "arsip", Rec(), packing=packing)), scratch)
    assert [source.name for source in sources] == ["arsip"]
    assert list(ArchiveIndex(sources, scratch).addresses()) == [URL]


def test_a_wacz_gives_the_warcs_in_its_archive_folder(tmp_path: Path, scratch: Path) -> None:
    """Without it a capture made in a browser cannot be read, or its index is read as pages."""
    content = warc_bytes([Rec()])
    members = {"archive/b.warc.gz": content, "archive/a.warc.gz": content, "indexes/index.cdx": b"x", "c.warc": b"x"}
    sources = expand(str(write_wacz(tmp_path / "p.wacz", members)), scratch)
    assert [source.name for source in sources] == ["p.wacz/archive/a.warc.gz", "p.wacz/archive/b.warc.gz"]
    assert all(source.path.read_bytes() == content for source in sources)


@pytest.mark.parametrize("kind", ["wacz", "whole"])
def test_archives_of_the_same_name_in_several_folders_are_all_read(tmp_path: Path, scratch: Path, kind: str) -> None:
    """Without it the second of two months takes the place of the first, and half of the stories are missing."""
    for folder, url in (("a", URL), ("bb", OTHER)):
        if kind == "wacz":
            write_wacz(tmp_path / "in" / folder / "kompas.wacz", {"archive/data.warc.gz": warc_bytes([Rec(url)])})
        else:
            strangers = [Rec(f"https://{folder}.example/{n}") for n in range(4)]
            write(tmp_path / "in" / folder / "k.warc.gz", *strangers[: 1 + len(folder)], Rec(url), packing="whole")
    index = ArchiveIndex(expand(str(tmp_path / "in"), scratch), scratch)
    assert list(index.addresses()) == [URL, OTHER]
    assert [index.find(url)[1].url for url in (URL, OTHER)] == [URL, OTHER]


@pytest.mark.parametrize("argument", ["", ",", " , "])
def test_an_argument_without_a_name_is_refused(argument: str, scratch: Path) -> None:
    """Without it an unset variable in a script reads nothing and nobody notices."""
    with pytest.raises(UnreadableArchive, match=r"names no file; give a \.warc\.gz, a folder of them, or a \.wacz"):
        expand(argument, scratch)


def test_a_missing_file_is_named(tmp_path: Path, scratch: Path) -> None:
    """Without it a mistyped name is a run that found nothing."""
    good = write(tmp_path / "a.warc.gz", Rec())
    with pytest.raises(UnreadableArchive, match=r"the archive .*/b\.warc\.gz does not exist; check -a archive="):
        expand(f"{good},{tmp_path / 'b.warc.gz'}", scratch)


def test_an_empty_folder_is_named(tmp_path: Path, scratch: Path) -> None:
    """Without it the wrong folder is a run that found nothing."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.txt").write_text("x")
    with pytest.raises(UnreadableArchive, match=r"the folder .*/in holds no \.warc, \.warc\.gz or \.wacz file"):
        expand(str(tmp_path / "in"), scratch)


def test_a_wacz_that_is_no_package_is_named(tmp_path: Path, scratch: Path) -> None:
    """Without it a download that stopped half way ends in a traceback."""
    (tmp_path / "p.wacz").write_bytes(b"<html>Halaman masuk</html>")
    with pytest.raises(UnreadableArchive, match=r"p\.wacz is not a WACZ package"):
        expand(str(tmp_path / "p.wacz"), scratch)


def test_a_wacz_without_a_warc_is_refused(tmp_path: Path, scratch: Path) -> None:
    """Without it a package of something else is a run that found nothing."""
    with pytest.raises(UnreadableArchive):
        expand(str(write_wacz(tmp_path / "p.wacz", {"pages/pages.jsonl": b"{}"})), scratch)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_a_wacz_with_damaged_bytes_is_named(tmp_path: Path, scratch: Path, packing: int) -> None:
    """Without it a package that a bad disk changed ends in a traceback."""
    path = write_wacz(tmp_path / "p.wacz", {"archive/data.warc": warc_bytes([Rec()], compressed=False)}, packing)
    content = bytearray(path.read_bytes())
    content[100:160] = b"\xff" * 60
    path.write_bytes(bytes(content))
    with pytest.raises(UnreadableArchive, match=r"p\.wacz"):
        expand(str(path), scratch)
