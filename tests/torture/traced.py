"""The file operations of a command, as strace sees them."""

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.conftest import ROOT

CALLS: Final = (
    "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fsync,fdatasync,sync_file_range,"
    "rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,lseek,copy_file_range,sendfile,fallocate"
)
_CALL: Final = re.compile(r"(?P<call>\w+)\((?P<arguments>.*)\)\s+= (?P<result>-?\d+)")
_UNFINISHED: Final = " <unfinished ...>"
_RESUMED: Final = re.compile(r"<\.\.\. \w+ resumed>")
_PATH: Final = re.compile(r"(?P<fd>-?\w+)<(?P<path>(?:\\x[0-9a-f]{2})*)>(?P<gone>\(deleted\))?")
_STRING: Final = re.compile(r'"(?P<hex>(?:\\x[0-9a-f]{2})*)"(?P<cut>\.\.\.)?')
_RENAMES: Final = ("rename", "renameat", "renameat2")
_REMOVES: Final = ("unlink", "unlinkat", "rmdir")
UNKNOWN: Final = ("link", "linkat", "copy_file_range", "sendfile", "fallocate", "writev", "pwritev", "pwritev2")
"""Calls that the model of the disk does not know. One on a file of the folder is an error of the harness."""


@dataclass(frozen=True)
class Operation:
    """A change of a file below the folder, or a sync."""

    kind: str
    """`create`, `write`, `truncate`, `sync`, `rename`, `remove`, `mkdir`."""
    path: str
    """Relative to the folder; empty for the folder itself."""
    data: bytes = b""
    at: int = 0
    """Offset of a write, -1 for the end of the file; length after a truncation."""
    to: str = ""
    """New name."""


def trace(command: Sequence[str], folder: Path, log: Path, env: Mapping[str, str]) -> tuple[int, list[Operation]]:
    """Run a command and return its exit status with what it did below a folder."""
    tracer = ["strace", "-f", "-qq", "-y", "-xx", "-s", str(1 << 24), "--seccomp-bpf", "-e", f"trace={CALLS}"]
    done = subprocess.run(
        [*tracer, "-o", str(log), *command], cwd=ROOT, env=dict(env), capture_output=True, text=True, check=False
    )
    with log.open(encoding="ascii", errors="replace") as lines:
        found = list(_Parser(folder).operations(lines))
    return done.returncode, found


@dataclass
class _Parser:
    """Follows the positions of open files, which a plain `write` does not state."""

    folder: Path
    positions: dict[str, int] = field(default_factory=dict)
    """File descriptor -> position; -1 for a file opened to append."""

    def operations(self, lines: Iterator[str]) -> Iterator[Operation]:
        waiting: dict[str, str] = {}
        for line in lines:
            process, _, rest = line.rstrip("\n").partition(" ")
            rest = rest.strip()
            if rest.endswith(_UNFINISHED):
                waiting[process] = rest.removesuffix(_UNFINISHED)
                continue
            if _RESUMED.match(rest):
                rest = waiting.pop(process) + _RESUMED.sub("", rest, count=1)
            call = _CALL.match(rest)
            if call and int(call["result"]) >= 0:
                yield from self._operation(call["call"], call["arguments"], int(call["result"]))

    def _operation(self, call: str, arguments: str, result: int) -> Iterator[Operation]:
        if call in ("openat", "open", "creat"):
            yield from self._opened(arguments, result)
        elif call in (*_RENAMES, *_REMOVES, "mkdir", "mkdirat"):
            yield from self._named(call, arguments)
        else:
            yield from self._on_open_file(call, arguments, result)

    def _opened(self, arguments: str, result: int) -> Iterator[Operation]:
        self.positions[str(result)] = -1 if "O_APPEND" in arguments else 0
        path = self._below(_strings(arguments)[0])
        if path is None:
            return
        if "O_CREAT" in arguments:
            yield Operation("create", path)
        if "O_TRUNC" in arguments:
            yield Operation("truncate", path)

    def _named(self, call: str, arguments: str) -> Iterator[Operation]:
        old, *new = map(self._below, _strings(arguments))
        if old is None:
            return
        if call in _RENAMES:
            assert new[0] is not None, "a file leaves the folder"
            yield Operation("rename", old, to=new[0])
        else:
            yield Operation("remove" if call in _REMOVES else "mkdir", old)

    def _on_open_file(self, call: str, arguments: str, result: int) -> Iterator[Operation]:
        file = _PATH.match(arguments)
        if not file or file["gone"]:
            return
        path, fd = self._below(_decoded(file["path"])), file["fd"]
        if path is None:
            return
        assert call not in UNKNOWN, f"{call} on {path}"
        if call in ("fsync", "fdatasync"):
            yield Operation("sync", path)
        elif call == "ftruncate":
            yield Operation("truncate", path, at=int(arguments.rpartition(", ")[2]))
        elif call == "lseek" and self.positions.get(fd) != -1:
            self.positions[fd] = result
        elif call == "pwrite64":
            yield Operation("write", path, _strings(arguments)[0][:result], int(arguments.rpartition(", ")[2]))
        elif call == "write":
            position = self.positions.get(fd, 0)
            yield Operation("write", path, _strings(arguments)[0][:result], position)
            self.positions[fd] = position if position == -1 else position + result

    def _below(self, raw: bytes) -> str | None:
        """Return a path relative to the folder; None for one outside of it, and for shared memory."""
        path = ROOT / raw.decode("utf-8", "replace")
        if path.name.endswith("-shm") or not path.is_relative_to(self.folder):
            return None
        return str(path.relative_to(self.folder)).removeprefix(".")


def _strings(arguments: str) -> list[bytes]:
    found = list(_STRING.finditer(arguments))
    assert not any(string["cut"] for string in found), "strace cut a string"
    return [_decoded(string["hex"]) for string in found]


def _decoded(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
