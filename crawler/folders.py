"""Folders whose names survive a power cut: a file is safe when its content and the folder with its name are synced."""

import errno
import os
from pathlib import Path
from typing import Final

_NOT_SUPPORTED: Final = frozenset((errno.EINVAL, errno.ENOTSUP))
"""Errors of network file systems that do not sync folders; SQLite ignores them, too."""


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents; their names are on the disk when this returns.

    :raises OSError: it cannot be made.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Write the names in a folder to the disk: of new, renamed and removed files.

    :raises OSError: the folder cannot be opened, or the disk fails.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED:
            raise
    finally:
        os.close(handle)
