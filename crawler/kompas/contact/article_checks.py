"""Stories, held against the assumptions."""

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.errors import MissingBody, MissingTitle, PageError, UnknownLayout
from crawler.items import Discovery
from crawler.kompas.contact.assumptions import ACCOUNTED, CREDITS, LAYOUT, OPEN, STATED, TIMES, WHOLE
from crawler.kompas.contact.findings import Notes
from crawler.kompas.pages.layouts.current import CurrentPage
from crawler.kompas.pages.multipage import Incomplete
from crawler.kompas.pages.whole_text import stated_text
from crawler.kompas.reading import Reading, ReadStory
from crawler.kompas.response import SiteResponse, document_of
from crawler.kompas.text.dates import visible_times
from crawler.kompas.times import URL
from crawler.kompas.unread.describe import describe
from crawler.kompas.urls import page_number


@dataclass(frozen=True)
class CheckedStory:
    """A story that was read from its `?page=all`."""

    read: ReadStory
    wants: int | None
    """The page that the crawl would request next; None where `?page=all` holds everything."""


def check_article(response: SiteResponse, notes: Notes) -> CheckedStory | None:
    """Note what a story shows, and return it; None where it cannot be read."""
    reading = Reading(Discovery("urls", None))
    try:
        reading.add(response, page_number(response.requested_url))
        wants = reading.wanted()
        read = reading.finish()
    except PageError as error:
        notes.judge(LAYOUT, False, f"{error.reason}: {error}{_places(response, error)}")
        return None
    _check_fields(read, notes)
    _check_text(read, response, notes)
    return CheckedStory(read, wants)


def check_pages(whole: CheckedStory, pages: Iterable[SiteResponse], notes: Notes) -> None:
    """Note whether `?page=all` of a divided story holds the text of its pages, which are read one by one."""
    story = whole.read.article
    reading = Reading(Discovery("urls", None))
    try:
        for page in pages:
            reading.add(page, page_number(page.requested_url))
        parts = reading.finish().article
    except PageError as error:
        notes.judge(WHOLE, False, f"{story.id}: its pages make no story ({error.reason}: {error})")
        return
    said = f"{story.id}: {story.word_count} words, {parts.word_count} on its {story.pages} pages"
    notes.judge(WHOLE, whole.wants is None and story.text == parts.text, said)


def _check_fields(read: ReadStory, notes: Notes) -> None:
    article = read.article
    notes.judge(LAYOUT, True, f"{article.id}: {article.layout}")
    printed = [name for name in ("authors", "editors") if getattr(article, name) and name not in read.fallbacks]
    notes.judge(CREDITS, bool(printed), f"{article.id}: {' and '.join(printed) or 'none'}")
    evidence = article.date_evidence
    line = visible_times(evidence.visible or "")
    is_printed = bool(line.published or line.modified)
    said = f"{article.id}: by {evidence.chosen}, printed {evidence.visible or 'nowhere'}"
    notes.judge(TIMES, is_printed and evidence.chosen == URL, said)


def _check_text(read: ReadStory, response: SiteResponse, notes: Notes) -> None:
    article = read.article
    if article.layout == CurrentPage.layout:
        stated = stated_text(document_of(response), article.declared_word_count)
        said = f"{article.id}: {'in' if stated else 'not in, or not whole in'} keywordBrandSafety"
        notes.judge(STATED, stated is not None, said)
    is_locked = article.incomplete_because == Incomplete.LOCKED
    notes.judge(OPEN, not is_locked, f"{article.id}: {'locked' if is_locked else 'open'}")
    notes.judge(ACCOUNTED, not article.unaccounted, f"{article.id}: {article.unaccounted} characters unaccounted for")
    if article.incomplete_because == Incomplete.CUT_SHORT:
        said = f"{article.word_count} words, of {article.declared_word_count} that the page declares"
        notes.judge(WHOLE, False, f"{article.id}: {said}")


def _places(response: SiteResponse, error: PageError) -> str:
    """Return where the facts of a page stand that the layouts do not read, or not whole."""
    if not isinstance(error, UnknownLayout | MissingTitle | MissingBody):
        return ""
    places = describe(document_of(response)).places
    return "".join(f"; {place.attribute} = {place.path}" for place in places)
