"""Prints what a crawl's JSON Lines hold: a line a story, then one record in full. Run by `make demo`."""

import json
import sys
from pathlib import Path


def main(name: str) -> None:
    lines = Path(name).read_text(encoding="utf-8").splitlines()
    records = sorted(map(json.loads, lines), key=lambda record: (record["published_at"], record["id"]))
    for record in records:
        whole = f"{record['pages']} p." if record["complete"] else "part "
        stated = f"{record['published_at'][:16]}  {record['section']:<14} {whole} {record['word_count']:>4} words"
        print(f"{stated}  {record['title']}")
    if records:
        shown = max(records, key=lambda record: len(record["images"]) + len(record["related"]) + len(record["embeds"]))
        shown["latest"] = [*shown["latest"][:2], "..."]
        print("\nOne of them, the key `latest` cut short:\n")
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    print(f"\n{len(records)} records in {name}")


if __name__ == "__main__":
    main(sys.argv[1])
