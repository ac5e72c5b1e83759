"""Which files an argument means, where they are read, and the sentence for those that cannot be meant."""

import os
import zipfile
from pathlib import Path
from random import Random

import pytest

from crawler.archive.files import check, each_source, expand
from crawler.errors import SourceFailed, UnreadableArchive
from tests.archive.conftest import OTHER, Rec, captured_of, scanned, warc_bytes, write
from tests.make import URL, read_page, story_url

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def names(argument: object) -> list[str]:
    return [source.name for source in expand(str(argument))]


def write_wacz(path: Path, members: dict[str, bytes], packing: int = STORED) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", packing) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def urls_in(argument: object) -> list[str]:
    sources = expand(str(argument))
    return [entry.url for source in sources for entry in scanned(source).entries]


def test_a_list_gives_its_files_in_its_order(tmp_path: Path) -> None:
    """Without it all but the first archive of a list are left out."""
    second, first = write(tmp_path / "b.warc.gz", Rec()), write(tmp_path / "a.warc", Rec(), packing="none")
    assert names(f"{second}, {first},") == ["b.warc.gz", "a.warc"]


def test_a_folder_gives_the_warcs_in_it_by_name_and_nothing_else(tmp_path: Path) -> None:
    """Without it a folder of a month is read in part, or its notes are read as an archive."""
    for name in ("b.warc.gz", "a.warc", "deep/er/c.warc.gz", "d.warc.zst", "notes.txt", "x.warc.open"):
        write(tmp_path / "in" / name, Rec())
    write_wacz(tmp_path / "in" / "e.wacz", {"archive/data.warc.gz": warc_bytes([Rec()])})
    found = ["a.warc", "b.warc.gz", "d.warc.zst", "c.warc.gz", "e.wacz/archive/data.warc.gz"]
    assert names(tmp_path / "in") == found


@pytest.mark.parametrize("packing", ["records", "none", "zstd"])
def test_a_file_is_read_whatever_its_name(tmp_path: Path, packing: str) -> None:
    """Without it an archive that was saved under another name has to be renamed first."""
    path = write(tmp_path / "arsip", Rec(), packing=packing)
    assert names(path) == ["arsip"]
    assert urls_in(path) == [URL]


def test_a_wacz_gives_the_warcs_in_its_archive_folder(tmp_path: Path) -> None:
    """Without it a capture made in a browser cannot be read, or its index is read as pages."""
    content = warc_bytes([Rec()])
    members = {"archive/b.warc.gz": content, "archive/a.warc.gz": content, "indexes/index.cdx": b"x", "c.warc": b"x"}
    sources = expand(str(write_wacz(tmp_path / "p.wacz", members)))
    assert [source.name for source in sources] == ["p.wacz/archive/a.warc.gz", "p.wacz/archive/b.warc.gz"]
    for source in sources:
        with source.open() as stream:
            assert (source.size, stream.read()) == (len(content), content)


