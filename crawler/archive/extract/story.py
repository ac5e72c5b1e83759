"""All captures of one story in an archive as its editions, in the order of their capture."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from crawler.archive.extract.captures import from_capture
from crawler.archive.records import Location, Reference, read
from crawler.archive.scan import IndexedRecord
from crawler.clock import utc_seconds
from crawler.errors import NotInArchive, PageError
from crawler.items import Article, Discovery, WarcPlace
from crawler.kompas.reading import Reading, ReadStory
from crawler.kompas.response import SiteResponse
from crawler.kompas.urls import ALL_PAGES, page_number
from crawler.story_item import StoryItem, story_item

UNREADABLE: Final = (PageError, NotInArchive)


@dataclass(frozen=True)
class Answer:
    """An archived response to a request for a page of a story."""

    entry: IndexedRecord
    original: Location | None = None
    """The record that holds the bytes of a `revisit`."""


@dataclass(frozen=True)
class Fault:
    """A capture that gives no article."""

    url: str
    error: PageError | NotInArchive
    captured_at: datetime | None
    place: WarcPlace
    status: int | None


@dataclass
class Extracted:
    """The results of all captures of one story."""

    url: str
    editions: list[StoryItem] = field(default_factory=list)
    """Those that differ from the one before, in the order of their capture."""
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0
    """Number of captures with the text of the one before."""


def extract_story(url: str, answers: list[Answer], discovery: Discovery) -> Extracted:
    """Return the editions of one story.

    :param answers: in the order of their capture.
    """
    extracted = Extracted(url)
    for lead in _leads(answers):
        try:
            edition = read_edition(lead, answers, discovery)
        except UNREADABLE as error:
            entry = lead.entry
            captured_at = utc_seconds(entry.captured_at) if entry.captured_at else None
            extracted.faults.append(Fault(entry.url, error, captured_at, entry.place, entry.status))
            continue
        if extracted.editions and not _adds(edition.article, extracted.editions[-1].article):
            extracted.unchanged += 1
        else:
            extracted.editions.append(story_item(edition))
    return extracted


def read_edition(lead: Answer, answers: list[Answer], discovery: Discovery) -> ReadStory:
    """Return the story that begins with one response; its other pages are those captured nearest in time.

    :raises PageError: the response is no article, or the pages do not make one.
    :raises NotInArchive: its record cannot be read.
    """
    reading = Reading(discovery)
    reading.add(response_of(lead), page_number(lead.entry.url))
    while (number := reading.wanted()) is not None:
        found = _nearest(number, lead, answers)
        if found is None:
            reading.missing(number)
            continue
        try:
            reading.add(response_of(found), number)
        except UNREADABLE:
            answers = [answer for answer in answers if answer is not found]  # another capture may do
    return reading.finish()


def response_of(answer: Answer) -> SiteResponse:
    """Return an archived response for the parser.

    :raises NotInArchive: the record cannot be read, or its body cannot be decoded.
    """

    def original(reference: Reference) -> Location:
        assert answer.original is not None, f"{reference} is resolved before the answer is made"
        return answer.original

    return from_capture(read(answer.entry.location, original))


def _leads(answers: list[Answer]) -> list[Answer]:
    """Return the responses with which a story begins: the whole or the first page, else the lowest page captured."""
    numbers = [page_number(answer.entry.url) for answer in answers]
    first = {ALL_PAGES, 1} & set(numbers) or {min(numbers)}
    return [answer for answer, number in zip(answers, numbers, strict=True) if number in first]


def _nearest(number: int, lead: Answer, answers: list[Answer]) -> Answer | None:
    """Pages of one story are captured within seconds of each other; its next capture may be years away."""

    def distance(answer: Answer) -> float:
        times = answer.entry.captured_at, lead.entry.captured_at
        return abs((times[0] - times[1]).total_seconds()) if times[0] and times[1] else float("inf")

    found = [answer for answer in answers if page_number(answer.entry.url) == number]
    return min(found, key=distance, default=None)


def _adds(article: Article, before: Article) -> bool:
    """Whether an edition has another text than the one before, or all of a text that was incomplete."""
    if article.content_hash != before.content_hash:
        return True
    return article.complete and not before.complete
