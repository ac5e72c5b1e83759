"""`scrapy export` as a user types it."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Command
from tests.runs import query


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.csv", "out.parquet", "out.db"])
def test_the_ending_says_the_format(command: Command, read_store: Path, tmp_path: Path, name: str) -> None:
    """Without it nobody gets a dataset out of a store."""
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


@pytest.mark.parametrize(
    "wrong",
    [
        ("out.xlsx",),
        ("no/folder/out.jsonl",),
        ("out.jsonl", "--since", "gestern"),
        ("out.jsonl", "--since", "2021-04-02", "--until", "2021-04-01"),
        ("out.jsonl", "more"),
        (),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(
    command: Command, read_store: Path, tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    """Without it a slip ends in a traceback, or in a file somewhere else."""
    arguments = [str(tmp_path / wrong[0]), *wrong[1:]] if wrong else []
    told = command("export", *arguments)
    assert told.status == 2
    assert "Traceback" not in told.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == [read_store.name]


def test_a_store_that_is_not_there_is_not_made(command: Command, path: Path, tmp_path: Path) -> None:
    """Without it a slip in the name gives an empty dataset and an empty store."""
    assert command("export", str(tmp_path / "out.jsonl")).status == 2
    assert not path.exists()
