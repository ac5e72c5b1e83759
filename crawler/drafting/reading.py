"""What today's parser makes of a page: the record or the error that a fixture holds, and the shape of both."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from crawler.errors import PageError
from crawler.items import Article
from crawler.kompas.cleaning.parts import text_below
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.printed import printed
from crawler.kompas.reading import read_page

FIELDS: Final = (
    *("id", "url", "title", "section", "kind", "claim", "claim_verdict", "summary", "published_at", "modified_at"),
    *("authors", "editors", "sources", "dateline", "body", "declared_word_count", "pages", "complete", "unaccounted"),
    *("images", "embeds", "tags", "related", "latest", "layout"),
)
"""Fields of a record that a person can read on a page, in the order of `article.json`."""

_CAPTURED: Final = datetime(2026, 11, 1, tzinfo=UTC)
"""Time of the capture of every fixture; no field of `FIELDS` depends on it."""


@dataclass(frozen=True)
class DraftReading:
    """A page read by today's parser: the article, or the error that refuses the page."""

    article: Article | None
    reason: str = ""
    detail: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the record as JSON values; reason and detail of an error."""
        if self.article is None:
            return {"reason": self.reason, "detail": self.detail}
        record = asdict(self.article)
        fields: dict[str, Any] = json.loads(json.dumps({name: record[name] for name in FIELDS}, default=_as_json))
        return fields


def outcome_of(url: str, page: bytes) -> DraftReading:
    """Return what today's parser makes of a page."""
    try:
        return DraftReading(read_page(url, page, fetched_at=_CAPTURED))
    except PageError as error:
        return DraftReading(None, error.reason, str(error))


_CREDITS: Final = (".opinion__header", ".credit-title", "#creditModal", ".read__credit")
"""Places of names beside a story, of which the parser reads the first that names a person."""


def printed_facts(url: str, page: bytes) -> list[object]:
    """Return what a page prints in each place that the parser reads, also where another place says the same.

    A page that makes no article has the reason of its error for its only fact.
    """
    try:
        document = Document(url, page)
        read = read_article(document)
    except PageError as error:
        return [error.reason]
    body = document.first(*read.bodies)
    places = [[printed(place) for place in document.select(css)] for css in (read.breadcrumbs, *_CREDITS)]
    facts: list[object] = [read.layout, document.address, read.title(), read.time_line(), read.credits(), read.tags()]
    facts += [read.lead_photo(), read.verdict(), read.latest(), read.older(), document.hrefs(read.page_links)]
    return [*facts, *places, None if body is None else text_below(body)]


def shape_of(outcome: DraftReading) -> dict[str, Any]:
    """Return what a page and its draft must have in common: counts, types, times and which facts are stated."""
    article = outcome.article
    if article is None:
        return {"reason": outcome.reason}
    images = [(image.role, image.caption is None, image.credit is None) for image in article.images]
    lists = ("authors", "editors", "sources", "tags", "related", "latest", "agencies")
    stated = ("title", "summary", "claim", "claim_verdict", "dateline")
    return {
        **{name: getattr(article, name) for name in _SAME},
        **{name: len(getattr(article, name)) for name in lists},
        **{name: getattr(article, name) is None for name in stated},
        "body": [(block.type, len(block.text)) for block in article.body],
        "images": images,
        "embeds": [embed.type for embed in article.embeds],
        "dates": (article.date_evidence.chosen, article.date_evidence.agree),
    }


_SAME: Final = (
    *("layout", "kind", "section", "published_at", "modified_at", "pages", "complete", "unaccounted"),
    *("word_count", "declared_word_count"),
)


def _as_json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no value of a record")
