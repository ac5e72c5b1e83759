"""`scrapy reextract`: read every archived article again with today's parser, without the network."""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from crawler import PARSER_VERSION
from crawler.archive.extract.again import Archived, Reread, archived_revision, changes, read_again
from crawler.archive.shelf import Shelf
from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.spans import days_of, moments_of
from crawler.commands.streams import print_line
from crawler.dedupe.likeness import Likeness
from crawler.errors import PARSER_REASONS
from crawler.executor import Settings, in_order, open_executor
from crawler.health.marks import Marks, carries
from crawler.health.watch import STORM
from crawler.items import Article, Discovery, WarcPlace
from crawler.kompas.urls import ALL_PAGES, page_number
from crawler.plural import number_of
from crawler.storage import HeldCapture, Outcome, Store

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
    accepted: int = 0
    """Marks of suspected additions that a person accepted."""
    cleared: int = 0
    """Marks that are gone: a rule removes the addition now."""
    suspected: int = 0
    """Stories that are still marked."""
    brought_in: list[str] = field(default_factory=list)
    """Captures that were held back and are stored now."""
    held: int = 0
    """Captures that are still held back."""

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
        recovered = number_of(len(self.recovered), "failure is an article", "failures are articles")
        yield (
            f"{number_of(self.read, 'revision', 'revisions')} read again by parser {PARSER_VERSION}: "
            f"{self.changed} changed, {len(self.unreadable)} cannot be read any more, "
            f"{len(self.missing)} without their bytes, {self.not_archived} never archived; {recovered} now"
        )
        if self.accepted or self.cleared or self.suspected or self.brought_in or self.held:
            marked = number_of(self.suspected, "story is marked", "stories are marked")
            stored = number_of(len(self.brought_in), "is stored now", "are stored now")
            yield (
                f"suspected additions: {marked}, {number_of(self.cleared, 'mark', 'marks')} cleared, "
                f"{self.accepted} accepted; of the captures held back {stored}, "
                f"{number_of(self.held, 'is still held back', 'are still held back')}"
            )
        for name, count in self.fields.most_common():
            yield f"  {name}: {count}"
            yield from (f"    {example}" for example in self.examples[name])
        for title, found in (("cannot be read any more", self.unreadable), ("without bytes", self.missing)):
            yield from (f"  {title}: {one.id}  {one.error}" for one in found[:EXAMPLES])


def reextract(command: KompasCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Read again what the options select, store what changed, and print the report."""
    shelf = Shelf(command.checked_settings["KOMPAS_WARC_DIR"], opts.archive)
    span = moments_of(days_of(opts))
    with command.open_store(alone=True, writes=True) as store:
        accepted = store.suspects.accept() if opts.accept and not opts.dry_run else 0
        report = _reextract(command.checked_settings, store, shelf, span, dry_run=opts.dry_run)
        report.accepted = accepted
    for line in report.lines():
        print_line(line)
    return ExitStatus.UNHEALTHY if report.unreadable or report.missing else ExitStatus.HEALTHY


def _reextract(
    settings: Settings, store: Store, shelf: Shelf, span: tuple[datetime | None, datetime | None], *, dry_run: bool
) -> Report:
    report = Report()
    with open_executor(settings, read_again) as workers:
        marks = Marks(store.suspects.by_story())
        asyncio.run(_read_revisions(store, shelf, span, workers, report, marks, dry_run=dry_run))
        if not dry_run:
            store.suspects.clear(marks.gone())
            report.cleared = sum(map(len, marks.gone().values()))
            asyncio.run(_read_held(store, shelf, workers, report))
        report.suspected = len(store.suspects.by_story())
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
    marks: Marks,
    *,
    dry_run: bool,
) -> None:
    waiting: list[list[Article]] = []

    def tasks() -> Iterator[tuple[list[Archived], Shelf]]:
        for batch in store.batches(*span, size=BATCH):
            archived = [article for article in batch if article.provenance.warc_file is not None]
            report.not_archived += len(batch) - len(archived)
            if archived:
                waiting.append(archived)
                yield list(map(archived_revision, archived)), shelf

    executor, in_flight = workers
    async for again in in_order(executor, read_again, tasks(), in_flight):
        new = []
        for before, one in zip(waiting.pop(0), again, strict=True):
            if one.article is None:
                (report.missing if one.is_missing else report.unreadable).append(one)
                continue
            marks.read(one.article, one.signs)
            if report.compare(before, one.article):
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
        Archived(row["article_id"], row["url"], Discovery(row["via"] or "urls", None), [WarcPlace(**row["answer"])])
        for row in store.failures()
        if row["reason"] in PARSER_REASONS
        and row["answer"]
        and row["article_id"]
        and page_number(row["url"]) in (ALL_PAGES, 1)
    ]
    batches = [failed[at : at + BATCH] for at in range(0, len(failed), BATCH)]
    executor, in_flight = workers
    async for again in in_order(executor, read_again, ((batch, shelf) for batch in batches), in_flight):
        for one in again:
            if one.article is None:
                continue
            if dry_run or store.save(one.article, Likeness(one.article.text)).outcome is not Outcome.KNOWN:
                report.recovered.append(one.id)


async def _read_held(store: Store, shelf: Shelf, workers: tuple[Executor, int], report: Report) -> None:
    """Store the captures that were held back, as far as a rule removes their addition or a person accepted it."""
    held = store.suspects.held()
    tasks = (([Archived(one.article_id, one.url, Discovery("urls", None), one.places)], shelf) for one in held)
    executor, in_flight = workers
    waiting = list(held)
    async for (again,) in in_order(executor, read_again, tasks, in_flight):
        capture = waiting.pop(0)
        if again.article is None or _is_doubted(capture, again.article, again.signs, store):
            report.held += 1
            continue
        article = replace(again.article, discovery=store.revisions(capture.article_id)[-1].discovery)
        if store.save(article, Likeness(article.text)).outcome is not Outcome.KNOWN:
            report.brought_in.append(capture.article_id)
        store.suspects.release(capture.article_id)


def _is_doubted(capture: HeldCapture, article: Article, signs: frozenset[str], store: Store) -> bool:
    """Return whether a capture still has what it was held back for, and no person accepted it."""
    if STORM in capture.doubted and article.content_hash not in store.hashes(article.id):
        return True
    return any(carries(what, article.text, signs) for what in capture.doubted)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}..."
