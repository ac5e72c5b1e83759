"""A file, or a folder, that has its name only when it is whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import BadArgument, UnwritableFile


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A path beside the given one to write to; renamed to it at the end, removed when something goes wrong.

    :raises UnwritableFile: the folder is not there, may not be written, or is full.
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
    """An empty folder beside the given one; renamed to it at the end, removed when something goes wrong.

    :raises BadArgument: something is there already.
    :raises UnwritableFile: it cannot be made or filled.
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
