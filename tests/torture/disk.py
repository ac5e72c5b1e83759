"""A model of a disk: what is on it after a power cut, as a function of the operations before."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from tests.torture.traced import Operation

POINTS: Final = ("sync", "rename", "truncate")
SECTOR: Final = 512

Files = dict[str, bytes]
"""Path -> content."""


@dataclass
class _File:
    """A file by its identity, which a rename does not change."""

    data: bytearray = field(default_factory=bytearray)
    synced: bytes = b""


@dataclass(frozen=True)
class Snapshot:
    """The disk just before an operation takes effect, in one of the states."""

    number: int
    """Of the operation."""
    point: str
    """Kind and path of the operation."""
    state: str
    files: Files
    written: Files
    """All files as the process had written them."""

    @property
    def digest(self) -> str:
        digest = hashlib.sha256()
        for path, data in sorted(self.files.items()):
            digest.update(f"{path}\0{len(data)}\0".encode())
            digest.update(data)
        return digest.hexdigest()

    def lay_out(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        for path, data in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)


class Disk:
    """Files below one folder, as they are written and as they are synced.

    A sync of a file makes its content durable. A sync of a folder makes the names in it durable: new files, renames and
    removals. No order is kept between the two, and nothing else becomes durable by itself, which is less than any file
    system promises.
    """

    def __init__(self, files: Files) -> None:
        """Begin with files that are on the disk."""
        self._names = {path: _File(bytearray(data), data) for path, data in files.items()}
        self._durable = dict(self._names)
        self._folders = {
            "",
            *(str(parent).removeprefix(".") for path in files for parent in PurePosixPath(path).parents),
        }
        self._durable_folders = set(self._folders)
        self._last: tuple[str, int, bytes, bytes] | None = None

    def snapshots(self, operations: Iterable[Operation]) -> Iterator[Snapshot]:
        """Yield the states before each sync, rename and truncation, and at the end."""
        number = -1
        for number, operation in enumerate(operations):
            if operation.kind in POINTS:
                yield from self._states(number, f"{operation.kind} {operation.path}")
            self._apply(operation)
        yield from self._states(number + 1, "end")

    def _states(self, number: int, point: str) -> Iterator[Snapshot]:
        written = {path: bytes(file.data) for path, file in self._names.items()}
        lost = {path: file.synced for path, file in self._durable.items() if _folder_of(path) in self._durable_folders}
        states = {
            "killed": written,
            "unsynced lost": lost,
            "unsynced lost, names kept": {path: file.synced for path, file in self._names.items()},
            "last write torn": self._torn(written),
        }
        for state, files in states.items():
            yield Snapshot(number, point, state, files, written)

    def _torn(self, written: Files) -> Files:
        """Return the files with the first half of the last write only."""
        if self._last is None or self._last[0] not in written:
            return written
        path, at, before, data = self._last
        half = len(data) // 2 // SECTOR * SECTOR or len(data) // 2
        whole = written[path]
        torn = whole[: at + half] + before[half:] + (whole[at + len(data) :] if len(before) == len(data) else b"")
        return {**written, path: torn}

    def _apply(self, operation: Operation) -> None:
        path = operation.path
        match operation.kind:
            case "create":
                self._names.setdefault(path, _File())
            case "write":
                self._write(path, operation.at, operation.data)
            case "truncate":
                data = self._names[path].data
                del data[operation.at :]
                data.extend(bytes(operation.at - len(data)))
            case "sync" if path in self._names:
                self._names[path].synced = bytes(self._names[path].data)
                self._last = None if self._last and self._last[0] == path else self._last
            case "sync":
                self._sync_folder(path)
            case "rename":
                self._rename(path, operation.to)
            case "remove":
                self._names.pop(path, None)
                self._folders.discard(path)
            case "mkdir":
                self._folders.add(path)

    def _write(self, path: str, at: int, data: bytes) -> None:
        content = self._names[path].data
        at = len(content) if at < 0 else at
        content.extend(bytes(max(0, at - len(content))))
        self._last = (path, at, bytes(content[at : at + len(data)]), data)
        content[at : at + len(data)] = data

    def _sync_folder(self, folder: str) -> None:
        assert folder in self._folders, folder
        here = {path: file for path, file in self._names.items() if _folder_of(path) == folder}
        elsewhere = {path: file for path, file in self._durable.items() if _folder_of(path) != folder}
        self._durable = {**elsewhere, **here}
        inside = {name for name in self._folders if name and _folder_of(name) == folder}
        outside = {name for name in self._durable_folders if not name or _folder_of(name) != folder}
        self._durable_folders = inside | outside

    def _rename(self, old: str, new: str) -> None:
        if old in self._names:
            self._names[new] = self._names.pop(old)
            return
        for path in [path for path in self._names if path.startswith(f"{old}/")]:
            self._names[new + path.removeprefix(old)] = self._names.pop(path)
        for name in [name for name in self._folders if name == old or name.startswith(f"{old}/")]:
            self._folders.discard(name)
            self._folders.add(new + name.removeprefix(old))


def _folder_of(path: str) -> str:
    return path.rpartition("/")[0]
