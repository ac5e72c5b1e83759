"""Releases of the small store, for the tests that write and that check them."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.dataset.bundle import write_bundle
from crawler.dataset.checksums import write_checksums
from crawler.dataset.edition import Edition, Text
from crawler.dataset.release import Release
from crawler.dataset.schema import article_schema
from crawler.dedupe.likeness import Likeness
from crawler.items import Block
from crawler.storage import Revisions, Selection, Store
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


def change_manifest(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    write_checksums(folder)


def bundles(store: Store, folder: Path) -> Make:
    """Return a function that writes releases of a store, each into a folder of its own.

    Its arguments are changes of `release`.
    """
    count = iter(range(9))

    def make(**changes: Any) -> Path:
        place = folder / f"bundle{next(count)}"
        place.mkdir()
        write_bundle(release(store, **changes), place)
        return place

    return make
