"""Small builders of records and pages: each gives a good one, and a test says what is different about its own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from crawler import settings as ledger_of_settings
from crawler.arguments import parse_arguments
from crawler.extensions.gains_watch import GainsWatch
from crawler.extensions.open_store import OpenStore
from crawler.items import (
    Article,
    Block,
    DateEvidence,
    Discovery,
    Embed,
    Failure,
    Image,
    LatestLink,
    Link,
    Provenance,
    WarcPlace,
)
from crawler.kompas.content_hash import content_hash
from crawler.kompas.credits import read_credits
from crawler.kompas.loaders import Capture, load_article
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from crawler.kompas.pages.multipage import Story
from crawler.kompas.reading import Reading
from crawler.kompas.response import SiteResponse
from crawler.kompas.urls import page_number
from crawler.ledger_facts import Links
from crawler.spiders.kompas_global import KompasGlobalSpider
from crawler.story_item import StoryItem

WIB: Final = timezone(timedelta(hours=7))
WITA: Final = timezone(timedelta(hours=8))
STORY: Final = "2021/04/22/160600870"
URL: Final = f"https://www.kompas.com/global/read/{STORY}/kapal-riset-berlabuh"
CAPTURED_AT: Final = datetime(2021, 4, 23, 1, 2, 3, tzinfo=UTC)


def story_url(story: str) -> str:
    return f"https://www.kompas.com/global/read/{story}/judul"


def make_article(**changes: Any) -> Article:
    """A good record; `id` brings its address, `body` its text, title and text their hash, unless they are given."""
    story = changes.get("id", STORY)
    title = changes.get("title", "Kapal Riset Berlabuh di Pulau Terjauh")
    body = changes.get("body", [Block("paragraph", "Kapal itu berlabuh pada Kamis pagi."), Block("heading", "Muatan")])
    text = changes.get("text", "\n\n".join(block.text for block in body))
    article = Article(
        id=story,
        url=URL if story == STORY else story_url(story),
        title=title,
        section="Global",
        kind="article",
        claim=None,
        claim_verdict=None,
        summary="Sebuah kapal riset berlabuh.",
        published_at=datetime(2021, 4, 22, 16, 6, tzinfo=WIB),
        modified_at=None,
        date_evidence=DateEvidence(STORY, None, "2021-04-22 16:06:00", None, None, "meta", True),
        authors=["Sari Melati"],
        editors=["Bram Santoso"],
        sources=["Kantor Berita Laut"],
        agencies=["Kantor Berita Laut"],
        dateline="PULAU TERJAUH",
        dateline_country=None,
        countries=[],
        body=body,
        text=text,
        word_count=len(text.split()),
        declared_word_count=None,
        unaccounted=0,
        pages=1,
        complete=True,
        incomplete_because=None if changes.get("complete", True) else "pages_missing",
        images=[],
        embeds=[],
        tags=["kapal"],
        related=[],
        latest=[],
        layout="read",
        discovery=Discovery("urls", None),
        fetched_at=CAPTURED_AT,
        content_hash=content_hash(title, text),
        provenance=Provenance(None, None, None, None, "1"),
    )
    return replace(article, **changes)


def make_full_article(**changes: Any) -> Article:
    """A record in which every field has something to lose."""
    return make_article(
        **{
            "section": "Internasional",
            "claim": "Kapal terbang",
            "claim_verdict": "hoaks! Kapal berlayar.",
            "agencies": ["Kantor Berita Laut", "AFP"],
            "dateline_country": "BE",
            "countries": ["BE", "ID"],
            "unaccounted": 3,
            "complete": False,
            "incomplete_because": "cut_short",
            "modified_at": datetime(2021, 4, 22, 18, 30, 5, tzinfo=WITA),
            "published_at": datetime(2021, 4, 22, 17, 6, 1, tzinfo=WITA),
            "date_evidence": DateEvidence(STORY, "22/04/2021, 17:06 WITA", "a", "b", "c", "visible", False),
            "declared_word_count": 9,
            "images": [Image("https://foto.example/a.jpg", "Kapal “Bahari”", None, "lead")],
            "embeds": [Embed("youtube", "https://www.youtube.com/embed/x")],
            "related": [Link("Baca: laut | pantai", story_url("2021/04/21/101010170"))],
            "latest": [
                LatestLink(
                    "Terbaru", story_url("2021/04/22/170000070"), "Global", datetime(2021, 4, 22, 17, tzinfo=WIB)
                ),
                LatestLink("Tanpa jam", story_url("2021/04/22/171000070"), None, None),
            ],
            "discovery": Discovery("latest", URL),
            "provenance": Provenance(
                "a.warc.gz", 1234, "<urn:uuid:1>", "sha1:AB", "1", [WarcPlace("b.warc.gz", 7, "<urn:uuid:2>", None)]
            ),
            "near_duplicate_of": "2021/04/22/160000170",
            **changes,
        }
    )


def make_failure(**changes: Any) -> Failure:
    failure = Failure(URL, "Timeout", "took longer than 60 seconds", CAPTURED_AT, STORY, "index")
    return replace(failure, **changes)


def make_story_item(article: Article | None = None, **changes: Any) -> StoryItem:
    """A story whose page links to nothing."""
    own = article or make_article()
    links = Links(own.url, {}, frozenset(), 1, own.fetched_at)
    return replace(StoryItem(own, links, frozenset(), []), **changes)


def make_capture(**changes: Any) -> Capture:
    capture = Capture(CAPTURED_AT, Provenance(None, None, None, None, "1"), Discovery("urls", None))
    return replace(capture, **changes)


def read_page(
    *,
    title: str = "Kapal Riset Berlabuh di Pulau Terjauh",
    line: str = "Kompas.com - 22/04/2021, 16:06 WIB",
    meta: str = "2021-04-22 16:06:00",
    json_ld: str = "2021-04-22T09:06:00+00:00",
    json_ld_modified: str = "",
    canonical: str = URL,
    metas: dict[str, str] | None = None,
    body: str = "<p><strong>PULAU TERJAUH, KOMPAS.com</strong> - Kapal riset itu berlabuh pada Kamis pagi.</p>",
    more: str = "",
) -> bytes:
    """A page in the layout `read`; what is empty is not printed at all."""
    dates = {"datePublished": json_ld, "dateModified": json_ld_modified}
    stated = ", ".join(f'"{name}": "{value}"' for name, value in dates.items() if value)
    named = {"content_PublishedDate": meta, **(metas or {})}
    head = [f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""]
    head += [f'<meta name="{name}" content="{escape(value)}">' for name, value in named.items() if value]
    if stated:
        head.append(f'<script type="application/ld+json">{{"@type": "NewsArticle", {stated}}}</script>')
    return f"""<!DOCTYPE html><html><head><title>Kompas.com</title>{"".join(head)}</head><body>
