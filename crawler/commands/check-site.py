"""`scrapy check-site`: a dozen polite requests that tell whether the site is as this project assumes."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.clock import WIB, utc_now
from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.crawl import refuse_unwritable
from crawler.commands.streams import print_json, print_line
from crawler.kompas.contact.findings import Finding, State
from crawler.kompas.contact.walk import Contact
from crawler.site_check.bundle import as_plain, write_bundle
from crawler.site_check.spider import SiteCheckSpider

_EXTENSIONS: Final = {
    "crawler.extensions.open_archive.OpenArchive": 5,
    "crawler.extensions.open_store.OpenStore": 10,
}
"""Those of a crawl that judge, store or plan are left out: a first contact is no run."""


class Command(KompasCommand, ScrapyCommand):
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
        if opts.bundle:
            self.output(opts.bundle)
            refuse_unwritable([opts.bundle])
        contact = Contact(utc_now().astimezone(WIB).date())
        self._make(contact)
        findings = contact.findings()
        if opts.bundle:
            write_bundle(Path(opts.bundle), findings, contact.answers)
        if opts.json:
            print_json([as_plain(finding) for finding in findings])
        else:
            for line in _lines(findings):
                print_line(line)
        return ExitStatus.DIFFERENT if any(finding.is_failure for finding in findings) else ExitStatus.HEALTHY

    def _make(self, contact: Contact) -> None:
        """Make the requests of a contact, with a store of their own for the length of the run.

        :raises UserError: a component refused the run before its first request.
        """
        process = self.crawler_process
        assert isinstance(process, AsyncCrawlerProcess), "the settings keep Scrapy's asyncio reactor"
        with tempfile.TemporaryDirectory(prefix="check-site-") as folder:
            process.settings.set("KOMPAS_DB", str(Path(folder) / "check.db"), priority="cmdline")
            run = process.crawl(SiteCheckSpider, contact=contact)
            process.start()
        refusal = run.exception() if run.done() else None
        if refusal is not None:
            raise refusal


def _lines(findings: list[Finding]) -> Iterator[str]:
    """Yield a line for each assumption, and a summary."""
    for finding in findings:
        yield f"{finding.state.value:<12} {finding.assumption}: {finding.claim}"
        yield f"{'':<12}   {finding.found}"
        if finding.change:
            yield f"{'':<12}   change {finding.change}"
    counts = {state: sum(finding.state is state for finding in findings) for state in State}
    yield ", ".join(f"{count} {state.value}" for state, count in counts.items())
