"""A release: the same store gives the same bytes, and it loads everywhere."""

import gzip
import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import datasets  # type: ignore[import-untyped]
import duckdb
import mlcroissant  # type: ignore[import-untyped]
import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from jsonschema import Draft202012Validator

from crawler.dataset.card import cell
from crawler.dataset.edition import COUNTS, STAND_OFF
from crawler.dataset.release import Tally
from crawler.dataset.splits import By, Plan
from crawler.dataset.verify import verify
from crawler.storage import Revisions, Selection, Store
from tests.dataset.releases import NONE, SELECTION, Make, files, lines
from tests.make import make_article


def test_the_same_store_gives_the_same_bytes(make: Make) -> None:
    """Without it a dataset cannot be identified as the one of a paper."""
    assert files(make()) == files(make())


def test_every_record_is_there_by_month_in_both_formats(make: Make, store: Store) -> None:
    """Without it a month is loaded in part."""
    folder = make()
    assert sorted(lines(folder), key=str) == sorted(store.records(SELECTION), key=str)
    months = {"2020-12": 1, "2021-04": 3, "2021-05": 1, "2022-01": 1, "2022-02": 1, "2022-03": 1}
    assert {file.stem: pq.read_metadata(file).num_rows for file in folder.glob("parquet/*")} == months
    assert json.loads((folder / "manifest.json").read_text())["months"] == {m: {"": n} for m, n in months.items()}
    assert verify(folder).faults == []


def test_every_month_alone_has_the_same_types(bundle: Path) -> None:
    """Without it a month without any photo breaks the loading of all months."""
    assert len({str(pq.read_schema(file)) for file in bundle.glob("parquet/*")}) == 1
    whole = datasets.load_dataset(str(bundle), cache_dir=str(bundle / "cache"))["train"]
    for month in ("2020-12", "2021-05"):
        one = datasets.load_dataset(str(bundle), month, cache_dir=str(bundle / "cache"))["train"]
        assert (one.features, len(one)) == (whole.features, 1)
    assert len(whole) == 8


