"""Raw page facts into a typed `Article`: the order of trust among sources of a fact, and the type of each field.

``itemloaders`` collects the raw values of each field and applies the processors. The loader starts from an empty dict
and the item is built at the end, so that every key is present and no value of an earlier page is left.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from itemloaders import ItemLoader
from itemloaders.processors import Compose, Identity, MapCompose, TakeFirst

from crawler.errors import MissingBody, MissingTime, MissingTitle, OtherSection, OtherStory
from crawler.items import Article, DateEvidence, Discovery, Provenance
from crawler.kompas.content_hash import content_hash
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.multipage import Story
from crawler.kompas.processors import clean_string, kind_of, latest_link, unique
from crawler.kompas.text.bylines import split_names, split_sources
from crawler.kompas.text.dates import WIB, id_clock, json_ld_time, meta_time, visible_times
from crawler.kompas.text.numbers import whole_number
from crawler.kompas.urls import article_id, canonical, is_ours

TIME_SOURCES: Final = ("meta", "json_ld", "visible", "url")
"""Sources of the publication time, the most trusted first. The meta tag has seconds and was right on 2,223 of 2,223
pages; the URL clock may differ from the printed time by some minutes (scheduled pieces). The printed time has no
seconds: it takes those of the URL clock where both name the same minute, so that a story has one time in every
template."""


@dataclass(frozen=True)
class Capture:
    """Facts of a record that no page states."""

    fetched_at: datetime
    provenance: Provenance
    discovery: Discovery


@dataclass(frozen=True)
class Times:
    """Times of a story, and the evidence for them."""

    published: datetime
    modified: datetime | None
    evidence: DateEvidence


class ArticleLoader(ItemLoader):
    """One chain of processors for each field; a field without a value is absent from the loaded dict."""

    default_item_class = dict
    default_input_processor = MapCompose(clean_string)
    default_output_processor = TakeFirst()

    declared_word_count_in = MapCompose(whole_number)
    authors_in = editors_in = MapCompose(split_names)
    sources_in = MapCompose(split_sources)
    tags_in = MapCompose(clean_string)
    authors_out = editors_out = sources_out = tags_out = Compose(unique)
    latest_in = MapCompose(latest_link)
    latest_out = Identity()


def load_article(story: Story, capture: Capture) -> Article:
    """Return the record of a story; `kompas.validation` checks it.

    :raises MissingTitle: no headline where the layout has it.
    :raises MissingTime: neither page nor URL states a time.
    :raises MissingBody: no text is left in the body.
    :raises OtherSection: the page says that it belongs to another kanal.
    :raises OtherStory: the page says that it is another story.
    """
    page = story.front
    url = address_of(page)
    story_id = article_id(url)
    assert story_id is not None, "every address of these kanals names a story"
    facts = _load_facts(page, story)
    if "title" not in facts:
        raise MissingTitle(f"{page.document.url} has no headline ({', '.join(page.titles)})")
    times = read_times(page, story_id)
    bodies = story.bodies()
    blocks = [block for body in bodies for block in body.blocks]
    if not blocks:
        raise MissingBody(f"{page.document.url} has a body element without text")
    text = "\n\n".join(block.text for block in blocks)
    lead = page.lead_photo()
    inline = [image for body in bodies for image in body.images if lead is None or image.url != lead.url]
    return Article(
        id=story_id,
        url=url,
        title=facts["title"],
        section=facts.get("section"),
        kind=_kind(facts["title"], page),
        summary=facts.get("summary"),
        published_at=times.published,
        modified_at=times.modified,
        date_evidence=times.evidence,
        authors=facts.get("authors", []),
        editors=facts.get("editors", []),
        sources=facts.get("sources", []),
        dateline=bodies[0].dateline,
        body=blocks,
        text=text,
        word_count=len(text.split()),
        declared_word_count=facts.get("declared_word_count"),
        pages=story.page_count,
        complete=story.complete,
        images=[*([lead] if lead else []), *inline],
        embeds=[embed for body in bodies for embed in body.embeds],
        tags=facts.get("tags", []),
        related=[link for body in bodies for link in body.related],
        latest=facts.get("latest", []),
        layout=page.layout,
        discovery=capture.discovery,
        fetched_at=capture.fetched_at,
        content_hash=content_hash(facts["title"], text),
        provenance=capture.provenance,
    )


def address_of(page: ArticlePage, requested_url: str = "") -> str:
    """Return the canonical address of the story that a page shows: the one that it states, else where it was found.

    The canonical link chooses the form of the address (host, slug), never another story: a page with a wrong link
    would become a revision of a story that it is not.

    :param requested_url: names the story where the address that answered names none.
    :raises OtherSection: the page says that it belongs to another kanal.
    :raises OtherStory: the page says that it is another story of these kanals.
    """
    found = page.document.url
    address = page.stated_address or canonical(found)
    if not is_ours(address):
        raise OtherSection(f"{found} says that it is {address}")
    if (article_id(found) or article_id(requested_url)) not in (None, article_id(address)):
        raise OtherStory(f"{found} says that it is {address}")
    return address


def _load_facts(page: ArticlePage, story: Story) -> dict[str, Any]:
    loader = ArticleLoader()
    loader.add_value("title", page.title())
    loader.add_value("section", page.section())
    loader.add_value("summary", page.summary())
    loader.add_value("declared_word_count", page.document.meta("content_total_words"))
    byline = page.credits()
    lines = [line for one in story.pages.values() for line in one.body.bylines]
    for role in ("author", "editor"):
        loader.add_value(f"{role}s", [credit.name for credit in byline if credit.role == role])
        loader.add_value(f"{role}s", [name for line in lines if line.role == role for name in line.names])
    loader.add_value("sources", page.source_names())
    loader.add_value("tags", page.tags())
    loader.add_value("latest", page.latest())
    return dict(loader.load_item())


def read_times(page: ArticlePage, story_id: str) -> Times:
    """Return the publication time of the first readable source, in the page's own zone, with all evidence.

    :raises MissingTime: no source can be read.
    """
    document = page.document
    line = page.time_line()
    printed = visible_times(line or "")
    stated = printed.published or printed.modified
    home = (stated.tzinfo if stated else None) or WIB
    meta = document.meta("content_PublishedDate", "article:published_time")
    json_ld, json_ld_modified = document.json_ld("datePublished"), document.json_ld("dateModified")
    read = {
        "meta": meta_time(meta, home) if meta else None,
        "json_ld": json_ld_time(json_ld, home) if json_ld else None,
        "visible": printed.published,
        "url": id_clock(story_id),
    }
    chosen = next((name for name in TIME_SOURCES if read[name]), None)
    published = read[chosen] if chosen else None
    if chosen is None or published is None:
        raise MissingTime(f"{document.url} says nowhere when it was published")
    clock = read["url"]
    if chosen == "visible" and clock and clock.replace(second=0) == published:
        published = clock.astimezone(home)
    modified = printed.modified or (json_ld_time(json_ld_modified, home) if json_ld_modified else None)
    evidence = DateEvidence(
        url=story_id,
        visible=line,
        meta=meta,
        json_ld=json_ld,
        json_ld_modified=json_ld_modified,
        chosen=chosen,
        agree=len({when.replace(second=0, microsecond=0) for when in read.values() if when}) == 1,
    )
    return Times(
        published, modified if modified and abs(modified - published) >= timedelta(minutes=1) else None, evidence
    )


def _kind(title: str, page: ArticlePage) -> str:
    kind = kind_of(title, page.document.meta("content_type"), page.document.url)
    return "column" if kind == "article" and "opinion__author" in page.document.marks else kind
