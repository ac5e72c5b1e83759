"""`scrapy reextract`: read every archived article again with today's parser, without the network."""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from scrapy.commands import ScrapyCommand

from crawler import PARSER_VERSION
from crawler.archive.extract.again import Failed, Reread, changes, read_again, read_failed
from crawler.archive.shelf import Shelf
from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.spans import add_span, days_of, moments_of
from crawler.commands.streams import print_line
from crawler.dedupe.likeness import Likeness
from crawler.errors import PARSER_REASONS
from crawler.executor import in_order, open_executor
from crawler.items import Article, WarcPlace
from crawler.kompas.urls import ALL_PAGES, page_number
from crawler.storage import Outcome, Store

BATCH: Final = 32
"""Revisions that a process reads at a time."""
EXAMPLES: Final = 3
"""Records that the report names for each field."""
_WIDTH: Final = 60


@dataclass
class Report:
    """The result of reading everything again."""

    read: int = 0
    changed: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    unreadable: list[Reread] = field(default_factory=list)
    missing: list[Reread] = field(default_factory=list)
    not_archived: int = 0
    recovered: list[str] = field(default_factory=list)
    """Failures that are articles now."""

    def compare(self, before: Article, after: Article) -> bool:
        """Note the fields that differ, and return whether to replace the stored row."""
        self.read += 1
        names = list(changes(before, after))
        self.changed += bool(names)
        self.fields.update(names)
        for name in names:
            known = self.examples.setdefault(name, [])
            if len(known) < EXAMPLES:
                known.append(f"{before.id}  {_short(getattr(before, name))} -> {_short(getattr(after, name))}")
        return bool(names) or before.provenance.parser_version != after.provenance.parser_version

    def lines(self) -> Iterator[str]:
        """Yield the lines that the command prints."""
        yield (
            f"{self.read} revisions read again by parser {PARSER_VERSION}: {self.changed} changed, "
            f"{len(self.unreadable)} cannot be read any more, {len(self.missing)} without their bytes, "
            f"{self.not_archived} never archived; {len(self.recovered)} failures are articles now"
        )
        for name, count in self.fields.most_common():
            yield f"  {name}: {count}"
            yield from (f"    {example}" for example in self.examples[name])
        for title, found in (("cannot be read any more", self.unreadable), ("without bytes", self.missing)):
            yield from (f"  {title}: {one.id}  {one.error}" for one in found[:EXAMPLES])


class Command(KompasCommand, ScrapyCommand):
    def short_desc(self) -> str:
        return "Read every archived article again with today's parser; print which fields changed"

    def long_desc(self) -> str:
        return (
            "Read every archived article and failure again with today's parser, without network, and store what "
            "changed. The exit status is 1 if a record cannot be read any more, or its bytes are not there."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_span(parser)
        parser.add_argument("--dry-run", action="store_true", help="print what would change, and store nothing")
        parser.add_argument("--archive", metavar="FILES", default="", help="WARC files to read besides KOMPAS_WARC_DIR")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        shelf = Shelf(self.checked_settings["KOMPAS_WARC_DIR"], opts.archive)
        span = moments_of(days_of(opts))
        with self.open_store(alone=True, writes=True) as store:
            report = self._reextract(store, shelf, span, dry_run=opts.dry_run)
        for line in report.lines():
            print_line(line)
        return ExitStatus.UNHEALTHY if report.unreadable or report.missing else ExitStatus.HEALTHY

    def _reextract(
        self, store: Store, shelf: Shelf, span: tuple[datetime | None, datetime | None], *, dry_run: bool
    ) -> Report:
        report = Report()
        with open_executor(self.checked_settings) as workers:
            asyncio.run(_read_revisions(store, shelf, span, workers, report, dry_run=dry_run))
            asyncio.run(_read_failures(store, shelf, workers, report, dry_run=dry_run))
        if not dry_run:
            store.label_all(Likeness)  # also stories that an earlier version stored without labels
        return report


async def _read_revisions(
    store: Store,
    shelf: Shelf,
    span: tuple[datetime | None, datetime | None],
    workers: tuple[Executor, int],
    report: Report,
    *,
    dry_run: bool,
) -> None:
    waiting: list[list[Article]] = []

    def tasks() -> Iterator[tuple[list[Article], Shelf]]:
        for batch in store.batches(*span, size=BATCH):
            archived = [article for article in batch if article.provenance.warc_file is not None]
            report.not_archived += len(batch) - len(archived)
            if archived:
                waiting.append(archived)
                yield archived, shelf

    executor, in_flight = workers
    async for again in in_order(executor, read_again, tasks(), in_flight):
        new = []
        for before, one in zip(waiting.pop(0), again, strict=True):
            if one.article is None:
                (report.missing if one.is_missing else report.unreadable).append(one)
            elif report.compare(before, one.article):
                new.append(one.article)
        if not dry_run:
            store.replace(new, Likeness)


async def _read_failures(
    store: Store, shelf: Shelf, workers: tuple[Executor, int], report: Report, *, dry_run: bool
) -> None:
    """Try the failures that a parser made on a whole page again; every other needs a new response of the site.

    A further page of a story is left to the crawl, which fetches the whole story.
    """
    failed = [
        Failed(row["url"], row["article_id"], row["via"] or "urls", WarcPlace(**row["answer"]))
        for row in store.failures()
        if row["reason"] in PARSER_REASONS
        and row["answer"]
        and row["article_id"]
        and page_number(row["url"]) in (ALL_PAGES, 1)
    ]
    batches = [failed[at : at + BATCH] for at in range(0, len(failed), BATCH)]
    executor, in_flight = workers
    async for again in in_order(executor, read_failed, ((batch, shelf) for batch in batches), in_flight):
        for one in again:
            if one.article is None:
                continue
            if dry_run or store.save(one.article, Likeness(one.article.text)).outcome is not Outcome.KNOWN:
                report.recovered.append(one.id)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}..."
