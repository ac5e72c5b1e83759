"""Atomic writes: a file or folder gets its name only when it is whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import BadArgument, UnwritableFile


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; rename it to `path` at the end, remove it on an error.

    :raises UnwritableFile: the folder is missing, read-only or full.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield aside
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise UnwritableFile(
            f"{path} cannot be written ({error.strerror}); name a file in a folder with room"
        ) from error
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def filled_aside(folder: Path) -> Iterator[Path]:
    """Yield an empty temporary folder beside `path`; rename it at the end, remove it on an error.

    :raises BadArgument: the path exists already.
    :raises UnwritableFile: the folder cannot be made or filled.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadArgument(f"{folder} is there already; name a folder that is not")
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        aside.mkdir()
        yield aside
        aside.replace(folder)
    except OSError as error:
        raise UnwritableFile(
            f"the folder {folder} cannot be filled ({error.strerror}); name one in a folder with room"
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
