"""`scrapy export --bundle` and `--verify` as a user types them: from a store to a dataset that others can rebuild."""

import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from crawler.kompas.content_hash import content_hash
from crawler.storage import Store
from tests.commands.conftest import Command
from tests.runs import query
from tests.storage.releases import make_old_store

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


def test_the_second_release_says_what_changed(command: Command, read_store: Path, tmp_path: Path) -> None:
    """Without it a reader cannot see which results of the first release still hold."""
    old, new = tmp_path / "satu", tmp_path / "dua"
    assert command("export", "--bundle", str(old), "--kind", "article").status == 0
    assert command("export", "--bundle", str(new), "--since-release", str(old), "--text", "none").status == 0
    others = query(read_store, "select id from articles where kind != 'article' order by id")
    rows = (new / "delta.csv").read_text().splitlines()[1:]
    assert [row.split(",")[:2] for row in rows] == [[story, "added"] for (story,) in others]
    good = command("export", "--verify", str(new), "--since-release", str(old))
    assert (good.status, good.stdout) == (0, "")
    wrong = command("export", "--verify", str(new), "--since-release", str(new))
    assert "made against another release" in wrong.stdout


@pytest.mark.parametrize(
    "way",
    [
        ("export", "salinan.db"),
        ("copy-store", "salinan.db"),
        ("migration", "salinan.db"),
    ],
)
def test_a_split_never_leaks_whatever_way_the_store_was_made(
    command: Command, read_store: Path, tmp_path: Path, way: tuple[str, str]
) -> None:
    """Without it stories stand in the training part and their copies in the test part, and the check says 0 faults.

    The copy gets a story with the text of another one, as a crawl would add it, and as an earlier version left it:
    without keys.
    """
    target = tmp_path / way[1]
    if way[0] == "migration":
        migrated(read_store, target)
    else:
        assert command(way[0], str(target)).status == 0
    assert query(target, "select count(*) from shingle_keys") == query(read_store, "select count(*) from shingle_keys")
    assert query(target, "select count(*) from shingle_keys")[0][0] > 0
    columns = [name for (name,) in query(target, "select name from pragma_table_info('articles')")]
    copied = ", ".join("'2031/01/01/120000070'" if name == "id" else name for name in columns)
    address = "'https://www.kompas.com/global/read/2031/01/01/120000070/judul'"
    copied = copied.replace(" url,", f" {address},")
    text = "select id from articles order by word_count desc limit 1"
    query(target, f"insert into articles ({', '.join(columns)}) select {copied} from articles where id = ({text})")
    query(target, "update articles set title = title || '!', content_hash = '' where id like '2031%'")
    mended = hashed(target)
    out = tmp_path / "rilis"
    told = command("export", "--bundle", str(out), "--split", "train=1,test=1", "--split-by", "random", db=str(target))
    assert told.status == 0, told.stderr
    assert "1 story had no near-duplicate keys; it was compared with the others first" in told.stderr
    clusters = dict(line.split(",") for line in (out / "clusters.csv").read_text().splitlines()[1:])
    assert clusters["2031/01/01/120000070"] == mended
    assert command("export", "--verify", str(out)).status == 0


def migrated(source: Path, target: Path) -> None:
    """Make a store of release 1.0.0 with the articles and keys of another one, and migrate it."""
    make_old_store(str(target))
    with closing(sqlite3.connect(target)) as old, old:
        old.execute("attach ? as source", (str(source),))
        for table in ("articles", "shingle_keys", "near_duplicates"):
            names = ", ".join(name for (name,) in old.execute(f"select name from pragma_table_info('{table}', 'main')"))
            old.execute(f"insert into main.{table} ({names}) select {names} from source.{table}")
    Store(str(target)).close()


def hashed(target: Path) -> str:
    """Give the added story the hash of its title and text; return the id of the story that it copies."""
    ((title, text),) = query(target, "select title, text from articles where id like '2031%'")
    query(target, f"update articles set content_hash = '{content_hash(title, text)}' where id like '2031%'")
    same = "select id from articles a where a.text = (select text from articles b where b.id like '2031%') order by id"
    return str(query(target, same)[0][0])
