"""`scrapy schema`: writes the data format's JSON Schema and page, and what Datasette is told, into `docs/`."""

import argparse
import json
from pathlib import Path

from scrapy.commands import ScrapyCommand

from crawler.dataset.browse import datasette_metadata
from crawler.dataset.schema import DOCS, article_schema, files


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Write docs/article.schema.json, docs/data-format.md and docs/datasette.json from the item's docstrings"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        for path, text in generated().items():
            path.write_text(text, encoding="utf-8")
            print(path)


def generated() -> dict[Path, str]:
    """The files and what must stand in them."""
    metadata = json.dumps(datasette_metadata(article_schema()), indent=2, ensure_ascii=False) + "\n"
    return {**files(), DOCS / "datasette.json": metadata}
