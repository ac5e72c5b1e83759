"""A release: the same store gives the same bytes, it loads everywhere, and what is wrong with one is found."""

import gzip
import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
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

from crawler.dataset.arrow import arrow_schema
from crawler.dataset.bundle import write_bundle
from crawler.dataset.card import cell
from crawler.dataset.checksums import write_checksums
from crawler.dataset.edition import COUNTS, STAND_OFF, Edition, Text
from crawler.dataset.parquet import ParquetFile
from crawler.dataset.release import Release, Tally
from crawler.dataset.schema import article_schema
from crawler.dataset.splits import By, Plan
from crawler.dataset.verify import verify, why_foreign
from crawler.dedupe.likeness import Likeness
from crawler.errors import BadArgument
from crawler.items import Block
from crawler.storage import Revisions, Selection, Store
from tests.dataset.conftest import STORIES, fill
from tests.make import make_article

SELECTION = Selection(revisions=Revisions.ALL)
DAYS = [
    {"day": "2021-04-22", "asked": True, "pages": 1, "listed": 3, "linked": 0, "short": ["1 missing"]},
    {"day": "2021-04-23", "asked": True, "pages": 1, "listed": 1, "linked": 2, "short": []},
]
STATES = {"stored": 2, "excluded": 0, "failed": 0, "missing": 1}
Make = Callable[..., Path]


NONE = Edition(Text.NONE)


def copies(store: Store) -> None:
    """Three stories of three months with nearly the same long text."""
    words = [f"kata{n}" for n in range(200)]
    for month in (1, 2, 3):
        story = f"2022/0{month}/10/120000070"
        text = " ".join([*words, f"akhir{month}"])
        published = make_article().published_at.replace(year=2022, month=month, day=10)
        article = make_article(id=story, body=[Block("paragraph", text)], published_at=published)
        store.save(article, Likeness(text))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle that most tests begin with."""
    place = tmp_path_factory.mktemp("usual")
    (place / "bundle").mkdir()
    with closing(Store(str(place / "store.db"))) as store:
        fill(store)
        copies(store)
        write_bundle(release(store), place / "bundle")
    return place / "bundle"


@pytest.fixture
def bundle(usual: Path, tmp_path: Path) -> Path:
    """The test's own copy of it."""
    return Path(shutil.copytree(usual, tmp_path / "bundle"))


@pytest.fixture
def make(store: Store, tmp_path: Path) -> Make:
    """A bundle of the store, and of three near-copies."""
    copies(store)
    count = iter(range(9))

    def bundle(**changes: Any) -> Path:
        folder = tmp_path / f"bundle{next(count)}"
        folder.mkdir()
        write_bundle(release(store, **changes), folder)
        return folder

    return bundle


def release(store: Store, **changes: Any) -> Release:
    made = Release(
        records=store.records(SELECTION),
        stories=store.stories(SELECTION),
        pairs=list(store.near_duplicates()),
        changes=store.revision_pairs(SELECTION),
        coverage=[{**day, **STATES} for day in DAYS],
        runs=[{"job": "daily", "healthy": True}],
        robots=[{"host": "www.kompas.com", "sha256": "0" * 64}],
        reservations=[],
        selection={"revisions": "all"},
        schema=article_schema(),
        version="0.0",
        parser_version="7",
    )
    edition = changes.get("edition", Edition())
    return replace(made, **{"schema": article_schema(edition), **changes})


def lines(folder: Path, pattern: str = "jsonl/**/*.jsonl.gz") -> list[dict[str, Any]]:
    return [json.loads(line) for file in sorted(folder.glob(pattern)) for line in gzip.open(file)]


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_same_store_gives_the_same_bytes(make: Make) -> None:
    """Without it nobody can tell whether a dataset is the one of the paper."""
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
    """Without it a month in which nobody had a photo breaks the loading of all."""
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
def test_croissant_loads_every_record(make: Make) -> None:
    """Without it the metadata are letters that no program can use."""
    for folder in (make(), make(plan=Plan({"train": 1, "test": 1}, By.TIME)), make(edition=NONE)):
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


def test_an_edition_without_text_holds_none(make: Make, store: Store) -> None:
    """Without it a lab publishes what it must not."""
    folder = make(edition=NONE)
    for record in lines(folder):
        assert set(record) == STAND_OFF | COUNTS
    everything = b"".join(gzip.decompress(raw) if name.endswith("gz") else raw for name, raw in files(folder).items())
    for record in store.records(SELECTION):
        for words in (record["text"], record["title"], record["summary"], *record["authors"]):
            assert words is None or words.encode() not in everything
    assert verify(folder).faults == []
    full, none = (json.loads((each / "manifest.json").read_text()) for each in (make(), folder))
    assert full["content_digest"] == none["content_digest"]
    assert b"not for redistribution" not in files(folder)["README.md"]