@pytest.mark.parametrize("inside", ["a.warc", "a.warc.gz"])
def test_stored_members_are_read_record_by_record_where_they_lie(
    tmp_path: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a package of 50 GB needs 50 GB more before its first story is read."""
    content = warc_bytes([Rec(), Rec(OTHER)], compressed=inside.endswith(".gz"))
    members = {"datapackage.json": b"{}", f"archive/{inside}": content, "indexes/index.cdx": b"x" * 500}
    path = write_wacz(tmp_path / "ro" / "p.wacz", members)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))  # no copy can be made
    path.parent.chmod(0o555)
    before = sorted(file.name for file in tmp_path.rglob("*"))
    (source,) = expand(str(path))
    found = scanned(source)
    assert not found.is_kept
    entries = found.entries
    assert [captured_of(entry.location).url for entry in entries] == [URL, OTHER]
    assert sorted(file.name for file in tmp_path.rglob("*")) == before
    path.parent.chmod(0o755)


def test_a_packed_member_is_read_once_and_what_is_wanted_comes_along(tmp_path: Path) -> None:
    """Without it a package from a tool that compresses twice cannot be read."""
    records = [Rec("https://www.example.org/"), Rec(), Rec(OTHER)]
    path = write_wacz(tmp_path / "p.wacz", {"archive/a.warc.gz": warc_bytes(records)}, DEFLATED)
    (source,) = expand(str(path))
    found = scanned(source)
    assert (found.is_kept, found.counts) == (True, {"records": 3, "passed_over/other_site": 1})
    path.unlink()
    assert [captured_of(entry.location).body for entry in found.entries] == [read_page()] * 2
    assert {(entry.place.warc_file, entry.place.warc_offset) for entry in found.entries} == {
        ("p.wacz/archive/a.warc.gz", None)
    }, "an offset would name a byte of what cannot be found again"


@pytest.mark.parametrize("packing", [STORED, DEFLATED], ids=["stored", "deflated"])
def test_damage_inside_a_package_costs_only_what_it_hits(tmp_path: Path, packing: int) -> None:
    """Without it one bad byte costs a whole package, or the run."""
    stories = [story_url(f"2021/04/22/17{number:04}070") for number in range(40)]
    members = {"archive/a.warc.gz": warc_bytes([Rec(url, Random(url).randbytes(20_000)) for url in stories])}
    path = write_wacz(tmp_path / "p.wacz", members, packing)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 9] = b"\xff" * 9
    path.write_bytes(content)
    (source,) = expand(str(path))
    found = scanned(source)
    if packing == STORED:
        assert 39 <= len(found.entries) <= 40
    else:  # behind the damage nothing can be unpacked any more
        assert 10 < found.counts["records"] < 40
    assert found.damage >= 1
    assert found.failure is None


@pytest.mark.parametrize("kind", ["wacz", "deflated", "whole"])
def test_archives_of_the_same_name_in_several_folders_are_all_read(tmp_path: Path, kind: str) -> None:
    """Without it the second of two months takes the place of the first, and half of the stories are missing."""
    for folder, url in (("a", URL), ("bb", OTHER)):
        if kind == "whole":
            write(tmp_path / "in" / folder / "k.warc.gz", Rec("https://www.example.org/"), Rec(url), packing="whole")
        else:
            members = {"archive/data.warc.gz": warc_bytes([Rec(url)])}
            write_wacz(tmp_path / "in" / folder / "k.wacz", members, DEFLATED if kind == "deflated" else STORED)
    entries = [entry for source in expand(str(tmp_path / "in")) for entry in scanned(source).entries]
    assert [captured_of(entry.location).url for entry in entries] == [URL, OTHER]


@pytest.mark.parametrize("argument", ["", ",", " , "])
def test_an_argument_without_a_name_is_refused(argument: str) -> None:
    """Without it an unset variable in a script reads nothing, and no message says so."""
    with pytest.raises(UnreadableArchive, match=r"names no file; give a \.warc\.gz, a folder of them, a \.wacz, an"):
        expand(argument)


def test_a_folder_gives_linked_folders_too_and_names_what_cannot_be_read(tmp_path: Path) -> None:
    """Without it the archives behind a link are left out without a word, or one bad file costs the whole folder."""
    folder, linked = tmp_path / "in", tmp_path / "lain"
    good = write(folder / "a.warc.gz", Rec()).read_bytes()
    linked.mkdir()
    (linked / "b.warc.gz").write_bytes(good)
    (folder / "C.WARC.GZ").write_bytes(good)
    (folder / "d, e.warc.gz").write_bytes(good)
    (folder / "l").symlink_to(linked)
    (folder / "ring").symlink_to(folder)
    (folder / "tidak-ada.warc.gz").symlink_to(tmp_path / "x")
    (folder / "x.wacz").write_text("bukan paket")
    os.mkfifo(folder / "z.warc.gz")
    check(str(folder))
    read, failed = [], {}
    for source in each_source(str(folder)):
        try:
            with source.open() as stream:
                read += [source.name] if stream.read() == good else []
        except SourceFailed as error:
            failed[source.name] = error.cause
    assert read == ["C.WARC.GZ", "a.warc.gz", "d, e.warc.gz", "b.warc.gz"]
    assert failed["tidak-ada.warc.gz"] == "No such file or directory"
    assert "is not a WACZ package" in failed["x.wacz"]
    assert failed["z.warc.gz"] == "it is no regular file"
    assert [source.name for source in check(str(folder / "d, e.warc.gz"))] == ["d, e.warc.gz"]


def test_a_name_that_is_no_utf_8_is_written_with_escapes(tmp_path: Path) -> None:
    """Without it no story of the file can be stored."""
    (tmp_path / os.fsdecode(b"a\xff.warc.gz")).write_bytes(b"")
    assert [source.name for source in each_source(str(tmp_path))] == ["a\\xff.warc.gz"]


def test_a_member_that_is_encrypted_costs_no_other(tmp_path: Path) -> None:
    """Without it one member with a password ends the run with a traceback."""
    path = write_wacz(tmp_path / "p.wacz", {"archive/a.warc.gz": b"a", "archive/b.warc.gz": b"b"}, zipfile.ZIP_DEFLATED)
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.find(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    first, second = each_source(str(path))
    with pytest.raises(SourceFailed, match="encrypted"):
        first.open()
    with second.open() as stream:
        assert stream.read() == b"b"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Without it a mistyped name is a run that found nothing."""
    good = write(tmp_path / "a.warc.gz", Rec())
    with pytest.raises(UnreadableArchive, match=r"the archive .*/b\.warc\.gz does not exist; check -a archive="):
        expand(f"{good},{tmp_path / 'b.warc.gz'}")


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    """Without it the wrong folder is a run that found nothing."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.txt").write_text("x")
    with pytest.raises(UnreadableArchive, match=r"the folder .*/in holds no \.warc, \.warc\.gz or \.wacz file"):
        expand(str(tmp_path / "in"))


@pytest.mark.parametrize("content", [b"<html>Halaman masuk</html>", b""], ids=["html", "empty"])
def test_a_wacz_that_is_no_package_is_named(tmp_path: Path, content: bytes) -> None:
    """Without it a download that stopped half way ends in a traceback."""
    (tmp_path / "p.wacz").write_bytes(content)
    with pytest.raises(UnreadableArchive, match=r"p\.wacz is not a WACZ package"):
        expand(str(tmp_path / "p.wacz"))


def test_a_wacz_that_was_cut_off_is_named(tmp_path: Path) -> None:
    """Without it half a package passes for a whole one."""
    path = write_wacz(tmp_path / "p.wacz", {"archive/data.warc": warc_bytes([Rec()], compressed=False)})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(UnreadableArchive, match=r"p\.wacz is not a WACZ package, or is damaged"):
        expand(str(path))


def test_a_wacz_without_a_warc_is_refused(tmp_path: Path) -> None:
    """Without it a package of something else is a run that found nothing."""
    with pytest.raises(UnreadableArchive):
        expand(str(write_wacz(tmp_path / "p.wacz", {"pages/pages.jsonl": b"{}"})))


def test_a_wacz_with_a_damaged_member_header_is_named(tmp_path: Path) -> None:
    """Without it a package that a bad disk changed ends in a traceback."""
    path = write_wacz(tmp_path / "p.wacz", {"archive/data.warc": warc_bytes([Rec()], compressed=False)})
    path.write_bytes(b"\xff" * 60 + path.read_bytes()[60:])
    with pytest.raises(UnreadableArchive, match=r"p\.wacz"):
        expand(str(path))
