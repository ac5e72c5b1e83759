"""The settings, commands and releases that the documentation names exist."""

import re
from pathlib import Path

import pytest
import yaml
from scrapy.settings import default_settings

from crawler import __version__, settings
from tests.conftest import ROOT

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = {
    path.stem
    for path in (ROOT / "crawler" / "command_line").glob("*.py")
    if "class Command(" in path.read_text("utf-8")
}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.name))
def test_settings_and_commands_that_are_named_are_there(path: Path) -> None:
    """Without it a line that is copied from the documentation is refused, or silently does nothing."""
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"-s ([A-Z]*_[A-Z_]+)=", text))
    assert {name for name in named if not hasattr(settings, name) and not hasattr(default_settings, name)} == set()
    assert set(re.findall(r"(?:^    |bin/|`)scrapy ([a-z][a-z-]+)", text, re.MULTILINE)) <= COMMANDS


def test_the_release_is_the_same_everywhere() -> None:
    """Without it people cite a version that never was."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    releases = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [citation["version"], next(name for name in releases if name != "Unreleased")] == [__version__] * 2
