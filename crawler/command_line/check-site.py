"""`scrapy check-site`: a dozen polite requests that tell whether the site is as this project assumes."""

import argparse
from typing import Final

from scrapy.settings import SETTINGS_PRIORITIES

from crawler.commands.base import KompasCommand

_EXTENSIONS: Final = {
    "crawler.extensions.open_archive.OpenArchive": 5,
    "crawler.extensions.open_store.OpenStore": 10,
}
"""Those of a crawl that judge, store or plan are left out: a first contact is no run."""


class Command(KompasCommand):
    requires_crawler_process = True

    def short_desc(self) -> str:
        return "Ask the site a dozen pages, and tell which assumptions hold; exit 1 if one does not"

    def long_desc(self) -> str:
        return (
            "Request robots.txt, the sitemap, the index of yesterday and of three past days, and a story of each, as "
            "politely as a crawl; the answers are archived in KOMPAS_WARC_DIR, nothing is stored. Each line is an "
            "assumption: it holds, it differs (what was found, and the table to change), or it was not checked. The "
            "exit status is 1 if one differs, or if the site refused or did not answer; an assumption to which no "
            "answer applied does not count."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")
        parser.add_argument(
            "--bundle",
            metavar="FILE.zip",
            help="pack findings and pages for an issue, every text replaced by invented words",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options. The lines say what matters, so that the default log level is ERROR."""
        super().process_options(args, opts)
        settings = self.checked_settings
        if settings.getpriority("LOG_LEVEL") != SETTINGS_PRIORITIES["cmdline"]:
            settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        settings.set("EXTENSIONS", _EXTENSIONS, priority="cmdline")
        settings.set("ITEM_PIPELINES", {}, priority="cmdline")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.check_site import check_site

        return check_site(self, args, opts)
