"""`scrapy check-site`: a dozen polite requests that tell whether the site is as this project assumes."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess

from crawler.clock import WIB, utc_now
from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.crawl import refuse_unwritable
from crawler.commands.streams import print_json, print_line
from crawler.kompas.contact.findings import Finding, State
from crawler.kompas.contact.walk import Contact
from crawler.site_check.bundle import as_plain, write_bundle
from crawler.site_check.spider import SiteCheckSpider


def check_site(command: KompasCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Make the requests and print what each assumption came to."""
    if opts.bundle:
        command.output(opts.bundle)
        refuse_unwritable([opts.bundle])
    contact = Contact(utc_now().astimezone(WIB).date())
    _make(command, contact)
    findings = contact.findings()
    if opts.bundle:
        write_bundle(Path(opts.bundle), findings, contact.answers)
    if opts.json:
        print_json([as_plain(finding) for finding in findings])
    else:
        for line in _lines(findings):
            print_line(line)
    return ExitStatus.DIFFERENT if any(finding.is_failure for finding in findings) else ExitStatus.HEALTHY


def _make(command: KompasCommand, contact: Contact) -> None:
    """Make the requests of a contact, with a store of their own for the length of the run.

    :raises UserError: a component refused the run before its first request.
    """
    process = command.crawler_process
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
