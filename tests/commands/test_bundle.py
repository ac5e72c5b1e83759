"""`scrapy export --bundle` and `--verify` as a user types them: from a store to a dataset that others can rebuild."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands.conftest import Command
from tests.runs import query

SPLIT = ("--split", "train=80,validation=10,test=10", "--split-by", "random", "--seed", "7")


def test_a_bundle_is_made_and_checked(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it no release can be made, or a faulty one has the status of a good one."""
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
    assert manifest["runs"][0]["settings"]["mode"] == "archive"
    assert str(read_store.parent) not in (out / "manifest.json").read_text(encoding="utf-8")
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, check=True)

    (out / "coverage.csv").unlink()
    faulty = command("export", "--verify", str(out))
    assert (faulty.status, faulty.stdout) == (1, "coverage.csv is missing\n")


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
    assert command("crawl", "kompas_global", "-a", f"archive={day_archive}").status == 0
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
    """Without it the owner of a dataset without text has to make the list by hand."""
    out = tmp_path / "tanpa-teks"
    command("export", "--bundle", str(out), "--text", "none", "--kind", "digest")
    urls = (out / "urls.txt").read_text().splitlines()
    assert urls == [url for (url,) in query(read_store, "select url from articles where kind = 'digest' order by id")]
    told = command("crawl", "kompas_global", "-a", f"urls={out}", "-a", f"archive={out}")
    assert "exclude each other" in told.stderr  # it was read as a list


@pytest.mark.parametrize("wrong", [("--split", "train"), ("--since", "gestern")])
def test_a_refused_bundle_leaves_nothing_behind(
    command: Command, read_store: Path, tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    """Without it a slip ends in a traceback, or in half a folder."""
    told = command("export", "--bundle", str(tmp_path / "DIR"), *wrong)
    assert (told.status, len(told.verdict)) == (2, 1)
    assert "Traceback" not in told.stderr
    assert [file.name for file in tmp_path.iterdir()] == [read_store.name]


def test_a_folder_that_holds_something_is_left_as_it_is(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it last year's release is overwritten."""
    (tmp_path / "rilis").mkdir()
    (tmp_path / "rilis" / "catatan.txt").write_text("penting")
    told = command("export", "--bundle", str(tmp_path / "rilis"))
    assert (told.status, [file.name for file in (tmp_path / "rilis").iterdir()]) == (2, ["catatan.txt"])
