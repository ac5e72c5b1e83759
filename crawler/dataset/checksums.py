"""`SHA256SUMS`: one line per file, as `sha256sum --check` reads it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

NAME: Final = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """Write the checksums of every other file below the folder, by name.

    :raises OSError: a file cannot be read or written.
    """
    lines = [f"{sha256(folder / name)}  {name}\n" for name in files_in(folder)]
    (folder / NAME).write_text("".join(lines), encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_in(folder: Path) -> list[str]:
    """Return the names of all files below a folder except the checksums, with `/` between folders."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != NAME
    )


def checksum_faults(folder: Path) -> Iterator[str]:
    """Return one sentence for each file that is missing, new or changed.

    :raises OSError: the list or a file cannot be read.
    """
    stated: dict[str, str] = {}
    for line in (folder / NAME).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        stated[name] = digest
    there = set(files_in(folder))
    yield from (f"{name} is missing" for name in sorted(stated.keys() - there))
    yield from (f"{name} is not listed in {NAME}" for name in sorted(there - stated.keys()))
    for name in sorted(there & stated.keys()):
        if sha256(folder / name) != stated[name]:
            yield f"{name} was changed: its bytes are not those of {NAME}"
