"""Pages whose right reading is known: stories of the look-alike by generation, and the real pages where present."""

import gzip
import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from tests.site.site import Site

ROOT: Final = Path(__file__).parent.parent
SETS: Final = {
    "2020-10": "real, October 2020",
    "2021-03": "real, March 2021",
    "2023-04": "real, April 2023, odd forms",
    "2024-04": "real, April 2024, odd forms",
}
"""Folder of stored pages -> name of the set."""
_DATELINE: Final = re.compile(r"^.{0,60}?KOMPAS\.com\W*[-\u2013\u2014]\s*", re.IGNORECASE)
_NO_PARAGRAPH: Final = re.compile(r"\W*(?:Penulis|Editor|Oleh)\s*:|.*\bInfografik:", re.IGNORECASE)
"""Credit lines and captions of infographics, which the readings since 2021 keep among the paragraphs."""
REAL_PAGES: Final = Path(os.environ.get("REAL_PAGES", ROOT.parent / "shared" / "real_pages"))


@dataclass(frozen=True)
class Known:
    """A page and what is right."""

    url: str
    body: bytes
    title: str
    published: datetime
    authors: list[str]
    paragraphs: list[str]


def look_alike() -> dict[str, list[Known]]:
    """Generation -> its stories of one page."""
    site = Site()
    found: dict[str, list[Known]] = {}
    for story in site.stories.values():
        truth: dict[str, Any] = site.truth(story.id)
        url = truth["url"]
        reply = site.respond(url)
        if story.trouble or truth["pages"] != 1:
            continue
        known = Known(
            url,
            reply.body,
            truth["title"],
            datetime.fromisoformat(truth["published_at"]),
            truth["authors"],
            [block["text"] for block in truth["body"]],
        )
        found.setdefault(truth["layout"], []).append(known)
    return found


def real() -> dict[str, list[Known]]:
    """Return set of stored pages -> its pages with an independent reading; empty where the folder is absent.

    A page without any text in its reading is left out.
    """
    return {name: _stored(file) for file, name in SETS.items()} if REAL_PAGES.is_dir() else {}


def _stored(name: str) -> list[Known]:
    lines = (REAL_PAGES / f"expected_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    readings = [record for record in map(json.loads, lines) if record.get("paragraphs") or record.get("body")]
    return [
        Known(
            record["url"],
            gzip.decompress(_file(name, record["file"]).read_bytes()),
            record["title"],
            datetime.fromisoformat(record["published"]),
            record["authors"] if "authors" in record else [record["author"]],
            record["paragraphs"] if "paragraphs" in record else _paragraphs(record["body"]),
        )
        for record in readings
    ]


def _file(name: str, file: str) -> Path:
    return REAL_PAGES / file if "/" in file else REAL_PAGES / name / file


def _paragraphs(body: list[dict[str, str]]) -> list[str]:
    """Return the paragraphs of a reading since 2021, without the dateline that it keeps in the first."""
    first, *others = (block["text"] for block in body if not _NO_PARAGRAPH.match(block["text"]))
    return [_DATELINE.sub("", first), *others]
