"""`scrapy schema`: writes the data format's JSON Schema and page into `docs/`."""

import argparse

from scrapy.commands import ScrapyCommand

from crawler.data_format import files


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Write docs/article.schema.json and docs/data-format.md from the item's docstrings"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        for path, text in files().items():
            path.write_text(text, encoding="utf-8")
            print(path)
