"""What every command does alike: settings are checked, errors are one line, the store and its lock are respected."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

import crawler.command_line
from crawler.commands.base import ExitStatus, KompasCommand
from crawler.errors import BadArgument, StoreBusy
from crawler.storage import RunLock, Store
from tests.commands.in_process import command, run
from tests.conftest import ROOT
from tests.forked import FORKS

NAMES = sorted(
    path.stem
    for path in Path(next(iter(crawler.command_line.__path__))).glob("*.py")
    if "\nclass Command(" in path.read_text(encoding="utf-8")
)
READERS = {
    "copy-store": ["other.db"],
    "coverage": [],
    "explain": ["2021/04/22/160600870"],
    "export": ["out.jsonl"],
    "export --bundle": ["--bundle", "out"],
    "reextract": [],
    "report": ["out.html"],
    "retry-failed": [],
    "search": ["kapal"],
}
"""Commands that read a store, with the arguments they need."""
ALONE = ("copy-store", "export --bundle", "reextract")
"""Those that want no run beside them."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for all that a command may leave behind."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_commands_are_found() -> None:
    """Without it the tests below check none."""
    assert {name.partition(" ")[0] for name in READERS} | {"crawl", "schema", "check-site", "draft-fixture"} == set(
        NAMES
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_built_on_the_base_and_has_its_status_from_it(name: str) -> None:
    """Without it one command prints a traceback where the others print a line."""
    made = type(command(name))
    assert issubclass(made, KompasCommand)
    assert made.run.__qualname__ == "KompasCommand.run"
    assert made.requires_project


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"KOMPAS_WORKER": "1"}, "there is no setting KOMPAS_WORKER; the nearest is KOMPAS_WORKERS"),
        ({"KOMPAS_RENDER": "sometimes"}, "KOMPAS_RENDER=sometimes cannot be used; give never, auto or always"),
        ({"JOBDIR": "queue"}, "JOBDIR=queue would keep a second queue"),
    ],
)
def test_every_command_refuses_settings_that_cannot_be_used(
    name: str, settings: dict[str, str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it one command takes for granted what another refuses."""
    assert run(name, **settings) == ExitStatus.REFUSED
    assert capsys.readouterr().err.startswith(f"kompas_global: {said}")
    assert list(folder.iterdir()) == []


def test_the_environment_is_checked_as_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it a typing error in a service file is never found."""
    monkeypatch.setenv("KOMPAS_CONTACTS", "sari@example.org")
    assert run("coverage") == ExitStatus.REFUSED
    assert "there is no setting KOMPAS_CONTACTS (an environment variable); the nearest is KOMPAS_CONTACT" in (
        capsys.readouterr().err
    )


def test_a_setting_of_the_environment_is_used_unless_the_command_line_has_another(tmp_path: Path) -> None:
    """Without it a container reads another store than the one it was given."""
    Store(str(tmp_path / "env.db")).close()

    def coverage(*options: str) -> str:
        return FORKS.run("scrapy", "coverage", *options, env={"KOMPAS_DB": str(tmp_path / "env.db")}).stderr

    assert coverage() == "kompas_global: 0 days, 0 of them short\n"
    assert f"there is no store {tmp_path}/other.db" in coverage("-s", f"KOMPAS_DB={tmp_path}/other.db")


@pytest.mark.parametrize("name", READERS)
def test_a_store_that_is_not_there_is_refused_and_not_made(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it a mistyped path is an empty store from then on, and an empty dataset."""
    path = folder / "store.db"
    assert run(name, *READERS[name], KOMPAS_DB=str(path)) == ExitStatus.REFUSED
    assert capsys.readouterr().err == (
        f"kompas_global: there is no store {path}; crawl first, or name it with -s KOMPAS_DB=PATH\n"
    )
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ALONE)
def test_a_command_that_wants_the_store_to_itself_declines_beside_a_run(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it a copy or a release shows two states of the store, or two programs write the same rows."""
    path = folder / "store.db"
    Store(str(path)).close()
    before = set(folder.iterdir())
    lock = RunLock(str(path))
    lock.acquire(0)
    try:
        assert run(name, *READERS[name], KOMPAS_DB=str(path)) == ExitStatus.BUSY
    finally:
        lock.release()
    assert capsys.readouterr().err == f"kompas_global: another run is at work in the store {path}\n"
    assert set(folder.iterdir()) - before <= {folder / "store.db.lock"}
    lock.acquire(0)
    lock.release()


@pytest.mark.parametrize("name", sorted(set(READERS) - set(ALONE) - {"retry-failed"}))
def test_a_command_that_only_reads_may_run_beside_a_run(name: str, folder: Path) -> None:
    """Without it the store cannot be read while a crawl of several days runs."""
    path = folder / "store.db"
    Store(str(path)).close()
    lock = RunLock(str(path))
    lock.acquire(0)
    try:
        assert run(name, *READERS[name], KOMPAS_DB=str(path)) in (ExitStatus.HEALTHY, ExitStatus.UNHEALTHY)
    finally:
        lock.release()


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("copy-store", [], "name the store to fill"),
        ("explain", [], "name one story"),
        ("explain", ["a", "b"], "name one story"),
        ("report", [], "name one file"),
        ("export", [], "name one file"),
        ("export", ["out.jsonl", "more"], "name one file"),
        ("export", ["--bundle", "out", "out.jsonl"], "name one file"),
        ("export", ["--bundle", "out", "--verify", "out"], "name one file"),
        ("crawl", [], "name one spider of this project: kompas_global"),
        ("coverage", ["2021-04-01"], "2021-04-01 is not expected"),
        ("coverage", ["--sinse", "2021-04-01"], "there is no option --sinse"),
        ("crawl", ["kompas_global", "--limit=3"], "there is no option --limit=3"),
        ("reextract", ["--dryrun"], "there is no option --dryrun"),
    ],
)
def test_arguments_that_are_too_many_too_few_or_unknown_are_refused(name: str, words: list[str], said: str) -> None:
    """Without it a mistyped option is ignored: a dry run that writes, a span of all years."""
    with pytest.raises(UsageError, match=said):
        run(name, *words)


class Toy(KompasCommand):
    """A command that ends as a test wants it to."""

    def __init__(self, end: Callable[[], int]) -> None:
        super().__init__()
        self.settings = Settings()
        self.end = end

    def short_desc(self) -> str:
        return ""

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        return self.end()


def raising(error: Exception) -> Callable[[], int]:
    def end() -> int:
        raise error

    return end


@pytest.mark.parametrize(
    ("end", "status", "said"),
    [
        (lambda: ExitStatus.HEALTHY, 0, ""),
        (lambda: ExitStatus.SHORT, 1, ""),
        (raising(BadArgument("salah; give another")), 2, "kompas_global: salah; give another\n"),
        (raising(StoreBusy("sibuk")), 3, "kompas_global: sibuk\n"),
        (raising(BrokenPipeError()), 1, ""),
    ],
)
def test_a_command_ends_with_its_status_and_an_error_is_one_line(
    end: Callable[[], int], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it cron cannot distinguish a bad night from a wrong path, and the user reads a traceback."""
    toy = Toy(end)
    toy.run([], argparse.Namespace())
    assert (toy.exitcode, capsys.readouterr().err) == (status, said)


def test_an_unexpected_error_is_not_hidden() -> None:
    """Without it a fault of the project looks like a mistake of the user."""
    with pytest.raises(KeyError):
        Toy(raising(KeyError("x"))).run([], argparse.Namespace())


@pytest.mark.parametrize("pipe", ["| head -1", "| true", "2>&1 | true"])
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path, pipe: str) -> None:
    """Without it `scrapy coverage | head` ends in a traceback, or with a status that no document explains."""
    Store(str(tmp_path / "store.db")).close()
    span = "--since 1999-01-01 --until 2021-01-01" if "head" in pipe else ""
    words = f"{sys.executable} -m scrapy coverage -s KOMPAS_DB={tmp_path}/store.db {span}"
    done = subprocess.run(
        ["bash", "-c", f"{words} {pipe}; echo ${{PIPESTATUS[0]}}"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Error" not in done.stderr + done.stdout
    assert done.stdout.splitlines()[-1] == "1"


@pytest.mark.parametrize(
    ("name", "words", "line"),
    [
        ("crawl", ["kompas_global"], "stopped; run the same command to continue"),
        ("coverage", [], "stopped"),
    ],
)
def test_ctrl_c_before_the_work_begins_is_one_line(
    name: str, words: list[str], line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it a person who no longer wants to wait for another run gets a traceback."""

    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(command(name)), "execute", interrupt)
    assert run(name, *words, KOMPAS_DB="store.db") == ExitStatus.UNHEALTHY
    assert capsys.readouterr().err == f"kompas_global: {line}\n"
