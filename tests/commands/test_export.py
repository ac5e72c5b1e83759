"""`scrapy export` as a user types it."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Command
from tests.runs import query


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.xlsx", "out.parquet", "out.db"])
def test_the_ending_says_the_format(command: Command, read_store: Path, tmp_path: Path, name: str) -> None:
    """Without it the store cannot be written as a dataset."""
    stories = query(read_store, "select count(distinct id) from articles")[0][0]
    told = command("export", str(tmp_path / name))
    assert (told.status, told.stderr) == (0, f"kompas_global: {stories} records in {tmp_path / name}\n")
    assert (tmp_path / name).stat().st_size > 10_000


def test_options_leave_things_out(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it a month has to be cut out of the whole by hand."""
    out = tmp_path / "out.jsonl"
    command("export", str(out), "--since", "2021-04-22", "--until", "2021-04-22", "--complete", "--kind", "digest")
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    expected = "select count(*) from articles where kind = 'digest' and complete and id like '2021/04/22/%'"
    assert len(found) == query(read_store, expected)[0][0] > 0


def test_an_ending_of_no_format_is_one_sentence(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it a slip ends in a traceback, or in a file of another format."""
    told = command("export", str(tmp_path / "out.xls"))
    assert (told.status, len(told.verdict)) == (2, 1)
    assert "Traceback" not in told.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == [read_store.name]
