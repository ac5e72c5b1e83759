"""The lines of docs/datasets.md do what they say, as they stand there, on what the commands there write."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Command
from tests.conftest import ROOT
from tests.runs import query

BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "datasets.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def folder(command: Command, read_store: Path, tmp_path: Path) -> Path:
    """Make the folder that the document assumes: a bundle, its store and a CSV export."""
    folder = tmp_path / "quick"
    (folder / "data").mkdir(parents=True)
    shutil.copy(read_store, folder / "data" / "kompas_global.db")
    split = ("--split", "train=80,validation=10,test=10", "--split-by", "cluster", "--seed", "7")
    for arguments in (("--bundle", str(folder / "release"), *split), (str(folder / "articles.csv"),)):
        assert command("export", *arguments).status == 0
    return folder


def test_there_is_one_for_each_library() -> None:
    """Without it the test below runs nothing."""
    said = " ".join(BLOCKS)
    assert [f"import {name}" in said for name in ("pandas", "duckdb", "datasets", "sqlite3")] == [True] * 4


def test_each_runs_and_finds_every_story(folder: Path, read_store: Path) -> None:
    """Without it the first thing that a reader of the dataset tries fails."""
    (stories,) = query(read_store, "select count(distinct id) from articles")[0]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "HF_HUB_OFFLINE": "1"}
    for block in BLOCKS:
        done = subprocess.run(
            [sys.executable, "-c", block], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout.splitlines()[:1]) == (0, [f"{stories} articles"]), (block, done.stderr)
        assert len(done.stdout.splitlines()) > 1, block
