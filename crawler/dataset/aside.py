"""Atomic writes: a file or folder gets its name only when it is whole and on disk."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from crawler.errors import BadArgument, UnwritableFile
from crawler.folders import sync_folder

_DEVICES: Final = (Path("/dev"), Path("/proc"))
"""Folders of names for open streams, such as `/dev/stdout`, which may stand for a regular file."""


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; rename it to `path` at the end, remove it on an error.

    A link stays, and the file that it names is replaced. A device or a pipe is written to: the path itself is given.

    :raises UnwritableFile: the folder is missing, read-only or full.
    """
    try:
        if is_stream(path):
            yield path
            return
        target = Path(os.path.realpath(path))
        with _temporary(target) as aside:
            os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            if target.exists():
                aside.chmod(target.stat().st_mode & 0o777)
            yield aside
            _sync(aside)
            aside.replace(target)
            sync_folder(target.parent)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnwritableFile(
            f"{path} cannot be written ({error.strerror}); name a file in a folder with room"
        ) from error


@contextmanager
def filled_aside(folder: Path) -> Iterator[Path]:
    """Yield an empty temporary folder beside `folder`; rename it at the end, remove it on an error.

    :raises BadArgument: the path exists already.
    :raises UnwritableFile: the folder cannot be made or filled.
    """
    target = Path(os.path.realpath(folder))
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise BadArgument(f"{folder} is there already; name a folder that is not")
        with _temporary(target) as aside:
            aside.mkdir()
            yield aside
            for name in (*aside.rglob("*"), aside):
                _sync(name)
            aside.replace(target)
            sync_folder(target.parent)
    except OSError as error:
        raise UnwritableFile(
            f"the folder {folder} cannot be filled ({error.strerror}); name one in a folder with room"
        ) from error


def is_stream(path: Path) -> bool:
    """Return whether a path names a device, a pipe or an open stream, which is written to and never replaced.

    :raises OSError: a folder on the way may not be entered.
    """
    if any(folder in path.absolute().parents for folder in _DEVICES):
        return path.exists()
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """Yield a new name beside a path; remove at the end what still has it."""
    aside = target.parent / f".{target.name}.{secrets.token_hex(4)}.part"
    try:
        yield aside
    finally:
        if aside.is_dir():
            shutil.rmtree(aside, ignore_errors=True)
        with suppress(OSError):  # the error that led here is raised; a read-only folder has nothing to remove
            aside.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Write a file, or the names in a folder, to the disk."""
    if path.is_dir():
        sync_folder(path)
        return
    with path.open("rb") as file:
        os.fsync(file.fileno())
