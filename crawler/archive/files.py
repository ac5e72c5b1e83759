"""Which files `-a archive=` means: WARCs, folders of them, and WACZ packages (zip files that hold WARCs)."""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawler.errors import UnreadableArchive

_WARC: Final = (".warc", ".warc.gz", ".warc.zst")


@dataclass(frozen=True)
class Source:
    """A WARC file to read, and what to call it in a record's provenance."""

    path: Path
    name: str


def expand(argument: str, scratch: Path) -> list[Source]:
    """Files named by a comma-separated list, folders in the order of their names.

    :param scratch: folder for WARCs that must be taken out of a WACZ.
    :raises UnreadableArchive: a path that is missing, a folder without a WARC, a broken WACZ.
    """
    files = [file for part in argument.split(",") if part.strip() for file in _expand_one(Path(part.strip()), scratch)]
    if not files:
        raise UnreadableArchive(f"-a archive={argument} names no file; give a .warc.gz, a folder of them, or a .wacz")
    return files


def _expand_one(path: Path, scratch: Path) -> Iterator[Source]:
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.name.endswith((*_WARC, ".wacz")))
        if not found:
            raise UnreadableArchive(f"the folder {path} holds no .warc, .warc.gz or .wacz file")
        for file in found:
            yield from _expand_one(file, scratch)
    elif not path.is_file():
        raise UnreadableArchive(f"the archive {path} does not exist; check -a archive=")
    elif path.suffix == ".wacz":
        yield from _unpack(path, scratch)
    else:
        yield Source(path, path.name)


def _unpack(wacz: Path, scratch: Path) -> Iterator[Source]:
    folder = Path(tempfile.mkdtemp(dir=scratch))  # packages of one name in several folders stay apart
    try:
        with zipfile.ZipFile(wacz) as package:
            for name in sorted(package.namelist()):
                if name.startswith("archive/") and name.endswith(_WARC):
                    target = folder / Path(name).name
                    with package.open(name) as member, target.open("wb") as out:
                        shutil.copyfileobj(member, out)
                    yield Source(target, f"{wacz.name}/{name}")
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableArchive(f"{wacz} is not a WACZ package, or is damaged ({error})") from error
