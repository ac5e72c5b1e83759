"""Files that an argument names: WARCs, folders of them, WACZ packages, addresses, and lists of all these."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from os import SEEK_SET
from pathlib import Path
from typing import IO, Final
from urllib.parse import urlsplit

from crawler.archive.addresses import file_name, is_address, open_address, refuse_unknown
from crawler.archive.source_lists import listed
from crawler.archive.wacz import WARC_NAMES, members_of
from crawler.archive.window import Unpacked, Window, open_file
from crawler.errors import SourceFailed, UnreadableArchive

_WACZ: Final = ".wacz"
_LIST: Final = "@"
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
        if self.path.exists() and not self.path.is_file():  # opening a pipe would wait for ever
            raise SourceFailed(str(self.path), "it is no regular file")
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


@dataclass(frozen=True)
class LostSource(Source):
    """A source that was named, and cannot be one: opening it says why, so that the others are read."""

    cause: str = ""

    def open(self) -> IO[bytes]:
        """Open nothing.

        :raises SourceFailed: always.
        """
        raise SourceFailed(str(self.path), self.cause)


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
            yield from _named_or_failing(place)


def check(argument: str) -> list[Source]:
    """Return the files that an argument names by a path or a folder, after refusing what cannot be meant.

    Addresses, and what a list or a folder holds, are not looked at: they are read, or named as failed, one by one.

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
            if found[0].size is None and not Path(part).is_dir():
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
    if argument.strip() and Path(argument.strip()).exists():  # a path may hold a comma
        return [argument.strip()]
    parts = [part.strip() for part in argument.split(",") if part.strip()]
    if not parts:
        raise UnreadableArchive(
            f"-a archive={argument} names no file; give a .warc.gz, a folder of them, a .wacz, an address or @LIST"
        )
    return parts


def _is_wacz(address: str) -> bool:
    return urlsplit(address).path.lower().endswith(_WACZ)


def _named(place: str) -> Iterator[Source]:
    """Yield the sources that one part of the argument names.

    :raises UnreadableArchive: see `_members`.
    """
    if is_address(place):
        yield Source(place, file_name(place), None)
    elif Path(place).is_dir():
        for file in _files_below(Path(place).absolute()):
            yield from _named_or_failing(str(file))
    else:
        yield from _sources_in(Path(place).absolute())


def _named_or_failing(place: str) -> Iterator[Source]:
    """Yield the sources that a place names; for one that cannot be meant, a source that fails when it is opened."""
    try:
        yield from _named(place)
    except UnreadableArchive as error:
        path = Path(place).absolute()
        yield LostSource(path, _name_of(path), None, cause=str(error))


def _files_below(folder: Path) -> list[Path]:
    """Return the archives below a folder by name, those in linked folders too; each folder once, so that links may lead
    in a ring."""
    met: set[tuple[int, int]] = set()
    found: list[Path] = []
    for place, folders, names in os.walk(folder, followlinks=True):
        state = Path(place).stat()
        if (state.st_dev, state.st_ino) in met:
            folders.clear()
            continue
        met.add((state.st_dev, state.st_ino))
        found += (Path(place, name) for name in names if name.lower().endswith((*WARC_NAMES, _WACZ)))
    return sorted(found)


def _sources_in(path: Path) -> Iterator[Source]:
    """Yield the sources of a file.

    :raises UnreadableArchive: see `_members`.
    """
    if path.suffix.lower() == _WACZ and path.is_file():
        yield from _members(path)
    else:
        yield Source(path, _name_of(path), path.stat().st_size if path.is_file() else None)


def _name_of(path: Path) -> str:
    """Return the name of a file as a dataset states it: bytes that are no UTF-8 are written as escapes."""
    return os.fsencode(path.name).decode(errors="backslashreplace")


def _members(wacz: Path) -> Iterator[Source]:
    """Yield the WARC members of a WACZ package; one that is encrypted or damaged fails when it is opened.

    :raises UnreadableArchive: see `members_of`.
    """
    for member in members_of(wacz):
        name = f"{_name_of(wacz)}/{member.name}"
        if member.fault:
            yield LostSource(wacz, name, member.size, cause=f"{member.name}: {member.fault}")
        elif member.start is None:
            yield Source(wacz, name, member.size, member=member.name)
        else:
            yield Source(wacz, name, member.size, member.start)
