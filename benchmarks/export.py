"""Exports beside the plain library that writes the same rows from memory, and the memory of the command.

``python -m benchmarks.export [--articles 20000] [--largest 1000000]``; every format on the same store in one run.
"""

import argparse
import csv
import gc
import gzip
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.extract import extract_articles, fixtures
from benchmarks.memory import watch
from crawler.dataset.arrow import arrow_row, arrow_schema
from crawler.dataset.formats import AS_JSON, FORMATS, write_records
from crawler.dataset.table import columns
from crawler.storage import Selection, Store

ROOT: Final = Path(__file__).parent.parent
ROUNDS: Final = 5
"""Of both in turn, of which the best counts: other work on the machine only ever slows."""
Records = list[dict[str, Any]]


def fill(path: Path, number: int) -> None:
    """A store of so many articles: the fixtures, each under one id after another."""
    store = Store(str(path))
    for article in extract_articles(fixtures()):
        store.save(article)
    store.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for act in ("insert", "delete", "update"):  # no export reads the index of the search
            connection.execute(f"drop trigger articles_fts_{act}")
        names = [row[1] for row in connection.execute("pragma table_info(articles)")]
        rows = connection.execute("select * from articles").fetchall()
        connection.execute("delete from articles")
        insert = f"insert into articles values ({', '.join('?' * len(names))})"
        at = {name: names.index(name) for name in ("id", "published_utc")}
        connection.executemany(insert, _copies(rows, at, number))


def _copies(rows: list[tuple[Any, ...]], at: dict[str, int], number: int) -> Iterator[tuple[Any, ...]]:
    for count in range(number):
        row = list(rows[count % len(rows)])
        day = f"{2000 + count // 100_000:04}-{count // 8_000 % 12 + 1:02}-{count // 300 % 28 + 1:02}"
        row[at["id"]] = f"{day.replace('-', '/')}/{count:09}"
        row[at["published_utc"]] = f"{day}T{count % 86_400 // 3600:02}:{count % 3600 // 60:02}:{count % 60:02}+00:00"
        yield tuple(row)


def plain_lines(records: Records, path: Path) -> None:
    with path.open("wb") as file:
        for record in records:
            file.write(orjson.dumps(record) + b"\n")


def plain_json_lines(records: Records, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def plain_gzip(records: Records, path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=6) as file:
        for record in records:
            file.write(orjson.dumps(record) + b"\n")


def plain_csv(records: Records, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns())
        for record in records:
            writer.writerow([json.dumps(v) if isinstance(v, list | dict) else v for v in record.values()])


def plain_parquet(records: Records, path: Path) -> None:
    table = pa.Table.from_pylist([arrow_row(record) for record in records], arrow_schema())
    pq.write_table(table, path, compression="zstd")


PLAIN: Final[dict[str, Callable[[Records, Path], None]]] = {
    "jsonl": plain_lines,
    "jsonl.gz": plain_gzip,
    "csv": plain_csv,
    "parquet": plain_parquet,
}


def rates(store: Store, folder: Path) -> None:
    """Rows a second from the store to the file, and from memory."""
    records = list(store.records(Selection()))
    gc.freeze()  # a command does not hold them; the collector would go through them all, at the cost of ours only
    print(f"\n{len(records)} articles, {sum(len(r['text']) for r in records) / len(records):.0f} letters each\n")
    print("| format | ours, rows/s | plain library from memory, rows/s | share | MB |\n|---|---|---|---|---|")
    for name in PLAIN:
        times = [
            (_timed(_export, store, folder / f"ours.{name}", name), _timed(PLAIN[name], records, folder / "plain"))
            for _ in range(ROUNDS)
        ]
        ours, plain = map(min, zip(*times, strict=True))
        size = (folder / f"ours.{name}").stat().st_size / 1e6
        print(f"| {name} | {len(records) / ours:.0f} | {len(records) / plain:.0f} | {plain / ours:.0%} | {size:.1f} |")
    standard = _timed(plain_json_lines, records, folder / "standard.jsonl")
    print(f"\njsonl by the standard library's json from memory: {len(records) / standard:.0f} rows/s")


def memory(path: Path, number: int, folder: Path) -> None:
    print(f"\n`scrapy export` of {number} articles\n\n| format | s | peak memory MB |\n|---|---|---|")
    for name in FORMATS:
        out = folder / f"large.{name}"
        command = [sys.executable, "-m", "scrapy", "export", str(out), "-s", f"KOMPAS_DB={path}"]
        watched = watch(command, cwd=ROOT)
        print(f"| {name} | {watched.seconds:.0f} | {watched.peak_rss:.0f} |")
        out.unlink()


def _export(store: Store, path: Path, name: str) -> None:
    with path.open("wb", buffering=1024 * 1024) as file:
        write_records(store.records(Selection(), json_text=name in AS_JSON), file, name)


def _timed(work: Callable[..., object], *arguments: object) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="of the comparison")
    parser.add_argument("--largest", type=int, default=1_000_000, help="of the store whose export is watched")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kompas-benchmark-") as name:
        folder = Path(name)
        fill(folder / "small.db", options.articles)
        with closing(Store(str(folder / "small.db"))) as store:
            rates(store, folder)
        fill(folder / "large.db", options.largest)
        memory(folder / "large.db", options.largest, folder)


if __name__ == "__main__":
    main()