def test_pandas_and_duckdb_read_it(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the lines of the card do not work."""
    monkeypatch.chdir(bundle)
    frame = pd.read_parquet("parquet/2021-04.parquet")
    assert (len(frame), str(frame.published_utc.dtype)) == (3, "datetime64[us, UTC]")
    assert pd.read_json("jsonl/2021-04.jsonl.gz", lines=True).id.tolist() == frame.id.tolist()
    counted = rows("select section, count(*) from 'parquet/**/*.parquet' group by section order by 1")
    assert counted == [("Global", 6), ("Internasional", 2)]
    assert rows("select count(distinct id) from 'jsonl/*.jsonl.gz'") == [(7,)]


def rows(query: str) -> list[Any]:
    relation = duckdb.sql(query)
    assert relation is not None
    return relation.fetchall()


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:mlcroissant", "ignore:.*:DeprecationWarning:rdflib")
def test_croissant_loads_every_record(make: Make, bundle: Path) -> None:
    """Without it no program can use the metadata."""
    for folder in (bundle, make(plan=Plan({"train": 1, "test": 1}, By.TIME)), make(edition=NONE)):
        dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
        assert not dataset.metadata.ctx.issues.errors
        ids = {record["articles/id"].decode() for record in dataset.records("articles")}
        assert ids == {record["id"] for record in lines(folder)}


@pytest.mark.parametrize("by", list(By))
def test_near_copies_are_in_one_part_and_the_files_prove_it(make: Make, by: By) -> None:
    """Without it a model has read what it is tested on."""
    folder = make(plan=Plan({"train": 1, "test": 1}, by, 3))
    parts = {file.parent.name for file in folder.glob("parquet/*/2022-*.parquet")}
    assert len(parts) == 1
    assert {file.parent.name for file in folder.glob("parquet/*/*.parquet")} == {"train", "test"}
    clusters = (folder / "clusters.csv").read_text().splitlines()
    assert clusters[0] == "id,cluster"
    assert clusters[1:] == [f"2022/0{month}/10/120000070,2022/01/10/120000070" for month in (1, 2, 3)]
    assert len((folder / "near_duplicates.csv").read_text().splitlines()) == 4
    assert verify(folder).faults == []
    loaded = datasets.load_dataset(str(folder), cache_dir=str(folder / "cache"))
    assert {name: len(part) for name, part in loaded.items()} == {
        name: len(lines(folder, f"jsonl/{name}/*")) for name in ("train", "test")
    }


def test_an_edition_without_text_holds_none(make: Make, store: Store, bundle: Path) -> None:
    """Without it a lab publishes what it must not."""
    folder = make(edition=NONE)
    for record in lines(folder):
        assert set(record) == STAND_OFF | COUNTS
    everything = b"".join(gzip.decompress(raw) if name.endswith("gz") else raw for name, raw in files(folder).items())
    for record in store.records(SELECTION):
        for words in (record["text"], record["title"], record["summary"], *record["authors"]):
            assert words is None or words.encode() not in everything
    assert verify(folder).faults == []
    full, none = (json.loads((each / "manifest.json").read_text()) for each in (bundle, folder))
    assert full["content_digest"] == none["content_digest"]
    assert b"not for redistribution" not in files(folder)["README.md"]


def test_the_schema_of_a_bundle_is_that_of_its_records(make: Make, bundle: Path) -> None:
    """Without it the description of the fields is that of another dataset."""
    for folder in (bundle, make(edition=NONE)):
        validator = Draft202012Validator(json.loads((folder / "schema.json").read_text()))
        for record in lines(folder):
            validator.validate(record)
            assert list(record) == list(validator.schema["properties"])  # type: ignore[index]


def test_the_card_says_what_is_in_and_what_is_not(bundle: Path) -> None:
    """Without it a user of the dataset does not learn of its gaps."""
    card = (bundle / "README.md").read_text(encoding="utf-8")
    header = yaml.safe_load(card.split("---\n")[1])
    assert [config["config_name"] for config in header["configs"]][:2] == ["default", "2020-12"]
    assert (header["language"], header["size_categories"]) == (["id"], ["n<1K"])
    for words in (
        "8 records",
        "| `section` | Internasional | 2 |",
        "| 2021-04 | 2 | 1 | 4 | 4 | 0 | 0 | 2 |",
        "- 2021-04-22: 1 missing",
        "not for redistribution",
        "3 stories are nearly the same as another",
        "| `near_duplicate_of` | 37.5% |",
        "28/2014",
    ):
        assert words in card, words


def test_a_store_without_articles_makes_a_bundle(make: Make) -> None:
    """Without it an empty selection ends in a traceback."""
    folder = make(records=iter(()), stories=[], pairs=[], coverage=[])
    assert verify(folder).faults == []
    assert "nobody knows" not in (folder / "README.md").read_text()


def test_cells_of_the_card_stay_cells(make: Make, store: Store) -> None:
    """Without it what a page says becomes a column of the card."""
    store.save(make_article(id="2022/05/01/120000070", section="A|B\nC"))
    assert "| `section` | A\\|B C | 1 |" in (make() / "README.md").read_text()


@pytest.mark.parametrize(
    ("section", "written"),
    [
        ("<img src=http://a.example>", "&lt;img src=http&#58;//a.example&gt;"),
        ("![x](data:x)", r"\!\[x\]\(data&#58;x\)"),
        ("www.a.example, a@a.example", "www&#46;a.example, a&#64;a.example"),
        ("`x` **y** _z_ ~~a~~ # b & \\", r"\`x\` \*\*y\*\* \_z\_ \~\~a\~\~ \# b &amp; \\"),
        ("A|B\nC \x1b[2J\u202e", r"A\|B C \\u001b\[2J\\u202e"),
        ("a" * 500, f"{'a' * 80}..."),
        ("Global", "Global"),
    ],
)
def test_what_a_page_says_is_text_in_the_card(section: str, written: str) -> None:
    """Without it the breadcrumb of a page becomes a picture, a link or a script of the published card."""
    assert cell(section) == written


def test_a_bundle_may_be_moved(bundle: Path, tmp_path: Path) -> None:
    """Without it a dataset loads only where it was made."""
    moved_to = tmp_path / "lain" / "tempat"
    shutil.copytree(bundle, moved_to)
    assert verify(moved_to).faults == []


def test_the_newest_capture_is_the_state_that_is_shown(make: Make) -> None:
    """Without it the date of a release depends on the order of its months."""
    tally = Tally()
    base = {"section": None, "kind": "article", "word_count": 1, "complete": True, "published_at": "2021-04-22"}
    for day in (2, 9, 5):
        moment = make_article().fetched_at + timedelta(days=day)
        tally.add({**base, "fetched_at": moment.isoformat()}, "2021-04", "")
    assert tally.fetched_at[:10] == "2021-05-02"


@pytest.mark.parametrize("revisions", list(Revisions))
def test_the_list_of_addresses_names_every_story_once_whatever_its_revision(
    make: Make, store: Store, revisions: Revisions
) -> None:
    """Without it a story that was revised cannot be rebuilt from a release of the latest revisions."""
    selection = Selection(revisions=revisions)
    folder = make(records=store.records(selection), stories=store.stories(selection))
    urls = (folder / "urls.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(urls) == sorted({record["url"] for record in store.records(selection)})
