"""Commands end with a sentence and a status, whatever their streams, arguments and stores are."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.commands.base import ExitStatus
from crawler.storage import Beginning, Store
from tests.commands.in_process import run
from tests.commands.test_base import folder
from tests.conftest import ROOT
from tests.make import STORY, make_article

__all__ = ["folder"]
TITLE = "Kapal “Riset” \U0001f600 pulang \x1b[2J\x9b\u202e"


def shell(line: str, store: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell; `$scrapy` is the program, on a store."""
    words = f"{sys.executable} -m scrapy"
    env = {**os.environ, **environment, "scrapy": words, "KOMPAS_DB": str(store), "KOMPAS_WARC_DIR": ""}
    return subprocess.run(["bash", "-c", line], cwd=ROOT, env=env, capture_output=True, check=False)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "store.db"
    with closing(Store(str(path))) as made:
        made.save(make_article(title=TITLE))
    return path


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_cannot_write_a_letter_gets_an_escape(encoding: str, store: Path) -> None:
    """Without it one curly quotation mark ends a command in a traceback."""
    done = shell(f"$scrapy explain {STORY}", store, PYTHONIOENCODING=encoding)
    assert b"Traceback" not in done.stderr
    assert b"Kapal \\u201cRiset\\u201d" in done.stdout


def test_nothing_that_is_printed_acts_on_the_terminal(store: Path) -> None:
    """Without it a headline clears the screen, renames the window, or turns a line round."""
    done = shell(f"$scrapy explain {STORY}", store)
    assert r"“Riset” 😀 pulang \u001b[2J\u009b\u202e" in done.stdout.decode()
    assert done.stdout.decode().replace("\n", "").isprintable()


@pytest.mark.parametrize("line", ["$scrapy coverage 2>&-", "$scrapy coverage >&-", "$scrapy coverage <&- >&- 2>&-"])
def test_a_closed_stream_is_no_reason_to_stop(line: str, store: Path) -> None:
    """Without it a cron job without stderr crawls nothing and reports nothing."""
    done = shell(line, store)
    assert done.returncode == ExitStatus.SHORT
    assert b"Traceback" not in done.stderr


def test_a_crawl_without_stderr_crawls(tmp_path: Path) -> None:
    """Without it a cron job without stderr crawls nothing and reports nothing."""
    archive = ROOT / "samples" / "kompas_lookalike.warc.gz"
    words = f"-a archive={archive} -a limit=1 -s KOMPAS_WORKERS=1"
    done = shell(f"$scrapy crawl kompas_global {words} 2>&-", tmp_path / "s.db")
    assert done.returncode == ExitStatus.HEALTHY
    with closing(Store.to_read(str(tmp_path / "s.db"))) as made:
        assert len(list(made.articles())) == 1


def test_a_full_disk_behind_the_output_is_one_sentence(store: Path) -> None:
    """Without it a list that ends in the middle ends with status 0, or in a traceback."""
    for line in ("$scrapy coverage --runs >/dev/full", "$scrapy coverage >/dev/full"):
        done = shell(line, store)
        assert b"Traceback" not in done.stderr
    assert done.returncode == ExitStatus.UNHEALTHY
    assert b"kompas_global: the output cannot be read or written (No space left on device)\n" in done.stderr


@pytest.mark.parametrize("words", [["export", "out.csv"], ["export", "out.jsonl"], ["report", "out.html"]])
def test_a_damaged_value_is_one_sentence(
    words: list[str], folder: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it a command ends in a traceback, or writes a line that no program can read."""
    (folder / "damaged.db").write_bytes(store.read_bytes())
    with closing(sqlite3.connect(folder / "damaged.db")) as connection, connection:
        connection.execute("""update articles set tags = '["x'""")
    assert run(*words, KOMPAS_DB="damaged.db") == ExitStatus.REFUSED
    said = capsys.readouterr().err
    assert said.startswith("kompas_global: the store damaged.db holds what cannot be read (")
    assert said.count("\n") == 1
    assert not list(folder.glob("*out*"))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("words", [["export", "out.csv"], ["coverage"], ["report", "out.html"]])
def test_a_day_outside_of_the_site_is_refused(
    day: str, words: list[str], store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it the calendar ends before the command does, in a traceback."""
    assert run(*words, "--since", day, KOMPAS_DB=str(store)) == ExitStatus.REFUSED
    assert f"--since {day} is not a day of the site, which began in 1995" in capsys.readouterr().err


def test_json_stays_json_on_any_terminal(store: Path) -> None:
    """Without it a machine that reads the output of cron meets what is no JSON."""
    with closing(Store(str(store))) as made:
        made.runs.begin(beginning())
    done = shell("$scrapy coverage --runs --json", store, PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["job"] == TITLE


def beginning() -> Beginning:
    return Beginning(TITLE, datetime(2026, 4, 18, tzinfo=UTC), "laptop", 1, "1.0.0", "1")
