"""`scrapy copy-store`, and every other command on the copy: on a server they say what they say on a file."""

import hashlib
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crawler.storage import Store
from tests.commands.conftest import Command
from tests.make import make_failure
from tests.servers import PostgreSQL, free_port

Both = Callable[..., str]
STORY = "2021/04/22/204812970"


@pytest.fixture
def copied(command: Command, read_store: Path, postgres: PostgreSQL) -> str:
    """The address of a copy of the store, made by the command."""
    with closing(Store(str(read_store))) as store:
        store.record_failure(make_failure())
    url = postgres.new_database()
    told = command("copy-store", url)
    assert (told.status, told.verdict) == (0, [f"kompas_global: all of {read_store} is in {url}, read back and equal"])
    assert re.search(r"^ +\d\d  articles$", told.stdout, re.MULTILINE)
    return url


@pytest.fixture
def both(command: Command, read_store: Path, copied: str) -> Both:
    """Run a command on the store and on its copy; return what both print."""

    def run(*arguments: str) -> str:
        here, there = command(*arguments), command(*arguments, db=copied)
        assert (here.status, here.stdout) == (there.status, there.stdout)
        assert here.verdict == there.verdict
        return here.stdout

    return run


def test_the_commands_that_look_say_the_same_of_both(both: Both, day_archive: Path) -> None:
    """Without it a store on a server cannot be inspected."""
    assert both("coverage") == "day         pages  listed  stored  excluded  failed  missing  linked\n"
    assert "archive=" in both("coverage", "--runs")
    assert "related/line: " in both("explain", STORY, "--archive", str(day_archive))
    assert ": 0 changed, 0 cannot be read" in both("reextract", "--archive", str(day_archive))


def test_the_commands_that_write_write_the_same_of_both(command: Command, copied: str, tmp_path: Path) -> None:
    """Without it a dataset depends on where its store happens to lie."""

    def written(folder: Path, db: str) -> dict[str, str]:
        folder.mkdir()
        for name in ("out.jsonl", "out.parquet", "out.db"):
            assert command("export", str(folder / name), db=db).status == 0
        assert command("export", "--bundle", str(folder / "bundle"), db=db).status == 0
        files = (path for path in folder.rglob("*") if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    assert written(tmp_path / "here", "") == written(tmp_path / "there", copied)
    assert command("report", str(tmp_path / "report.html"), db=copied).status == 0  # it says when it was made


def test_what_cannot_be_copied_is_reported_in_one_line(command: Command, read_store: Path, copied: str) -> None:
    """Without it a copy over another store is a traceback or a loss."""
    assert command("copy-store", str(read_store)).status == 2
    assert "holds articles already; name an empty one" in command("copy-store", copied).verdict[0]
    unreachable = f"postgresql://kompas@127.0.0.1:{free_port()}/kompas"
    assert "cannot be reached" in command("copy-store", unreachable).verdict[0]


def test_the_copy_back_is_a_store_like_any_other(command: Command, copied: str, tmp_path: Path) -> None:
    """Without it the way to a server is a way of no return."""
    back = tmp_path / "back.db"
    assert command("copy-store", str(back), db=copied).status == 0
    with closing(Store(copied)) as there, closing(Store(str(back))) as here:
        assert list(here.articles()) == list(there.articles())
