"""Print what the demo crawl found: a line a story, one record in short, and the commands to type next."""

import json
import sys
import textwrap
from pathlib import Path
from typing import Any, Final

_WIDTH: Final = 79
_SETTINGS: Final = "KOMPAS_DB=data/demo.db KOMPAS_WARC_DIR=samples"


def line(record: dict[str, Any]) -> str:
    """Return one row of the table: time (as the page states it), kanal, words, headline."""
    start = f"{record['published_at'][:16].replace('T', ' ')}  {record['section']:<13}  {record['word_count']:>5}  "
    return start + textwrap.shorten(record["title"], _WIDTH - len(start), placeholder=" ...")


def short(record: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a record that a first look needs, the text cut after its first paragraph."""
    names = ("id", "title", "published_at", "authors", "editors", "sources", "dateline", "tags", "pages", "complete")
    first = record["body"][0]["text"]
    images = [f"{image['role']}: {image['caption']} ({image['credit']})" for image in record["images"]]
    return {
        **{name: record[name] for name in names},
        "text": textwrap.shorten(first, 200, placeholder=" ..."),
        "images": images[:1],
        "related": [link["title"] for link in record["related"]][:1],
    }


def main(feed: str) -> None:
    records = [json.loads(text) for text in Path(feed).read_text(encoding="utf-8").splitlines()]
    records.sort(key=lambda record: (record["published_at"], record["id"]))
    print(f"\n{'published':<16}  {'section':<13}  {'words':>5}  title")
    for record in records:
        print(line(record))
    shown = max(records, key=lambda record: bool(record["sources"]) + bool(record["related"]) + record["pages"])
    print("\nOne record, in short:\n")
    print(json.dumps(short(shown), ensure_ascii=False, indent=2))
    print(f"\n{len(records)} stories in data/demo.db. Type next:\n")
    print(f"    {_SETTINGS} .venv/bin/scrapy coverage")
    print(f"    {_SETTINGS} .venv/bin/scrapy explain {shown['id']}")
    print(f"    {_SETTINGS} .venv/bin/scrapy export data/demo.csv")


if __name__ == "__main__":
    main(sys.argv[1])
