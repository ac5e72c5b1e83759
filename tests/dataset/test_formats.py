"""The same records in every format, and the same bytes every time."""

import csv
import gzip
import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawler.dataset.arrow import PUBLISHED_UTC, arrow_schema
from crawler.dataset.formats import AS_JSON, FORMATS, format_of, write_records
from crawler.dataset.schema import article_schema
from crawler.dataset.table import columns, harmless
from crawler.errors import BadArgument
from crawler.storage import Revisions, Selection, Store
from tests.dataset.conftest import STORIES
from tests.torture.checks import record_of


def export(store: Store, path: Path, selection: Selection | None = None) -> Path:
    name = format_of(path)
    records = store.records(selection or Selection(), json_text=name in AS_JSON)
    written = write_records(records, path, name)
    assert written == store.count(selection or Selection())
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
    """Without it nobody can tell a changed dataset from one that was written on another day."""
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
    times = [row.pop(PUBLISHED_UTC) for row in rows]
    assert rows == records(store)
    assert times == [datetime.fromisoformat(row["published_at"]).astimezone(UTC) for row in rows]


def test_the_types_of_parquet_do_not_depend_on_what_is_in_it(store: Store, tmp_path: Path) -> None:
    """Without it a month without embeds has another schema than the rest, and the months cannot be read together."""
    nothing = Selection(until=datetime(1999, 1, 1, tzinfo=UTC))
    empty = pq.read_schema(export(store, tmp_path / "empty.parquet", nothing))
    full = pq.read_schema(export(store, tmp_path / "full.parquet"))
    assert empty == full == arrow_schema()


def test_the_arrow_schema_is_that_of_the_data_dictionary() -> None:
    """Without it a new field is in one format and not in the other."""
    schema = arrow_schema()
    assert schema.names == [*article_schema()["properties"], PUBLISHED_UTC]
    for name, stated in article_schema()["properties"].items():
        types = stated["type"] if isinstance(stated["type"], list) else [stated["type"]]
        assert schema.field(name).nullable is ("null" in types)
        assert pa.types.is_list(schema.field(name).type) is ("array" in types)
        assert pa.types.is_struct(schema.field(name).type) is ("object" in types)


def test_csv_has_one_row_a_record_and_no_cell_that_runs(store: Store, tmp_path: Path) -> None:
    """Without it a headline that begins with "=" is a program in the reader's spreadsheet."""
    with export(store, tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
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
def test_a_selection_leaves_what_was_asked_for_in_order(store: Store, selection: Selection, wanted: list[str]) -> None:
    """Without it a file of one month holds parts of another, or its order changes from day to day."""
    assert [record["id"] for record in store.records(selection)] == wanted


def test_first_and_latest_revisions_are_told_apart(store: Store) -> None:
    """Without it a study of corrections compares a text with itself."""
    titles = {
        revisions: [record["title"] for record in store.records(Selection(revisions=revisions))][1]
        for revisions in (Revisions.FIRST, Revisions.LATEST)
    }
    assert titles[Revisions.FIRST] != titles[Revisions.LATEST] == "Judul Baru"


def test_a_format_that_nobody_writes_is_refused(tmp_path: Path) -> None:
    """Without it a spreadsheet's ending gives a file of something else."""
    with pytest.raises(BadArgument, match=r"jsonl, jsonl\.gz, csv, parquet"):
        format_of(tmp_path / "a.xlsx")
    assert format_of(tmp_path / "a.xlsx", "csv") == "csv"


def test_parquet_without_its_library_says_what_to_install(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a small installation fails at its first export, whatever the format."""
    monkeypatch.setitem(sys.modules, "crawler.dataset.parquet", None)
    with pytest.raises(BadArgument, match=r"pip install '\.\[dataset\]'"):
        export(store, tmp_path / "a.parquet")
    export(store, tmp_path / "a.jsonl")
