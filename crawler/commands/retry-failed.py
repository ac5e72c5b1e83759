"""`scrapy retry-failed`: asks once more for what failed; what succeeds is cleared.

Scrapy names a command after its file.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from crawler.arguments import can_be_listed
from crawler.commands.coverage import open_existing
from crawler.commands.crawl import REFUSED
from crawler.commands.crawl import Command as CrawlCommand
from crawler.errors import UserError


class Command(CrawlCommand):
    """The crawl of a list, `-a urls=`: stories, index days (walked from their first page) and fronts."""

    def short_desc(self) -> str:
        return "Ask once more for what failed, stories and index days alike; what succeeds is cleared"

    def syntax(self) -> str:
        return "[options]"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None, "Scrapy sets it"
        try:
            store = open_existing(self.settings)
            failed = [failure["url"] for failure in store.failures() if not failure["gone"]]
            store.close()
        except UserError as refusal:
            print(f"kompas_global: {refusal}", file=sys.stderr)
            self.exitcode = REFUSED
            return
        urls = [url for url in failed if can_be_listed(url)]
        if len(urls) < len(failed):
            print(
                f"kompas_global: {len(failed) - len(urls)} failed that are no story, index day or front; "
                "see the table failures",
                file=sys.stderr,
            )
        if not urls:
            print("kompas_global: nothing failed that could be tried again", file=sys.stderr)
            return
        with tempfile.TemporaryDirectory(prefix="kompas-retry-") as folder:
            listed = Path(folder) / "failed-urls.txt"
            listed.write_text("\n".join(urls) + "\n", encoding="utf-8")
            opts.spargs["urls"] = str(listed)
            super().run(["kompas_global"], opts)