def test_the_schema_of_a_bundle_is_that_of_its_records(make: Make) -> None:
    """Without it the description of the fields is that of another dataset."""
    for folder in (make(), make(edition=NONE)):
        validator = Draft202012Validator(json.loads((folder / "schema.json").read_text()))
        for record in lines(folder):
            validator.validate(record)
            assert list(record) == list(validator.schema["properties"])  # type: ignore[index]


def test_the_card_says_what_is_in_and_what_is_not(bundle: Path) -> None:
    """Without it whoever loads it learns of the gaps from the reviewers."""
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


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["parquet/2021-04.parquet", "jsonl/2021-04.jsonl.gz", "README.md", "urls.txt"])
def test_a_flipped_byte_is_found(bundle: Path, name: str) -> None:
    """Without it a damaged download is published as it is."""
    flip(bundle / name)
    assert f"{name} was changed: its bytes are not those of SHA256SUMS" in verify(bundle).faults


@pytest.mark.parametrize("name", ["parquet/2021-04.parquet", "jsonl/2021-04.jsonl.gz", "coverage.csv", "clusters.csv"])
def test_a_missing_file_is_found(bundle: Path, name: str) -> None:
    """Without it a month that did not arrive is a month without news."""
    (bundle / name).unlink()
    assert f"{name} is missing" in verify(bundle).faults


def test_a_file_too_many_is_found(bundle: Path) -> None:
    """Without it somebody's notes are loaded as a month."""
    (bundle / "parquet" / "2021-06.parquet").write_bytes(b"x")
    assert verify(bundle).faults == [
        "parquet/2021-06.parquet is not listed in SHA256SUMS",
        "parquet/2021-06.parquet is not named by manifest.json",
    ]


def rewritten(folder: Path, month: str, change: Callable[[list[dict[str, Any]]], None]) -> list[str]:
    """Faults of a bundle of which somebody changed a month, and all checksums with it."""
    jsonl, parquet = folder / "jsonl" / f"{month}.jsonl.gz", folder / "parquet" / f"{month}.parquet"
    records = lines(folder, f"jsonl/{month}.jsonl.gz")
    change(records)
    jsonl.write_bytes(gzip.compress(b"".join(json.dumps(record).encode() + b"\n" for record in records)))
    file = ParquetFile(parquet)
    for record in records:
        file.add(record)
    file.close()
    write_checksums(folder)
    return verify(folder).faults


def doubled(records: list[dict[str, Any]]) -> None:
    records.append({**records[0], "id": "2021/04/30/120000070"})


def retold(records: list[dict[str, Any]]) -> None:
    records[0]["text"] += " Tambahan."


def moved(records: list[dict[str, Any]]) -> None:
    records[0]["published_at"] = "2021-05-22T16:06:00+07:00"


def left_out(records: list[dict[str, Any]]) -> None:
    del records[0]


def swapped(records: list[dict[str, Any]]) -> None:
    records[0]["content_hash"] = records[-1]["content_hash"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (doubled, "has the id 2021/04/30/120000070 and the address"),
        (retold, "has another text than its hash"),
        (moved, "was published on 2021-05-22"),
        (left_out, "2 records, the manifest says 3"),
        (swapped, "has another text than its hash"),
    ],
)
def test_a_foreign_record_is_found_though_the_checksums_are_right(
    bundle: Path, change: Callable[[list[dict[str, Any]]], None], fault: str
) -> None:
    """Without it what somebody put in passes for what was crawled."""
    faults = rewritten(bundle, "2021-04", change)
    assert any(fault in each for each in faults), faults


def test_formats_that_disagree_are_found(bundle: Path) -> None:
    """Without it the text depends on the format that somebody loads."""
    path = bundle / "jsonl" / "2021-05.jsonl.gz"
    (record,) = lines(bundle, "jsonl/2021-05.jsonl.gz")
    path.write_bytes(gzip.compress(json.dumps({**record, "pages": 9}).encode() + b"\n"))
    write_checksums(bundle)
    assert "record 1 of jsonl/2021-05.jsonl.gz is another one in parquet/2021-05.parquet" in verify(bundle).faults


