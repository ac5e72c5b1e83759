"""The command `kompas-global` and `python -m crawler`: every command, in any folder."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from crawler.__main__ import main
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "kompas_lookalike.warc.gz"


def kompas_global(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a folder that holds no project."""
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_commands_work_in_any_folder_and_keep_their_data_there(tmp_path: Path) -> None:
    """Without it every command but those typed in the folder of the sources says "unknown command"."""
    crawl = ("crawl", "kompas_global", "-a", f"archive={SAMPLE}", "-a", "limit=3", "-L", "ERROR")
    crawled = kompas_global(tmp_path, *crawl, KOMPAS_WORKERS="1")
    assert crawled.returncode == 0, crawled.stderr
    assert (tmp_path / "data" / "kompas_global.db").is_file()
    exported = kompas_global(tmp_path, "export", "out.jsonl")
    assert exported.returncode == 0, exported.stderr
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_the_exit_status_is_that_of_the_command(tmp_path: Path) -> None:
    """Without it a script takes a refusal for a success."""
    refused = kompas_global(tmp_path, "coverage")
    assert refused.returncode == 2
    assert "kompas_global: " in refused.stderr


def test_another_project_in_the_folder_changes_nothing(tmp_path: Path) -> None:
    """Without it the command crawls with the settings of whatever Scrapy project it is typed in."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = other.settings\n")
    assert kompas_global(tmp_path, "coverage", SCRAPY_SETTINGS_MODULE="other.settings").returncode == 2
    assert "coverage" in kompas_global(tmp_path).stdout


def test_the_installed_command_is_this_function() -> None:
    """Without it `pipx install` gives a command that does not start."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"kompas-global": f"crawler.__main__:{main.__name__}"}
