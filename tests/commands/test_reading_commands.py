"""Commands that read the store leave it, and its folder, as they were."""

from pathlib import Path

import pytest

from tests.commands.conftest import Command
from tests.runs import query


@pytest.mark.parametrize(
    "arguments",
    [
        ("coverage",),
        ("coverage", "--runs"),
        ("export", "{out}/articles.jsonl"),
        ("export", "{out}/copy.db"),
        ("explain", "{story}"),
        ("report", "{out}/report.html"),
        ("search", "kapal", "--section", "Global"),
    ],
    ids=" ".join,
)
def test_a_command_that_reads_changes_nothing(
    command: Command, read_store: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Without it a look at the store makes files that keep out the user of the nightly run, or migrates it."""
    out = tmp_path / "out"
    out.mkdir()
    ((story,),) = query(read_store, "select max(id) from articles")
    before = {path.name for path in tmp_path.iterdir()}
    content, changed = read_store.read_bytes(), read_store.stat().st_mtime_ns
    run = command(*(argument.format(out=out, story=story) for argument in arguments))
    assert run.status in (0, 1), run.stderr
    assert "Traceback" not in run.stderr
    assert {path.name for path in tmp_path.iterdir()} == before == {"out", "store.db"}
    assert (read_store.read_bytes(), read_store.stat().st_mtime_ns) == (content, changed)


@pytest.mark.parametrize("arguments", [("coverage",), ("export", "out.jsonl"), ("reextract",), ("retry-failed",)])
def test_a_store_that_is_not_there_is_not_made(command: Command, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Without it a mistyped path is a folder with an empty store, or with a lock."""
    missing = tmp_path / "folder" / "store.db"
    run = command(*arguments, db=str(missing))
    assert run.status == 2
    assert run.verdict == [
        f"kompas_global: there is no store {missing}; crawl first, or name it with -s KOMPAS_DB=PATH"
    ]
    assert list(tmp_path.iterdir()) == []
