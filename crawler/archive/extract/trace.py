"""Where each field of a page was found: its document notes every query that found something."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from lxml.etree import _Element as Element

from crawler.archive.extract.captures import from_capture
from crawler.archive.records import Captured
from crawler.errors import PARSER_REASONS, PageError
from crawler.items import Discovery
from crawler.kompas.cleaning import TextAccount
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import LAYOUTS, read_article
from crawler.kompas.reading import Reading
from crawler.kompas.response import SiteResponse, document_of
from crawler.kompas.unread.describe import UnreadPage, describe
from crawler.kompas.urls import page_number

READERS: Final[dict[str, Callable[[ArticlePage], Any]]] = {
    "url": lambda page: page.document.stated_address,
    "title": lambda page: page.title(),
    "section": lambda page: page.section(),
    "summary": lambda page: page.summary(),
    "published_at (visible)": lambda page: page.time_line(),
    "published_at (meta)": lambda page: page.document.meta("content_PublishedDate", "article:published_time"),
    "published_at (json_ld)": lambda page: page.document.json_ld("datePublished"),
    "modified_at (json_ld)": lambda page: page.document.json_ld("dateModified"),
    "authors, editors, sources": lambda page: [f"{credit.role}: {credit.names}" for credit in page.credits()],
    "authors, editors (in the text)": lambda page: [
        f"{role}: {name}"
        for line in page.body.bylines
        for role, names in (("author", line.authors), ("editor", line.editors))
        for name in names
    ],
    "authors (meta)": lambda page: page.document.meta("content_author"),
    "editors (meta)": lambda page: page.document.meta("content_editor"),
    "sources (meta)": lambda page: page.document.meta("content_source"),
    "tags (meta)": lambda page: page.document.meta("content_tags"),
    "kind": lambda page: page.document.meta("content_type"),
    "claim_verdict": lambda page: page.verdict(),
    "declared_word_count": lambda page: page.document.meta("content_total_words"),
    "pages": lambda page: page.last_page,
    "lead photo": lambda page: getattr(page.lead_photo(), "url", None),
    "body": lambda page: f"{len(page.body.blocks)} blocks",
    "dateline": lambda page: page.body.dateline,
    "tags": lambda page: page.tags(),
    "related": lambda page: f"{len(page.body.related)} links in the text" if page.body.related else None,
    "latest": lambda page: f"{len(page.latest())} entries" if page.latest() else None,
    "older": lambda page: f"{len(page.older())} entries" if page.older() else None,
}
"""Field -> the methods by which the loader reads it."""


@dataclass(frozen=True)
class FieldSource:
    """One field: its raw value, and the queries that found something while it was read, in order."""

    field: str
    value: str | None
    found_by: list[str]


@dataclass(frozen=True)
class PageTrace:
    """How today's parser reads one archived page."""

    url: str
    layout: str | None
    """None where no layout, or more than one, recognises the page."""
    recognised_by: list[str]
    """Layouts that recognise the page."""
    fields: list[FieldSource]
    removed: list[tuple[str, str]]
    """Rule and text of each line that cleaning removed, in order."""
    accounts: list[TextAccount]
    """The texts of the story's container, in order, each with where it went."""
    error: str | None
    """Why the page makes no article: a reason and its detail; None for one that does."""
    unread: UnreadPage | None = None
    """Where its facts stand, of a whole page that today's parser cannot read."""


def trace_page(captured: Captured, requested_url: str = "", headline: str | None = None) -> PageTrace:
    """Return how today's parser reads one archived page.

    :param requested_url: address of the request where another answered.
    :param headline: the story's headline in the index, by which the headline of an unknown layout is found.
    :raises NotInArchive: the body cannot be decoded.
    """
    response = from_capture(captured, requested_url)
    error = _refusal(response)
    try:
        document = document_of(response, TracedDocument)
        assert isinstance(document, TracedDocument)
        recognised = [layout.layout for layout in LAYOUTS if layout.recognises(document)]
    except PageError:
        return PageTrace(captured.url, None, [], [], [], [], error)
    unread = describe(document, headline) if (error or "").partition(":")[0] in PARSER_REASONS else None
    try:
        page = read_article(document)
        fields = [_field(name, reader, page, document) for name, reader in READERS.items()]
        removed = [(removal.rule, removal.text) for removal in page.body.removed]
        accounts = page.accounts()
    except PageError:
        return PageTrace(captured.url, None, recognised, [], [], [], error, unread)
    return PageTrace(captured.url, page.layout, recognised, fields, removed, accounts, error, unread)


def _refusal(response: SiteResponse) -> str | None:
    """Return why the page by itself makes no article: a reason and its detail; None for one that does."""
    reading = Reading(Discovery("archive", None))
    try:
        reading.add(response, page_number(response.url))
        reading.finish()
    except PageError as error:
        return f"{error.reason}: {error}"
    return None


def _field(
    name: str, reader: Callable[[ArticlePage], Any], page: ArticlePage, document: "TracedDocument"
) -> FieldSource:
    document.found.clear()
    value = reader(page)
    shown = ", ".join(map(str, value)) if isinstance(value, list) else value
    return FieldSource(name, str(shown) if shown else None, list(dict.fromkeys(document.found)))


class TracedDocument(Document):
    """A document that notes the queries that found something."""

    def __init__(self, url: str, body: bytes, content_type: str | None) -> None:
        self.found: list[str] = []
        super().__init__(url, body, content_type)

    def select(self, query: str) -> list[Element]:
        return self._note(query, super().select(query))

    def meta(self, *names: str) -> str | None:
        value = super().meta(*names)
        self.found += [f'<meta name="{name}">' for name in names if self.metas.get(name.lower())][:1]
        return value

    def json_ld(self, name: str) -> str | None:
        value = super().json_ld(name)
        self.found += [f"JSON-LD {name}"] if value else []
        return value

    def _note(self, query: str, result: list[Element]) -> list[Element]:
        self.found += [query] if result else []
        return result
