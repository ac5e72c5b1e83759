"""The same records in every format, and the same bytes every time."""

import csv
import gzip
import json
import re
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawler.dataset.arrow import arrow_schema
from crawler.dataset.columns import DERIVED
from crawler.dataset.edition import Edition, Text
from crawler.dataset.formats import AS_JSON, FORMATS, Form, Written, format_of, write_records
from crawler.dataset.schema import DOCS, article_schema
from crawler.dataset.table import columns, harmless, joined
from crawler.errors import BadArgument
from crawler.storage import Revisions, Selection, Store
from tests.dataset.conftest import STORIES
from tests.make import make_article
from tests.torture.checks import record_of


def export(store: Store, path: Path, selection: Selection | None = None) -> Path:
    name = format_of(path.name)
    records = store.records(selection or Selection(), json_text=name in AS_JSON)
    with path.open("wb") as file:
        written = write_records(records, file, name)
    assert written == Written(store.count(selection or Selection()))
    return path


def records(store: Store) -> list[dict[str, Any]]:
    """As Scrapy's feed writes them."""
    return [record_of(article) for article in store.articles()]


def test_lines_are_the_records_of_the_feed_key_by_key(store: Store, tmp_path: Path) -> None:
    """Without it an export and a feed of the same crawl are two datasets."""
    lines = export(store, tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == records(store)
    assert [list(json.loads(line)) for line in lines] == [list(record) for record in records(store)]
    assert "“dengan”" in lines[2]


def test_gzip_holds_the_same_lines(store: Store, tmp_path: Path) -> None:
    """Without it the packed edition is another one."""
    packed, plain = export(store, tmp_path / "a.jsonl.gz"), export(store, tmp_path / "a.jsonl")
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()


@pytest.mark.parametrize("ending", [*FORMATS, "db"])
def test_the_same_store_gives_the_same_bytes(store: Store, tmp_path: Path, ending: str) -> None:
    """Without it a changed dataset looks like one that was written on another day."""
    written = []
    for number in range(2):
        out = tmp_path / f"{number}.{ending}"
        if ending == "db":
            store.copy(Selection(), out)
        else:
            export(store, out)
        written.append(out.read_bytes())
    assert written[0] == written[1]


def test_parquet_gives_back_every_record(store: Store, tmp_path: Path) -> None:
    """Without it a field is lost on the way into the format that most people load."""
    rows = pq.read_table(export(store, tmp_path / "a.parquet")).to_pylist()
    times = [[row.pop(name) for name in DERIVED] for row in rows]
    assert rows == records(store)
    moments = [datetime.fromisoformat(row["published_at"]) for row in rows]
    assert times == [[moment.date(), moment.time(), moment.astimezone(UTC)] for moment in moments]


def test_the_types_of_parquet_do_not_depend_on_what_is_in_it(store: Store, tmp_path: Path) -> None:
    """Without it a month without embeds has another schema than the rest, and the months cannot be read together."""
    nothing = Selection(until=datetime(1999, 1, 1, tzinfo=UTC))
    empty = pq.read_schema(export(store, tmp_path / "empty.parquet", nothing))
    full = pq.read_schema(export(store, tmp_path / "full.parquet"))
    assert empty == full == arrow_schema()


def test_the_arrow_schema_is_that_of_the_data_dictionary() -> None:
    """Without it a new field is in one format and not in the other."""
    schema = arrow_schema()
    assert [name for name in schema.names if name not in DERIVED] == [*article_schema()["properties"]]
    at = schema.names.index("published_at")
    assert schema.names[at + 1 : at + 4] == [*DERIVED]
    for name, stated in article_schema()["properties"].items():
        types = stated["type"] if isinstance(stated["type"], list) else [stated["type"]]
        assert schema.field(name).nullable is ("null" in types)
        assert pa.types.is_list(schema.field(name).type) is ("array" in types)
        assert pa.types.is_struct(schema.field(name).type) is ("object" in types)


def test_csv_has_one_row_a_record_and_no_cell_that_runs(store: Store, tmp_path: Path) -> None:
    """Without it a headline that begins with "=" is a program in the reader's spreadsheet."""
    with export(store, tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == columns()
    assert len(rows) == len(records(store))
    row = dict(zip(header, rows[2], strict=True))
    assert row["id"] == STORIES[1]
    assert row["title"].startswith("'=HYPERLINK(1)")
    assert row["authors"] == "Sari, Melati | -Bram"
    assert row["text"].startswith("'+Teks “dengan” tanda; koma, dan\nbaris.")
    assert (row["complete"], row["modified_at"][:4], row["discovery_via"]) == ("true", "2021", "latest")
    assert json.loads(row["related"]) == records(store)[2]["related"]
    assert not [cell for one in rows for cell in one if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("Ringkasan;=1+1", "Ringkasan;'=1+1"),
        ("satu; \t@SUM(1)", "satu; \t'@SUM(1)"),
        ("satu\n-1+cmd|' /C calc'!A0", "satu\n'-1+cmd|' /C calc'!A0"),
        ("satu; dua - tiga", "satu; dua - tiga"),
        ("=satu;=dua", "'=satu;'=dua"),
    ],
)
def test_no_part_of_a_cell_runs_where_semicolons_separate(cell: str, written: str) -> None:
    """Without it a summary is a program in the spreadsheet of a reader in Jakarta."""
    assert harmless(cell) == written


def test_the_copied_database_is_a_store_of_the_selection(store: Store, tmp_path: Path) -> None:
    """Without it the SQLite edition cannot be opened by the tools that made it."""
    out = tmp_path / "copy.db"
    assert store.copy(Selection(revisions=Revisions.ALL), out) == 5
    assert [file.name for file in tmp_path.glob("copy*")] == ["copy.db"]
    with closing(sqlite3.connect(out)) as connection:
        assert connection.execute("select count(*) from latest_articles").fetchone() == (4,)
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    with closing(Store(str(out))) as copy:
        assert list(copy.articles(Revisions.ALL)) == list(store.articles(Revisions.ALL))


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        (Selection(), [STORIES[3], STORIES[0], STORIES[1], STORIES[2]]),
        (Selection(since=datetime(2021, 4, 22, 17, 0, tzinfo=UTC)), [STORIES[1], STORIES[2]]),
        (Selection(until=datetime(2021, 1, 1, tzinfo=UTC)), [STORIES[3]]),
        (Selection(sections=frozenset(("Internasional",)), complete_only=True), [STORIES[1]]),
        (Selection(kinds=frozenset(("digest",))), [STORIES[2]]),
        (
            Selection(revisions=Revisions.ALL, until=datetime(2021, 4, 22, 10, tzinfo=UTC)),
            [STORIES[3], STORIES[0], STORIES[0]],
        ),
    ],
)
def test_a_selection_leaves_what_was_requested_in_order(store: Store, selection: Selection, wanted: list[str]) -> None:
    """Without it a file of one month holds parts of another, or its order changes from day to day."""
    assert [record["id"] for record in store.records(selection)] == wanted


