"""`scrapy export --bundle` and `--verify` as a user types them: from a store to a dataset that others can rebuild."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.storage import RunLock
from tests.commands.conftest import Command
from tests.runs import query

SPLIT = ("--split", "train=80,validation=10,test=10", "--split-by", "random", "--seed", "7")


def test_a_bundle_is_made_and_found_good(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it nobody releases anything."""
    stories = query(read_store, "select count(distinct id) from articles")[0][0]
    out = tmp_path / "rilis"
    told = command("export", "--bundle", str(out), *SPLIT)
    assert (told.status, told.stderr) == (0, f"kompas_global: {stories} records in {out}\n")
    checked = command("export", "--verify", str(out))
    assert (checked.status, checked.stdout) == (0, "")
    assert checked.stderr == f"kompas_global: {stories} records, 0 faults\n"
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["split"] == {
        "shares": {"train": 80, "validation": 10, "test": 10},
        "by": "random",
        "seed": 7,
        "clusters_in_several_parts": [],
    }
    assert (manifest["records"], manifest["runs"][0]["healthy"]) == (stories, True)
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, check=True)


def test_two_bundles_of_one_store_are_the_same(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it a checksum in a paper says nothing."""
    for name in ("satu", "dua"):
        command("export", "--bundle", str(tmp_path / name), "--since", "2021-04-22", "--until", "2021-04-22")
    assert (tmp_path / "satu" / "SHA256SUMS").read_text() == (tmp_path / "dua" / "SHA256SUMS").read_text()
    assert json.loads((tmp_path / "dua" / "manifest.json").read_text())["selection"] == {
        "since": "2021-04-22",
        "until": "2021-04-22",
        "revisions": "latest",
    }


def test_a_dataset_without_text_is_rebuilt_from_an_archive(
    command: Command, read_store: Path, day_archive: Path, tmp_path: Path, path: Path
) -> None:
    """Without it a published dataset is a list of dead links."""
    out = tmp_path / "tanpa-teks"
    assert command("export", "--bundle", str(out), "--text", "none").status == 0
    read_store.unlink()
    alone = command("export", "--verify", str(out))
    assert (alone.status, "texts in" in alone.stderr) == (0, False)
    rebuild = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-a", f"archive={day_archive}"]
    subprocess.run([*rebuild, "-s", f"KOMPAS_DB={path}"], check=True, capture_output=True)
    total = query(path, "select count(*) from articles")[0][0]
    good = command("export", "--verify", str(out))
    assert (good.status, good.stdout) == (0, "")
    assert f"texts in {path}: {total} same, 0 different, 0 missing" in good.stderr
    (changed,), (gone,) = query(path, "select id from articles order by id limit 2")
    query(path, f"update articles set content_hash = 'sha256:0' where id = '{changed}'")
    query(path, f"delete from articles where id = '{gone}'")
    bad = command("export", "--verify", str(out))
    assert bad.status == 1
    assert sorted(bad.stdout.splitlines()) == [f"{changed} revision 1: different", f"{gone} revision 1: missing"]


def test_a_bundle_is_a_list_of_addresses_for_a_crawl(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it whoever has a dataset without text has to make the list by hand."""
    out = tmp_path / "tanpa-teks"
    command("export", "--bundle", str(out), "--text", "none", "--kind", "digest")
    urls = (out / "urls.txt").read_text().splitlines()
    assert urls == [url for (url,) in query(read_store, "select url from articles where kind = 'digest' order by id")]
    told = command("crawl", "kompas_global", "-a", f"urls={out}", "-a", f"archive={out}")
    assert "exclude each other" in told.stderr  # it was read as a list


def test_a_changed_bundle_is_told_line_by_line(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it a faulty dataset has the status of a good one."""
    out = tmp_path / "rilis"
    command("export", "--bundle", str(out))
    (out / "urls.txt").write_text("")
    (out / "coverage.csv").unlink()
    told = command("export", "--verify", str(out))
    assert told.status == 1
    assert told.stdout.splitlines() == [
        "coverage.csv is missing",
        "urls.txt was changed: its bytes are not those of SHA256SUMS",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--bundle", "DIR", "out.jsonl"),
        ("--bundle", "DIR", "--verify", "DIR"),
        ("--bundle", "DIR", "--split", "train"),
        ("--bundle", "DIR", "--text", "some"),
        ("--bundle", "DIR", "--since", "gestern"),
        ("--bundle", "no/DIR"),
        ("--verify", "DIR"),
    ],
)
def test_what_cannot_be_meant_leaves_nothing_behind(
    command: Command, read_store: Path, tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    """Without it a slip ends in a traceback, or in half a folder."""
    told = command("export", *(str(tmp_path / word) if word.endswith("DIR") else word for word in wrong))
    assert told.status == 2
    assert "Traceback" not in told.stderr
    assert {file.name for file in tmp_path.iterdir()} <= {read_store.name, f"{read_store.name}.lock"}


def test_a_folder_that_holds_something_is_left_as_it_is(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it last year's release is overwritten."""
    (tmp_path / "rilis").mkdir()
    (tmp_path / "rilis" / "catatan.txt").write_text("penting")
    told = command("export", "--bundle", str(tmp_path / "rilis"))
    assert (told.status, [file.name for file in (tmp_path / "rilis").iterdir()]) == (2, ["catatan.txt"])


def test_a_release_waits_for_no_run_and_shows_no_half_of_one(
    command: Command, read_store: Path, tmp_path: Path
) -> None:
    """Without it card and data speak of two states of the store."""
    lock = RunLock(str(read_store))
    lock.acquire(wait=0)
    told = command("export", "--bundle", str(tmp_path / "rilis"))
    lock.release()
    assert told.status == 3
    assert "another run is at work" in told.stderr
    assert not (tmp_path / "rilis").exists()
