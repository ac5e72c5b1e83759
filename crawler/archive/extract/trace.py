"""Where each field of a page was found: the page is read once more by a document that notes what found something."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from crawler.archive.codings import plain_body
from crawler.archive.records import Captured
from crawler.errors import PageError
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import LAYOUTS, read_article
from crawler.kompas.pages.refusals import refuse_blocked

READERS: Final[dict[str, Callable[[ArticlePage], Any]]] = {
    "url": lambda page: page.address,
    "title": lambda page: page.title(),
    "section": lambda page: page.section(),
    "summary": lambda page: page.summary(),
    "published_at (visible)": lambda page: page.time_line(),
    "published_at (meta)": lambda page: page.document.meta("content_PublishedDate", "article:published_time"),
    "published_at (json_ld)": lambda page: page.document.json_ld("datePublished"),
    "modified_at (json_ld)": lambda page: page.document.json_ld("dateModified"),
    "authors, editors": lambda page: [f"{credit.role}: {credit.name}" for credit in page.credits()],
    "authors, editors (in the text)": lambda page: [
        f"{line.role}: {', '.join(line.names)}" for line in page.body.bylines
    ],
    "sources": lambda page: page.source_names(),
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
"""What is read of a page, by the methods that the loader calls."""


@dataclass(frozen=True)
class FieldSource:
    """One field: its raw value, and the queries that found something when it was read, in their order."""

    field: str
    value: str | None
    found_by: list[str]


@dataclass(frozen=True)
class PageTrace:
    """How one archived page is read."""

    url: str
    layout: str | None
    """None where no layout, or more than one, recognises it."""
    recognised_by: list[str]
    """Layouts that take it for theirs."""
    fields: list[FieldSource]
    removed: list[tuple[str, str]]
    """Rule and text of each line that cleaning took away, in order."""
    error: str | None
    """Why it is no article: a reason and its detail."""


def trace_page(captured: Captured) -> PageTrace:
    """
    :raises NotInArchive: the body cannot be unpacked.
    """
    body = plain_body(captured)
    try:
        refuse_blocked(captured.url, captured.status, body)
        document = _TracedDocument(captured.url, body, captured.content_type)
    except PageError as error:
        return PageTrace(captured.url, None, [], [], [], _named(error))
    recognised = [layout.layout for layout in LAYOUTS if layout.recognises(document)]
    try:
        page = read_article(document)
        fields = [_field(name, reader, page, document) for name, reader in READERS.items()]
        removed = [(removal.rule, removal.text) for removal in page.body.removed]
    except PageError as error:
        return PageTrace(captured.url, None, recognised, [], [], _named(error))
    return PageTrace(captured.url, page.layout, recognised, fields, removed, None)


def _field(
    name: str, reader: Callable[[ArticlePage], Any], page: ArticlePage, document: "_TracedDocument"
) -> FieldSource:
    document.found.clear()
    value = reader(page)
    shown = ", ".join(map(str, value)) if isinstance(value, list) else value
    return FieldSource(name, str(shown) if shown else None, list(dict.fromkeys(document.found)))


def _named(error: PageError) -> str:
    return f"{type(error).__name__}: {error}"


class _TracedDocument(Document):
    """A document that notes what found something."""

    def __init__(self, url: str, body: bytes, content_type: str | None) -> None:
        self.found: list[str] = []
        super().__init__(url, body, content_type)

    def select(self, query: str) -> list[Any]:
        return self._note(query, super().select(query))

    def select_xpath(self, query: str) -> list[Any]:
        return self._note(query, super().select_xpath(query))

    def meta(self, *names: str) -> str | None:
        value = super().meta(*names)
        self.found += [f'<meta name="{name}">' for name in names if self.metas.get(name.lower())][:1]
        return value

    def json_ld(self, name: str) -> str | None:
        value = super().json_ld(name)
        self.found += [f"JSON-LD {name}"] if value else []
        return value

    def _note(self, query: str, result: list[Any]) -> list[Any]:
        self.found += [query] if result else []
        return result
