"""`scrapy reextract` over a store that 1.0.0 filled: what that parser read wrongly is mended, nothing else changes."""

import re
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crawler.items import Article, Block, Embed
from crawler.kompas.content_hash import content_hash
from crawler.kompas.text.dates import WIB
from crawler.storage import Store
from tests.commands.conftest import Command
from tests.site.site import Site
from tests.site.warc import CAPTURED, archive_urls, write_warc

DAY = date(2023, 4, 20)
UPDATE = datetime(2023, 4, 21, 8, 30, 15, tzinfo=WIB)
WIDGETS = [
    Embed("iframe", "https://widget.kompas.com/survey/39"),
    Embed("iframe", "https://widget.kompas.com/polling?site=global"),
]
DATELINE = "TELUK WAYA (KOMPAS.com) — "
OLD: dict[str, dict[str, Any]] = {
    # id digits -> what 1.0.0 stored of the story (read from the same archive by that release)
    "050000070": {"published_at": UPDATE, "modified_at": None},
    "053000170": {"authors": []},
    "060000270": {"kind": "article"},
    "063000370": {"kind": "article", "claim": None, "claim_verdict": None},
    "070000470": {"kind": "article"},
    "080000670": {"complete": True},
    "120000470": {"embeds": WIDGETS},
    "150000070": {"dateline": None, "body": DATELINE},
}
"""A string for `body` stood before the first block."""
OF_THE_TEXT = ("body", "text", "word_count", "content_hash")
"""Fields that change together."""


def as_stored_by_1_0_0(article: Article) -> Article:
    """Return a record with the values and the parser version of 1.0.0."""
    fields = OLD.get(article.id.rpartition("/")[2], {})
    old = replace(
        article, provenance=replace(article.provenance, parser_version="1"), **{**fields, "body": article.body}
    )
    if "body" not in fields:
        return old
    first, *others = article.body
    body = [Block(first.type, fields["body"] + first.text), *others]
    text = "\n\n".join(block.text for block in body)
    return replace(
        old, body=body, text=text, word_count=len(text.split()), content_hash=content_hash(article.title, text)
    )


def stored(path: Path) -> list[Article]:
    with closing(Store(str(path))) as store:
        return list(store.articles())


def test_an_old_store_changes_only_where_the_old_parser_was_wrong(command: Command, path: Path, tmp_path: Path) -> None:
    """Without it the effect of an upgrade on ten years of records is unknown."""
    archive = tmp_path / "odd.warc.gz"
    write_warc(Site(), archive, archive_urls(Site(), [DAY]), captured=CAPTURED)
    assert command("crawl", "kompas_global", "-a", f"archive={archive}").status == 0
    right = stored(path)
    assert len(right) == len(Site().listed(DAY))
    with closing(Store(str(path))) as store:
        store.replace(map(as_stored_by_1_0_0, right))
    told = command("reextract", "--archive", str(archive))
    assert (told.status, told.stderr) == (0, "")
    expected = Counter(
        name for fields in OLD.values() for field in fields for name in (OF_THE_TEXT if field == "body" else (field,))
    )
    counts = re.findall(r"^  (\w+): (\d+)$", told.stdout, re.MULTILINE)
    assert {name: int(count) for name, count in counts} == expected
    assert f": {len(OLD)} changed," in told.stdout
    again = {article.id: article for article in stored(path)}
    assert {story: replace(one, provenance=None) for story, one in again.items()} == {  # type: ignore[arg-type]
        one.id: replace(one, provenance=None)  # type: ignore[arg-type]
        for one in right
    }
