"""Pages whose right reading is known: stories of the look-alike by generation, and the real pages where present."""

import gzip
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from tests.site.site import Site

ROOT: Final = Path(__file__).parent.parent
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


def real() -> list[Known]:
    """By an independent reading; no page where the folder is absent."""
    if not REAL_PAGES.is_dir():
        return []
    lines = (REAL_PAGES / "expected_2020-10.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Known(
            record["url"],
            gzip.decompress((REAL_PAGES / record["file"]).read_bytes()),
            record["title"],
            datetime.fromisoformat(record["published"]),
            [record["author"]],
            record["paragraphs"],
        )
        for record in map(json.loads, lines)
    ]
