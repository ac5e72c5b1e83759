"""All captures of one story in an archive into its editions, in the order of their capture."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

from crawler import PARSER_VERSION
from crawler.archive.codings import plain_body
from crawler.archive.records import Captured, Location, Reference, read
from crawler.archive.scan import IndexedRecord
from crawler.errors import NotInArchive, PageError
from crawler.health.facts import reading_counts
from crawler.items import Article, Discovery, Provenance, WarcPlace
from crawler.kompas.loaders import Capture, load_article
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.listing import RawEntry
from crawler.kompas.pages.multipage import Story
from crawler.kompas.pages.refusals import refuse_blocked
from crawler.kompas.urls import ALL_PAGES, page_number

OK: Final = 200
UNREADABLE: Final = (PageError, NotInArchive)


@dataclass(frozen=True)
class Answer:
    """An archived answer to a request for a page of a story."""

    entry: IndexedRecord
    original: Location | None = None
    """Of a `revisit`: the record that holds its bytes."""


@dataclass(frozen=True)
class Edition:
    """A story as it was at one capture, and what its page says beside."""

    article: Article
    older: list[RawEntry]
    """Its "Mungkin Anda melewatkan ini" box."""
    counts: Counter[str]
    """Statistics of the reading, below `kompas/`."""


@dataclass(frozen=True)
class Fault:
    """A capture that gives no article."""

    url: str
    error: Exception
    captured_at: datetime | None
    place: WarcPlace
    status: int | None


@dataclass
class Extracted:
    """What the captures of one story come to."""

    url: str
    editions: list[Edition] = field(default_factory=list)
    """Those that differ from the one before, in the order of their capture."""
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0
    """Captures that say what the one before said."""


def extract_story(url: str, answers: list[Answer], discovery: Discovery) -> Extracted:
    """
    :param answers: in the order of their capture.
    """
    extracted = Extracted(url)
    for lead in _leads(answers):
        try:
            edition = read_edition(lead, answers, discovery)
        except UNREADABLE as error:
            entry = lead.entry
            extracted.faults.append(Fault(entry.url, error, entry.captured_at, entry.place, entry.status))
            continue
        if extracted.editions and not _adds(edition.article, extracted.editions[-1].article):
            extracted.unchanged += 1
        else:
            extracted.editions.append(edition)
    return extracted


def read_edition(lead: Answer, answers: list[Answer], discovery: Discovery) -> Edition:
    """The story that begins with one answer; its other pages are those captured nearest in time.

    :raises PageError: the answer is no article, or the pages do not make one.
    :raises NotInArchive: its record cannot be read.
    """
    page, captured = read_page(lead)
    story = Story()
    story.add(page, asked=page_number(lead.entry.url))
    provenance = Provenance(**asdict(captured.place), parser_version=PARSER_VERSION)
    while (number := story.next_page()) is not None:
        found = _nearest(number, lead, answers)
        if found is None:
            story.unavailable.add(number)
            continue
        try:
            page, further = read_page(found)
            story.add(page, asked=number)
        except UNREADABLE:
            answers = [answer for answer in answers if answer is not found]  # another capture may do
            continue
        provenance.further_pages.append(further.place)
    article = load_article(story, Capture(captured.captured_at, provenance, discovery))
    older = story.front.older()
    return Edition(article, older, Counter(reading_stats(story, article, len(older))))


def reading_stats(story: Story, article: Article, older: int) -> Iterator[str]:
    """Names of statistics: what was read, and what cleaning took away, by rule."""
    removed = [removal.rule for page in story.pages.values() for removal in page.body.removed]
    yield f"layout/{article.layout}"
    yield from (f"cleaning/{rule}" for rule in removed)
    yield from reading_counts(article, removed, older)


def read_page(answer: Answer) -> tuple[ArticlePage, Captured]:
    """
    :raises PageError: no article.
    :raises NotInArchive: the record cannot be read, or holds no good answer.
    """

    def original(reference: Reference) -> Location:
        assert answer.original is not None, f"{reference} was resolved by whoever made the answer"
        return answer.original

    captured = read(answer.entry.location, original)
    if captured.status != OK:
        raise NotInArchive(f"{captured.url} was answered with {captured.status} when it was archived")
    return page_of(captured), captured


def page_of(captured: Captured) -> ArticlePage:
    """
    :raises PageError: no article.
    :raises NotInArchive: the body cannot be unpacked.
    """
    return read_article(document_of(captured))


def document_of(captured: Captured) -> Document:
    """
    :raises PageError: no page to be read.
    :raises NotInArchive: the body cannot be unpacked.
    """
    body = plain_body(captured)
    refuse_blocked(captured.url, captured.status, body)
    return Document(captured.url, body, captured.content_type)


def _leads(answers: list[Answer]) -> list[Answer]:
    """Answers with which a story begins: the whole or the first page, else the lowest that was captured."""
    numbers = [page_number(answer.entry.url) for answer in answers]
    first = {ALL_PAGES, 1} & set(numbers) or {min(numbers)}
    return [answer for answer, number in zip(answers, numbers, strict=True) if number in first]


def _nearest(number: int, lead: Answer, answers: list[Answer]) -> Answer | None:
    """Pages of one story are captured within seconds of each other, its next capture may be years away."""

    def distance(answer: Answer) -> float:
        times = answer.entry.captured_at, lead.entry.captured_at
        return abs((times[0] - times[1]).total_seconds()) if times[0] and times[1] else float("inf")

    found = [answer for answer in answers if page_number(answer.entry.url) == number]
    return min(found, key=distance, default=None)


def _adds(article: Article, before: Article) -> bool:
    if article.content_hash != before.content_hash:
        return True
    return article.complete and not before.complete
