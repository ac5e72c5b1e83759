"""`scrapy explain`: the bytes of one story, its layout, the source of each field, and what cleaning removed."""

import argparse
import re
from collections.abc import Iterator
from typing import Final

from crawler.archive.extract.trace import PageTrace, trace_page
from crawler.archive.records import digest_agrees
from crawler.archive.shelf import Shelf
from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.streams import print_line
from crawler.errors import BadArgument, NotInArchive
from crawler.items import Article, WarcPlace
from crawler.kompas.unread.report import lines_of
from crawler.kompas.urls import article_id
from crawler.plural import number_of
from crawler.storage import Store

_WIDTH: Final = 100
_ID: Final = re.compile(r"\d{4}/\d{2}/\d{2}/\d+")


def explain(command: KompasCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Print where each field of a story comes from."""
    explanation = Explanation(Shelf(command.checked_settings["KOMPAS_WARC_DIR"], opts.archive))
    story = _story(args[0])
    with command.open_store() as store:
        lines = list(explanation.of(store, story))
    for line in lines or [f"nothing is stored about {args[0]}"]:
        print_line(line)
    return ExitStatus.MISSING if explanation.is_short or not lines else ExitStatus.HEALTHY


class Explanation:
    """The lines that the command prints."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.headline: str | None = None
        """The headline of the story in the index."""
        self.is_short = False
        """Some bytes are not there, or differ from those that were read."""

    def of(self, store: Store, story: str) -> Iterator[str]:
        """Yield the lines of every revision of a story, and of its failures."""
        self.headline = store.ledger.headline(story)
        for article in store.revisions(story):
            yield from self._record(article)
        for failure in store.failures():
            if failure["article_id"] == story:
                yield f"failure {failure['url']}"
                yield f"  {failure['reason']}: {failure['detail']}"
                yield f"  {failure['times']} times, last {failure['failed_at'].isoformat()}"
                yield from self._answer(WarcPlace(**failure["answer"]) if failure["answer"] else None, failure["url"])

    def _record(self, article: Article) -> Iterator[str]:
        evidence, found = article.date_evidence, article.discovery
        yield f"{article.id}, revision {article.revision}: {article.title}"
        yield f"  {article.url}"
        yield f"  published {article.published_at.isoformat()}, by {evidence.chosen}; sources agree: {evidence.agree}"
        yield f"  fetched {article.fetched_at.isoformat()}, by {found.via} {found.from_url or ''}".rstrip()
        yield f"  {article.kind}, {article.word_count} words, pages {article.pages}, complete: {_complete(article)}"
        yield f"  {article.content_hash}, parser {article.provenance.parser_version}"
        for place in (article.provenance, *article.provenance.further_pages):
            yield from self._answer(place, article.url)

    def _answer(self, place: WarcPlace | None, url: str) -> Iterator[str]:
        """Yield the lines of one archived response to a request for an address, and how today's parser reads it."""
        if place is None:
            yield "  no answer was archived"
            return
        yield f"bytes {place.warc_file or '-'} at {place.warc_offset}, {place.warc_record_id}, {place.payload_digest}"
        try:
            captured = self.shelf.captured(place)
            trace = trace_page(captured, url, self.headline)
        except NotInArchive as error:
            self.is_short = True
            yield f"  not there: {error}"
            return
        agreement = digest_agrees(captured.body, place.payload_digest)
        self.is_short |= agreement is False
        agrees = {True: "agrees", False: "DIFFERS", None: "is not stated in sha1"}[agreement]
        yield f"  {len(captured.body)} bytes, status {captured.status}, of {captured.url}; the payload digest {agrees}"
        yield from _trace(trace)


def _trace(trace: PageTrace) -> Iterator[str]:
    if trace.error:
        yield f"  today's parser: {trace.error}; recognised by {', '.join(trace.recognised_by) or 'no layout'}"
    if trace.unread is not None:
        yield from (f"  {line}" for line in lines_of(trace.unread))
    if trace.layout is None:
        return
    yield f"  layout {trace.layout}"
    for field in trace.fields:
        if field.value is not None:
            yield f"    {field.field}: {_short(field.value)}"
            yield from (f"        {query}" for query in field.found_by)
    absent = [field.field for field in trace.fields if field.value is None]
    if absent:
        yield f"    not on the page: {', '.join(absent)}"
    if trace.removed:
        yield "  removed by cleaning"
        yield from (f"    {rule}: {_short(text)}" for rule, text in trace.removed)
    yield from _accounts(trace)


def _accounts(trace: PageTrace) -> Iterator[str]:
    """Yield where each text of the story's container went."""
    lost = sum(not one.is_whole for one in trace.accounts)
    yield f"  text of the story's container: {number_of(len(trace.accounts), 'piece', 'pieces')}, {lost} unaccounted"
    yield from (f"    {', '.join(one.places)}: {_short(one.text)}" for one in trace.accounts)


def _complete(article: Article) -> str:
    return f"False ({article.incomplete_because})" if article.incomplete_because else str(article.complete)


def _story(named: str) -> str:
    """Return the id of the story that an argument names.

    :raises BadArgument: it is neither an id nor the address of a story.
    """
    story = named if _ID.fullmatch(named) else article_id(named)
    if story is None:
        raise BadArgument(f"{named} is neither an article id (2021/04/22/160600870) nor the address of a story")
    return story


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else f"{line[:_WIDTH]}..."
