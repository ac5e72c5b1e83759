"""The WARC members of a WACZ package: https://specs.webrecorder.net/wacz/1.1.1/."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawler.archive.window import NOT_UNPACKED
from crawler.errors import UnreadableArchive

WARC_NAMES: Final = (".warc", ".warc.gz", ".warc.zst")
"""Endings of the names of WARC files, in lower case."""
_FOLDER: Final = "archive/"
"""Folder of a package that holds its WARCs."""
_LOCAL_HEADER: Final = 30


@dataclass(frozen=True)
class Member:
    """A WARC inside a package."""

    name: str
    size: int
    """Bytes, as they lie in the package."""
    start: int | None
    """Where in the package it begins; None for one that is compressed once more, or cannot be opened."""
    fault: str | None = None
    """Why it cannot be opened."""


def members_of(wacz: Path) -> Iterator[Member]:
    """Yield the WARC members of a package, by name.

    :raises UnreadableArchive: no zip file, or one of which no WARC member can be opened.
    """
    try:
        with zipfile.ZipFile(wacz) as package:
            infos = [info for info in package.infolist() if _is_warc(info.filename)]
            found = [_member(wacz, package, info) for info in sorted(infos, key=lambda info: info.filename)]
    except (*NOT_UNPACKED, OSError) as error:
        raise UnreadableArchive(f"{wacz} is not a WACZ package, or is damaged ({error})") from error
    if found and all(member.fault for member in found):
        raise UnreadableArchive(f"{wacz} is not a WACZ package, or is damaged ({found[0].fault})")
    yield from found


def _is_warc(name: str) -> bool:
    return name.startswith(_FOLDER) and name.lower().endswith(WARC_NAMES)


def _member(wacz: Path, package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    try:
        package.open(info).close()  # checks the member's own header, and that it is not encrypted
    except (*NOT_UNPACKED, OSError) as error:
        return Member(info.filename, info.compress_size, None, str(error))
    if info.compress_type != zipfile.ZIP_STORED:
        return Member(info.filename, info.compress_size, None)
    return Member(info.filename, info.file_size, _data_start(wacz, info))


def _data_start(wacz: Path, info: zipfile.ZipInfo) -> int:
    with wacz.open("rb") as file:
        file.seek(info.header_offset)
        header = file.read(_LOCAL_HEADER)
    name, extra = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    return info.header_offset + _LOCAL_HEADER + name + extra
