"""Which files an argument means: WARCs, folders of them, and WACZ packages (zip files that hold WARCs)."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO, Final

from crawler.archive.window import Unpacked, Window
from crawler.errors import UnreadableArchive

_WARC: Final = (".warc", ".warc.gz", ".warc.zst")
_LOCAL_HEADER: Final = 30
"""Bytes of a zip member's own header before its name; the lengths of name and extra field are its last four."""


@dataclass(frozen=True)
class Source:
    """A WARC file to read, and what to call it in a record's provenance. Nothing is unpacked."""

    path: Path
    name: str
    size: int
    """Bytes, as they lie there."""
    start: int = 0
    """Where in the file the WARC begins: members of a WACZ that are stored as they are lie inside it."""
    member: str | None = None
    """Member of a WACZ that is compressed once more: it can only be read from its start."""

    def open(self) -> IO[bytes]:
        """The WARC's bytes, from 0 on.

        :raises OSError: it is there no more, or damaged.
        """
        if self.member is not None:
            return BufferedReader(Unpacked(self.path, self.member))
        if self.start:
            return BufferedReader(Window(self.path, self.start, self.size))
        return self.path.open("rb")


def expand(argument: str) -> list[Source]:
    """Files named by a comma-separated list, folders in the order of their names.

    :raises UnreadableArchive: a path that is missing, a folder without a WARC, a broken WACZ.
    """
    files = [file for part in argument.split(",") if part.strip() for file in _expand_one(Path(part.strip()))]
    if not files:
        raise UnreadableArchive(f"-a archive={argument} names no file; give a .warc.gz, a folder of them, or a .wacz")
    return files


def _expand_one(path: Path) -> Iterator[Source]:
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.name.endswith((*_WARC, ".wacz")))
        if not found:
            raise UnreadableArchive(f"the folder {path} holds no .warc, .warc.gz or .wacz file")
        for file in found:
            yield from _expand_one(file)
    elif not path.is_file():
        raise UnreadableArchive(f"the archive {path} does not exist; check -a archive=")
    elif path.suffix == ".wacz":
        yield from _members(path)
    else:
        yield Source(path, path.name, path.stat().st_size)


def _members(wacz: Path) -> Iterator[Source]:
    """
    :raises UnreadableArchive: no zip file, or one whose members are not where it says.
    """
    try:
        with zipfile.ZipFile(wacz) as package:
            for info in sorted(package.infolist(), key=lambda info: info.filename):
                if not (info.filename.startswith("archive/") and info.filename.endswith(_WARC)):
                    continue
                name = f"{wacz.name}/{info.filename}"
                package.open(info).close()  # checks the member's own header
                if info.compress_type == zipfile.ZIP_STORED:
                    yield Source(wacz, name, info.file_size, _data_start(wacz, info))
                else:
                    yield Source(wacz, name, info.compress_size, member=info.filename)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableArchive(f"{wacz} is not a WACZ package, or is damaged ({error})") from error


def _data_start(wacz: Path, info: zipfile.ZipInfo) -> int:
    with wacz.open("rb") as file:
        file.seek(info.header_offset)
        header = file.read(_LOCAL_HEADER)
    name, extra = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    return info.header_offset + _LOCAL_HEADER + name + extra
