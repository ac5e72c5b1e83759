"""A file that has its name only when it is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import UnwritableFile


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