def test_first_and_latest_revisions_are_distinguished(store: Store) -> None:
    """Without it a study of corrections compares a text with itself."""
    titles = {
        revisions: [record["title"] for record in store.records(Selection(revisions=revisions))][1]
        for revisions in (Revisions.FIRST, Revisions.LATEST)
    }
    assert titles[Revisions.FIRST] != titles[Revisions.LATEST] == "Judul Baru"


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    """Without it a spreadsheet's ending gives a file of something else."""
    with pytest.raises(BadArgument, match=r"jsonl, jsonl\.gz, csv, tsv, xlsx, parquet, db"):
        format_of("a.xls")
    assert format_of("a.xls", "csv") == "csv"


def test_parquet_without_its_library_says_what_to_install(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a small installation fails at its first export, whatever the format."""
    monkeypatch.setitem(sys.modules, "crawler.dataset.parquet", None)
    with pytest.raises(BadArgument, match=r"pip install '\.\[dataset\]'"):
        export(store, tmp_path / "a.parquet")
    monkeypatch.setitem(sys.modules, "crawler.dataset.xlsx", None)
    with pytest.raises(BadArgument, match=r"XlsxWriter.* pip install '\.\[dataset\]'"):
        export(store, tmp_path / "a.xlsx")
    export(store, tmp_path / "a.jsonl")


@pytest.mark.parametrize("values", [["a | b", "c|", "|", "\\"], ["\\|", "a\\"], ["Sari, Melati"], []])
def test_a_list_in_a_cell_can_be_taken_apart_again(values: list[str]) -> None:
    """Without it a tag with a bar in it counts as two tags."""
    cell = joined(values)
    parts = cell.split(" | ") if cell else []
    assert [re.sub(r"\\(.)", r"\1", part) for part in parts] == values


def test_the_local_day_and_hour_stand_beside_the_time_of_publication(store: Store, tmp_path: Path) -> None:
    """Without it R counts an article of the early morning on the day before."""
    with export(store, tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        row = {row["id"]: row for row in csv.DictReader(file)}[STORIES[1]]
    assert row["published_at"] == "2021-04-23T01:02:03+08:00"
    assert (row["date"], row["time"], row["published_utc"]) == ("2021-04-23", "01:02:03", "2021-04-22T17:02:03Z")


@pytest.mark.parametrize(("ending", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_the_mark_for_excel_can_be_left_off(store: Store, tmp_path: Path, ending: str, delimiter: str) -> None:
    """Without it Excel shows "Maska™" for letters, or a program of old reads a name that begins with a mark."""
    marked = export(store, tmp_path / f"a.{ending}").read_bytes()
    with (tmp_path / "plain").open("wb") as file:
        write_records(store.records(Selection()), file, ending, Form(byte_order_mark=False))
    assert marked == b"\xef\xbb\xbf" + (tmp_path / "plain").read_bytes()
    assert marked.startswith(f"\ufeffid{delimiter}url{delimiter}".encode())


def test_a_workbook_has_the_cells_of_the_table(store: Store, tmp_path: Path) -> None:
    """Without it Excel shows dates as text, or runs a headline as a formula."""
    sheet = openpyxl.load_workbook(export(store, tmp_path / "a.xlsx")).active
    assert sheet is not None
    header, *rows = sheet.iter_rows(values_only=True)
    assert list(header) == columns()
    row = dict(zip(header, rows[2], strict=True))
    assert row["id"] == STORIES[1]
    assert (row["date"], row["time"]) == (datetime(2021, 4, 23), time(1, 2, 3))  # noqa: DTZ001
    assert row["published_utc"] == datetime(2021, 4, 22, 17, 2, 3)  # noqa: DTZ001
    assert row["title"] == '=HYPERLINK(1), "kutip"\nbaris'
    assert [cell.data_type for cell in sheet["C"]] == ["s" if cell.value else "n" for cell in sheet["C"]]
    assert (row["word_count"], row["complete"]) == (records(store)[2]["word_count"], True)


def test_a_cell_that_excel_cannot_hold_is_cut_and_said(tmp_path: Path) -> None:
    """Without it a long article ends in the middle without a note."""
    record = record_of(make_article(text="a" * 40_000))
    with (tmp_path / "a.xlsx").open("wb") as file:
        written = write_records([record], file, "xlsx")
    assert written.loss == (
        "cells longer than Excel allows were cut after 32,767 characters: 1 of text; CSV has them whole"
    )


def test_a_sheet_that_is_full_is_refused(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the last years of a store are missing in its workbook."""
    monkeypatch.setattr("crawler.dataset.xlsx.MOST_ROWS", 2)
    with pytest.raises(BadArgument, match="holds 2 rows"):
        export(store, tmp_path / "a.xlsx")


@pytest.mark.parametrize("ending", FORMATS)
def test_an_edition_without_texts_has_none_in_any_format(store: Store, tmp_path: Path, ending: str) -> None:
    """Without it the texts of a newspaper are published by a file that says it has none."""
    path, edition = tmp_path / f"a.{ending}", Edition(Text.NONE)
    with path.open("wb") as file:
        records = map(edition.record, store.records(Selection()))
        write_records(records, file, ending, Form(edition.item, edition.columns))
    table = read_back(path)
    assert set(table.columns) & {"title", "text", "body", "summary", "images"} == set()
    assert {"id", "url", "content_hash"} <= set(table.columns)
    assert ("date" in table.columns) is (ending not in AS_JSON)


def test_namibia_is_no_missing_value(tmp_path: Path) -> None:
    """Without it the stories on one country are those of none, in pandas as in R."""
    with (tmp_path / "a.csv").open("wb") as file:
        write_records([record_of(make_article(countries=["NA"], dateline_country="NA"))], file, "csv")
    table = pd.read_csv(tmp_path / "a.csv", keep_default_na=False, na_values=[""])  # as docs/questions.md reads it
    assert (table.countries[0], table.dateline_country[0]) == ("NA", "NA")
    assert 'keep_default_na=False, na_values=[""]' in (DOCS / "questions.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl.gz"])
def test_a_disk_that_is_full_is_an_error_of_the_file(store: Store, ending: str) -> None:
    """Without it a full disk is a traceback, or a file that lacks its end."""
    with pytest.raises(OSError, match="No space left"), Path("/dev/full").open("wb") as full:
        write_records(store.records(Selection()), full, ending)


def read_back(path: Path) -> pd.DataFrame:
    """A file as pandas reads it, by its ending."""
    if path.name.endswith((".jsonl", ".jsonl.gz")):
        return pd.read_json(path, lines=True)
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    if path.suffix == ".xlsx":
        return pd.read_excel(path)
    return pd.read_csv(path, sep="\t" if path.suffix == ".tsv" else ",")