def test_copies_on_both_sides_of_a_split_are_found(make: Make) -> None:
    """Without it the proof of the parts cannot fail."""
    folder = make(plan=Plan({"train": 1, "test": 1}, By.CLUSTER))
    (folder / "clusters.csv").write_text(f"id,cluster\n{STORIES[0]},{STORIES[3]}\n{STORIES[3]},{STORIES[3]}\n")
    write_checksums(folder)
    parts = {record["id"]: name for name in ("train", "test") for record in lines(folder, f"jsonl/{name}/*")}
    assert parts[STORIES[0]] != parts[STORIES[3]], "choose another pair"
    assert f"the near-duplicates of {STORIES[3]} are in several parts" in verify(folder).faults


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"format": 99}'])
def test_what_is_no_bundle_is_refused(tmp_path: Path, content: str | None) -> None:
    """Without it a wrong folder is a bundle of no records, or a traceback."""
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(BadArgument, match="bundle"):
        verify(tmp_path)


MONTHS: dict[str, Any] = {
    "a list": ["2021-04"],
    "nothing": None,
    "a path": {"../../outside": {"": 1}},
    "an absolute path": {"/etc/2021-04": {"": 1}},
    "a path of a part": {"2021-04": {"../x": 1}},
    "no number": {"2021-04": {"": "1"}},
    "no part": {"2021-04": 1},
}


@pytest.mark.parametrize("months", MONTHS.values(), ids=list(MONTHS))
def test_a_manifest_that_leads_elsewhere_is_refused(months: Any, make: Make) -> None:
    """Without it files that lie outside of the release are vouched for, or the check ends in a traceback."""
    folder = make()
    change_manifest(folder, months=months)
    with pytest.raises(BadArgument, match=r"is no bundle: manifest\.json has no"):
        verify(folder)


@pytest.mark.parametrize("changes", [{"text": "other"}, {"text": None}, {"content_digest": None}, {"format": "1"}])
def test_a_manifest_of_other_values_is_refused(changes: dict[str, Any], make: Make) -> None:
    """Without it the check ends in a traceback."""
    folder = make()
    change_manifest(folder, **changes)
    with pytest.raises(BadArgument, match="bundle"):
        verify(folder)


def test_a_manifest_without_a_bottom_is_refused(make: Make) -> None:
    """Without it the check ends in a traceback."""
    folder = make()
    (folder / "manifest.json").write_text("[" * 100_000)
    with pytest.raises(BadArgument, match="cannot be read"):
        verify(folder)


@pytest.mark.parametrize("name", ["manifest.json", "jsonl/2021-04.jsonl.gz", "parquet/new.parquet"])
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_what_is_no_file_is_refused(name: str, kind: str, make: Make) -> None:
    """Without it the check waits for ever, or vouches for what lies elsewhere."""
    folder = make()
    path = folder / name
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/etc/hostname")
    with pytest.raises(BadArgument, match=f"is no bundle: {name} is a link, a pipe or a device"):
        verify(folder)


def test_a_data_file_that_no_month_names_is_found(make: Make) -> None:
    """Without it a file that somebody put in is loaded with the rest, and the check says 0 faults."""
    folder = make()
    shutil.copy(folder / "parquet" / "2021-04.parquet", folder / "parquet" / "2099-01.parquet")
    write_checksums(folder)
    assert verify(folder).faults == ["parquet/2099-01.parquet is not named by manifest.json"]


@pytest.mark.parametrize("content", [b"id,cluster\nsatu\n", b"id,cluster\n1,2,3\n", b"\xff\xfe,1\n"])
def test_clusters_that_cannot_be_read_are_a_fault(content: bytes, make: Make) -> None:
    """Without it the check ends in a traceback."""
    folder = make()
    (folder / "clusters.csv").write_bytes(content)
    write_checksums(folder)
    assert [fault for fault in verify(folder).faults if fault.startswith("clusters.csv cannot be read")]


@pytest.mark.parametrize(
    "change",
    [
        {"published_at": "kemarin"},
        {"published_at": "0001-01-01T00:00:00+14:00"},
        {"published_at": None},
        {"url": None},
        {"text": 1},
    ],
)
def test_a_record_of_other_values_is_a_fault(change: dict[str, Any], store: Store) -> None:
    """Without it the check ends in a traceback."""
    record = next(iter(store.records(SELECTION)))
    month = record["published_at"][:7]
    assert why_foreign(record, month, arrow_schema()) is None
    said = why_foreign({**record, **change}, month, arrow_schema())
    assert said is not None
    assert said.startswith("has values that no record has")
    assert why_foreign([], month, arrow_schema()) is not None  # type: ignore[arg-type]


def test_a_line_without_an_end_is_a_fault(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it one line takes all memory."""
    monkeypatch.setattr("crawler.dataset.verify._LONGEST", 50)
    assert any("a line of 50 bytes" in fault for fault in verify(make()).faults)


def change_manifest(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    write_checksums(folder)


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
