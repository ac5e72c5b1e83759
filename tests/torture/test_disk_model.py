"""The model of a disk and the reading of a trace, on which the tests of power cuts rest."""

from pathlib import Path

import pytest

from tests.torture.disk import Disk, Files
from tests.torture.traced import Operation, _Parser

NEW = [Operation("create", "a"), Operation("write", "a", b"one\n", 0)]
SYNCED = [*NEW, Operation("sync", "a"), Operation("sync", "")]


def states(operations: list[Operation], before: Files | None = None) -> dict[str, Files]:
    """Return the states at the end."""
    end = [one for one in Disk(before or {}).snapshots(operations) if one.point == "end"]
    return {one.state: one.files for one in end}


@pytest.mark.parametrize(
    ("operations", "lost", "names_kept"),
    [
        (NEW, {}, {"a": b""}),
        ([*NEW, Operation("sync", "a")], {}, {"a": b"one\n"}),
        ([*NEW, Operation("sync", "")], {"a": b""}, {"a": b""}),
        (SYNCED, {"a": b"one\n"}, {"a": b"one\n"}),
        ([*SYNCED, Operation("write", "a", b"two\n", -1)], {"a": b"one\n"}, {"a": b"one\n"}),
        ([*SYNCED, Operation("rename", "a", to="b")], {"a": b"one\n"}, {"b": b"one\n"}),
        ([*SYNCED, Operation("rename", "a", to="b"), Operation("sync", "")], {"b": b"one\n"}, {"b": b"one\n"}),
        ([*SYNCED, Operation("remove", "a")], {"a": b"one\n"}, {}),
        ([*SYNCED, Operation("truncate", "a", at=2)], {"a": b"one\n"}, {"a": b"one\n"}),
        ([Operation("mkdir", "d"), Operation("create", "d/a"), Operation("sync", "d")], {}, {"d/a": b""}),
    ],
)
def test_only_what_was_synced_is_left_after_a_power_cut(
    operations: list[Operation], lost: Files, names_kept: Files
) -> None:
    """Without it the harness tries states that no disk comes to, or leaves out those that one does."""
    found = states(operations)
    assert found["unsynced lost"] == lost
    assert found["unsynced lost, names kept"] == names_kept


def test_half_of_the_last_write_is_left_unless_it_was_synced() -> None:
    """Without it a page that is written in part is never met."""
    write = Operation("write", "a", b"x" * 4096, 0)
    before = {"a": b"o" * 4096}
    assert states([write], before)["last write torn"]["a"] == b"x" * 2048 + b"o" * 2048
    assert states([write, Operation("sync", "a")], before)["last write torn"]["a"] == b"x" * 4096


def hexed(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def test_a_trace_is_read_as_operations(tmp_path: Path) -> None:
    """Without it a write that another thread interrupted, or one without an offset, is lost from the record."""
    a, outside = hexed(str(tmp_path / "a")), hexed("/etc/x")
    lines = [
        f'7 openat(AT_FDCWD<{outside}>, "{a}", O_WRONLY|O_CREAT|O_CLOEXEC, 0666) = 3<{a}>',
        f'7 openat(AT_FDCWD<{outside}>, "{outside}", O_WRONLY|O_CREAT, 0666) = 4<{outside}>',
        f'7 write(3<{a}>, "{hexed("one")}", 3) = 3',
        f'7 write(3<{a}>, "{hexed("two")}", 3 <unfinished ...>',
        f'8 write(4<{outside}>, "{hexed("no")}", 2) = 2',
        "7 <... write resumed>) = 2",
        f'7 pwrite64(3<{a}>, "{hexed("x")}", 1, 9) = 1',
        f"7 fdatasync(3<{a}>) = 0",
        f'7 unlink("{a}") = 0',
        f'7 unlink("{a}") = -1 ENOENT (No such file or directory)',
    ]
    assert list(_Parser(tmp_path).operations(iter(lines))) == [
        Operation("create", "a"),
        Operation("write", "a", b"one", 0),
        Operation("write", "a", b"tw", 3),
        Operation("write", "a", b"x", 9),
        Operation("sync", "a"),
        Operation("remove", "a"),
    ]
