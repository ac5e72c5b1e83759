"""No command writes onto a store, its side files, another database or an archived crawl, whatever name leads there."""

import gzip
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from crawler.commands.base import ExitStatus
from crawler.outputs import local_path
from crawler.own_settings import values
from crawler.storage import Beginning, Store
from tests.commands.in_process import run
from tests.commands.test_base import NAMES, folder
from tests.make import make_article

__all__ = ["folder"]

OUTPUTS: Final = {
    "export": ["{}", "--format", "csv"],
    "export of a database": ["{}", "--format", "sqlite"],
    "export --bundle": ["--bundle", "{}"],
    "export --what": ["{}", "--format", "jsonl", "--what", "words"],
    "report": ["{}"],
    "check-site": ["--bundle", "{}"],
    "draft-fixture": ["page.html", "{}"],
    "copy-store": ["{}"],
    "crawl": ["kompas_global", "-O", "{}:jsonl"],
    "crawl -o": ["kompas_global", "-o", "{}:jsonl"],
    "crawl --logfile": ["kompas_global", "--logfile", "{}"],
    "retry-failed": ["-O", "{}:jsonl"],
    "coverage": ["-s", "KOMPAS_HEARTBEAT={}"],
    "explain": ["2021/04/22/160600870", "--pidfile", "{}"],
    "reextract": ["--profile", "{}"],
}
"""Every way to name an output; `{}` stands for its path."""
WITHOUT: Final = {"schema", "search"}
"""Commands that write the same files always, or none."""
NAMED: Final = ("store.db", "link.db", "hard.db", "store.db-wal", "store.db-shm", "store.db.lock", "other.db")
PROTECTED: Final = (*NAMED, "foreign.db", "other.db-wal", "crawl.warc.gz", "crawl.jsonl", "open.warc.gz.open")


def make_store(path: Path) -> None:
    store = Store(str(path))
    store.runs.begin(Beginning("daily", datetime(2026, 4, 18, tzinfo=UTC), "laptop", 1, "1.0.0", "1"))
    store.save(make_article())
    store.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two stores with a run each."""
    folder = tmp_path_factory.mktemp("made")
    make_store(folder / "store.db")
    make_store(folder / "other.db")
    return folder


@pytest.fixture
def things(folder: Path, made: Path) -> Path:
    """A store, its links, another one, a database of another program, and WARCs under honest and other names."""
    for name in ("store.db", "other.db"):
        shutil.copy(made / name, folder / name)
    (folder / "store.db.lock").touch()
    (folder / "link.db").symlink_to("store.db")
    os.link(folder / "store.db", folder / "hard.db")
    with closing(sqlite3.connect(folder / "foreign.db")) as foreign, foreign:
        foreign.execute("create table songs (name)")
    (folder / "crawl.warc.gz").write_bytes(gzip.compress(b"WARC/1.1\r\n"))
    (folder / "crawl.jsonl").write_bytes(gzip.compress(b"WARC/1.1\r\n"))
    (folder / "open.warc.gz.open").write_bytes(b"\x1f")
    return folder


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_every_command_is_here() -> None:
    """Without it a new command writes where it likes."""
    assert {name.partition(" ")[0] for name in OUTPUTS} | WITHOUT == set(NAMES)


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("target", PROTECTED)
def test_what_was_collected_is_never_an_output(
    name: str, target: str, things: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it a slip in a command replaces years of collecting by its output, with status 0."""
    before = state(things)
    words = [word.format(target) for word in OUTPUTS[name]]
    assert run(name, *words, KOMPAS_DB="store.db") == ExitStatus.REFUSED
    said = capsys.readouterr().err
    assert said.startswith("kompas_global: ")
    assert target in said
    assert said.count("\n") == 1
    assert state(things) == before


@pytest.mark.parametrize("word", ["./store.db", "folder/../store.db", "{}/store.db"])
def test_another_spelling_of_the_path_is_the_same_file(
    word: str, things: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it only the plainest slip is stopped."""
    (things / "folder").mkdir()
    before = state(things)
    assert run("export", word.format(things), "--format", "jsonl", KOMPAS_DB="store.db") == ExitStatus.REFUSED
    assert "is the store store.db; name another file, nothing was changed" in capsys.readouterr().err
    assert state(things) == before


def test_a_side_file_that_is_not_there_yet_is_protected(things: Path) -> None:
    """Without it an export becomes the journal of a store, which SQLite then plays back into it."""
    for name in ("store.db-wal", "other.db-shm", "other.db.lock"):
        (things / name).unlink(missing_ok=True)
        assert run("export", name, "--format", "jsonl", KOMPAS_DB="store.db") == ExitStatus.REFUSED
        assert not (things / name).exists()


def test_an_export_may_be_replaced_by_the_next_one(things: Path) -> None:
    """Without it a nightly export into the same database works once."""
    for _ in range(2):
        assert run("export", "export.db", KOMPAS_DB="store.db") == ExitStatus.HEALTHY
    assert run("export", "export.jsonl", KOMPAS_DB="store.db") == ExitStatus.HEALTHY


def test_a_replaced_file_keeps_its_rights_and_a_link_stays_a_link(things: Path) -> None:
    """Without it a private export becomes public, and the file behind a link is never renewed."""
    (things / "real.jsonl").write_text("lama")
    (things / "real.jsonl").chmod(0o600)
    (things / "latest.jsonl").symlink_to("real.jsonl")
    assert run("export", "latest.jsonl", KOMPAS_DB="store.db") == ExitStatus.HEALTHY
    assert (things / "latest.jsonl").is_symlink()
    assert b"160600870" in (things / "real.jsonl").read_bytes()
    assert (things / "real.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_device_is_written_to(things: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Without it `/dev/stdout` is replaced by a file, and the reader of the pipe gets nothing."""
    for name in ("/dev/stdout", "/dev/null"):
        assert run("export", name, "--format", "jsonl", KOMPAS_DB="store.db") == ExitStatus.HEALTHY
    assert capfd.readouterr().out.count('"id"') == 1
    assert Path("/dev/null").is_char_device()
    assert run("export", "/dev/null", "--format", "sqlite", KOMPAS_DB="store.db") == ExitStatus.REFUSED


def test_a_pipe_is_written_to(things: Path) -> None:
    """Without it a program that waits at a pipe waits without end."""
    os.mkfifo(things / "pipe")
    reader = os.open(things / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run("export", "pipe", "--format", "jsonl", KOMPAS_DB="store.db") == ExitStatus.HEALTHY
    assert os.read(reader, 100).startswith(b'{"id"')
    os.close(reader)
    assert (things / "pipe").is_fifo()


@pytest.mark.parametrize("name", ["export", "report", "export --bundle"])
def test_a_folder_that_cannot_be_written_is_one_sentence(
    name: str, things: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it a missing or read-only folder ends in a traceback."""
    words = [word.format("/proc/self/no/out") for word in OUTPUTS[name]]
    assert run(name, *words, **{**values({}), "KOMPAS_DB": "store.db"}) == ExitStatus.REFUSED
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("target", ["stdout:", "-", "s3://bucket/x.jsonl", ""])
def test_what_is_no_file_is_left_to_its_writer(target: str) -> None:
    """Without it a feed to another machine is taken for a path."""
    assert local_path(target) is None
