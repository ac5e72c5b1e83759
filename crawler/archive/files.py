"""Files that an argument names: WARCs, folders of them, WACZ packages, addresses, and lists of all these."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from os import SEEK_SET
from pathlib import Path
from typing import IO, Final
from urllib.parse import urlsplit

from crawler.archive.addresses import file_name, is_address, open_address, refuse_unknown
from crawler.archive.source_lists import listed
from crawler.archive.window import Unpacked, Window, open_file
from crawler.errors import SourceFailed, UnreadableArchive

_WARC: Final = (".warc", ".warc.gz", ".warc.zst")
_WACZ: Final = ".wacz"
_LIST: Final = "@"
_MEMBERS: Final = "archive/"
"""Folder of a WACZ package that holds its WARCs."""
_LOCAL_HEADER: Final = 30
"""Bytes of a zip member's own header before its name; the lengths of name and extra field are its last four."""


@dataclass(frozen=True)
class Source:
    """A WARC file to read, and what to call it in a record's provenance. Any process of any machine can open it."""

    path: Path | str
    """A file, absolute; or an address, as a str."""
    name: str
    size: int | None
    """Bytes, as they lie there; None for an address, and for a file that is not there."""
    start: int = 0
    """Where in the file the WARC begins: members of a WACZ that are stored as they are lie inside it."""
    member: str | None = None
    """Member of a WACZ that is compressed once more: it can only be read from its start."""

    def open(self) -> IO[bytes]:
        """Open the WARC; position 0 is its beginning.

        :raises SourceFailed: it is not there, or cannot be read; also from reading the stream.
        """
        if isinstance(self.path, str):
            if _is_wacz(self.path):
                raise SourceFailed(self.path, "a WACZ package can only be read from a file; download it")
            return open_address(self.path)
        if self.member is not None:
            return BufferedReader(Unpacked(self.path, self.member))
        if self.start:
            assert self.size is not None, "the package says it"
            return BufferedReader(Window(open_file(self.path), self.start, self.size))
        return open_file(self.path)


@dataclass(frozen=True)
class KeptRecord(Source):
    """One record of a source that cannot be read at an offset: the record itself goes where it is needed."""

    record: bytes = b""
    """As a gzip member."""
    offset: int = 0
    """Position at which the stream gives the record: its offset in the source."""

    def open(self) -> IO[bytes]:
        """Open the record."""
        return _Placed(self.record, self.offset)


class _Placed(BytesIO):
    """Bytes that begin at another position than 0."""

    def __init__(self, content: bytes, offset: int) -> None:
        super().__init__(content)
        self._offset = offset

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        return super().seek(offset - self._offset if whence == SEEK_SET else offset, whence) + self._offset

    def tell(self) -> int:
        return super().tell() + self._offset


def each_source(argument: str) -> Iterator[Source]:
    """Yield the files that a comma-separated argument names, in its order; folders in the order of their names.

    Nothing is opened but packages and lists; a list is read as its files are taken. A file that is not there, or no
    package, raises `SourceFailed` when it is opened.

    :raises SourceFailed: a list cannot be read to its end.
    """
    for part in _parts(argument):
        for place in listed(part.removeprefix(_LIST)) if part.startswith(_LIST) else (part,):
            try:
                yield from _named(place)
            except UnreadableArchive:
                yield Source(Path(place).absolute(), Path(place).name, None, member=_MEMBERS)


def check(argument: str) -> list[Source]:
    """Return the files that an argument names by a path or a folder, after refusing what cannot be meant.

    Addresses, and what a list holds, are not looked at: they are read, or named as failed, one by one.

    :raises UnreadableArchive: a path that is missing, a folder without a WARC, a broken WACZ; an address of a kind that
        cannot be read here; a list that cannot be read, or is empty.
    """
    files: list[Source] = []
    for part in _parts(argument):
        if part.startswith(_LIST):
            if next(listed(part.removeprefix(_LIST)), None) is None:
                raise UnreadableArchive(f"the list {part} names no file; give one path or address a line")
        elif is_address(part):
            refuse_unknown(part)
            if _is_wacz(part):
                raise SourceFailed(part, "a WACZ package can only be read from a file; download it")
        else:
            found = list(_named(part))
            if not found:
                kind = "folder" if Path(part).is_dir() else "package"
                raise UnreadableArchive(f"the {kind} {part} holds no .warc, .warc.gz or .wacz file")
            missing = next((source for source in found if source.size is None), None)
            if missing:
                raise UnreadableArchive(f"the archive {part} does not exist; check -a archive=")
            files += found
    return files


def sizes_of(argument: str) -> list[int] | None:
    """Return the sizes in bytes of the files that an argument names; None if it has addresses or lists.

    :raises UnreadableArchive: see `check`.
    """
    if any(part.startswith(_LIST) or is_address(part) for part in _parts(argument)):
        return None
    return [source.size or 0 for source in check(argument)]


def expand(argument: str) -> list[Source]:
    """Return all files that an argument names; see `each_source`.

    :raises UnreadableArchive: see `check`.
    """
    check(argument)
    return list(each_source(argument))


def _parts(argument: str) -> list[str]:
    parts = [part.strip() for part in argument.split(",") if part.strip()]
    if not parts:
        raise UnreadableArchive(
            f"-a archive={argument} names no file; give a .warc.gz, a folder of them, a .wacz, an address or @LIST"
        )
    return parts


def _is_wacz(address: str) -> bool:
    return urlsplit(address).path.endswith(_WACZ)


def _named(place: str) -> Iterator[Source]:
    """Yield the sources that one part of the argument names.

    :raises UnreadableArchive: see `_members`.
    """
    if is_address(place):
        yield Source(place, file_name(place), None)
    else:
        yield from _files(Path(place).absolute())


def _files(path: Path) -> Iterator[Source]:
    """Yield the sources of a file or folder.

    :raises UnreadableArchive: see `_members`.
    """
    if path.is_dir():
        for file in sorted(file for file in path.rglob("*") if file.name.endswith((*_WARC, _WACZ))):
            yield from _files(file)
    elif path.suffix == _WACZ and path.is_file():
        yield from _members(path)
    else:
        yield Source(path, path.name, path.stat().st_size if path.is_file() else None)


def _members(wacz: Path) -> Iterator[Source]:
    """Yield the WARC members of a WACZ package.

    :raises UnreadableArchive: no zip file, or one whose members are not where it says.
    """
    try:
        with zipfile.ZipFile(wacz) as package:
            for info in sorted(package.infolist(), key=lambda info: info.filename):
                if not (info.filename.startswith(_MEMBERS) and info.filename.endswith(_WARC)):
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