<ul class="breadcrumb__wrap"><li class="breadcrumb__item"><a>Home</a></li>
<li class="breadcrumb__item"><a>Global</a></li></ul>
{f'<h1 class="read__title">{escape(title)}</h1>' if title else ""}
{f'<div class="read__time">{escape(line)}</div>' if line else ""}
<div class="read__credit"><div class="read__credit__item" id="penulis"><span>Penulis</span> <a>Sari Melati</a></div>
<div class="read__credit__item" id="editor"><span>Editor</span> <a>Bram Santoso</a></div></div>
<div class="read__content">{body}</div>{more}</body></html>""".encode()


def make_story(page: bytes, url: str = URL) -> Story:
    """The story that one page makes."""
    story = Story()
    story.add(read_article(Document(url, page)), page_number(url))
    return story


def load_page(page: bytes, url: str = URL) -> Article:
    """Return the record that the loader makes of one page, without the checks of a reading."""
    story = make_story(page, url)
    return load_article(story, make_capture(), read_credits(story))


def make_response(body: bytes | None = None, url: str = URL, **changes: Any) -> SiteResponse:
    """Return a whole page of the story with status 200 that is in no archive."""
    html = [("Content-Type", "text/html; charset=UTF-8")]
    response = SiteResponse(url, url, 200, html, read_page() if body is None else body, CAPTURED_AT)
    return replace(response, **changes)


def make_reading(*responses: SiteResponse) -> Reading:
    """A reading of these pages."""
    reading = Reading(Discovery("urls", None))
    for response in responses or (make_response(),):
        reading.add(response, page_number(response.requested_url))
    return reading


class StoppedBy:
    """A substitute for the engine of a crawl that notes why it was closed."""

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self._slot = SimpleNamespace(closing=None)

    async def close_spider_async(self, *, reason: str) -> None:
        self.reasons.append(reason)


def make_crawler(folder: Path, given: dict[str, str] | None = None, **settings: Any) -> Crawler:
    """A crawl with an open store in a folder, statistics, and an engine that can be stopped; its user closes the store.

    :param given: `-a` arguments of its spider; by default it has none.
    """
    own = {name: value for name, value in vars(ledger_of_settings).items() if name.startswith("KOMPAS_")}
    wanted = {**own, "EXTENSIONS": {OpenStore: 10, GainsWatch: 12}, "KOMPAS_DB": str(folder / "s.db"), **settings}
    crawler = get_crawler(settings_dict=wanted)
    crawler.engine = cast("ExecutionEngine", StoppedBy())
    if given is not None:
        crawler.spider = KompasGlobalSpider(parse_arguments(given, datetime.now(UTC)))
        crawler.spider.crawler = crawler
    return crawler
