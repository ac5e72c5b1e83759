"""Raw page facts into a typed `Article`: the order of trust among sources of a fact, and the type of each field.

``itemloaders`` collects the raw values of each field and applies the processors. The loader starts from an empty dict
and the item is built at the end, so that every key is present and no value of an earlier page is left.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from itemloaders import ItemLoader
from itemloaders.processors import MapCompose, TakeFirst

from crawler.errors import EmptyStory, MissingBody, MissingTitle, OtherSection, OtherStory
from crawler.items import Article, Discovery, Provenance
from crawler.kompas.agencies import agencies_of
from crawler.kompas.content_hash import content_hash
from crawler.kompas.credits import StoryCredits
from crawler.kompas.geography import countries_of, dateline_country
from crawler.kompas.kinds import FACT_CHECK, claim_of, kind_of
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.multipage import Story
from crawler.kompas.processors import clean_string, latest_link
from crawler.kompas.text.numbers import whole_number
from crawler.kompas.times import read_times
from crawler.kompas.urls import article_id, is_ours


@dataclass(frozen=True)
class Capture:
    """Facts of a record that no page states."""

    fetched_at: datetime
    provenance: Provenance
    discovery: Discovery


class ArticleLoader(ItemLoader):
    """One chain of processors for each field; a field without a value is absent from the loaded dict."""

    default_item_class = dict

    title_in = section_in = summary_in = MapCompose(clean_string)
    declared_word_count_in = MapCompose(whole_number)
    title_out = section_out = summary_out = declared_word_count_out = TakeFirst()


def load_article(story: Story, capture: Capture, names: StoryCredits) -> Article:
    """Return the record of a story; `kompas.validation` checks it.

    :raises MissingTitle: no headline where the layout has it.
    :raises MissingTime: neither page nor URL states a time.
    :raises EmptyStory: the body elements print nothing.
    :raises MissingBody: the body elements print something, of which no rule leaves any text.
    :raises OtherSection: the page says that it belongs to another kanal.
    :raises OtherStory: the page says that it is another story.
    """
    page = story.front
    url = address_of(page)
    story_id = article_id(url)
    assert story_id is not None, "every address of these kanals names a story"
    facts = _load_facts(page)
    if "title" not in facts:
        raise MissingTitle(f"{page.document.url} has no headline ({', '.join(page.titles)})")
    times = read_times(page, story_id)
    kind = _kind(facts["title"], page)
    bodies = story.bodies()
    blocks = [block for body in bodies for block in body.blocks]
    if not blocks:
        raise _without_text(story)
    text = "\n\n".join(block.text for block in blocks)
    lead = page.lead_photo()
    incomplete = story.incomplete_because
    inline = [image for body in bodies for image in body.images if lead is None or image.url != lead.url]
    return Article(
        id=story_id,
        url=url,
        title=facts["title"],
        section=facts.get("section"),
        kind=kind,
        claim=claim_of(facts["title"]) if kind == FACT_CHECK else None,
        claim_verdict=page.verdict() if kind == FACT_CHECK else None,
        summary=facts.get("summary"),
        published_at=times.published,
        modified_at=times.modified,
        date_evidence=times.evidence,
        authors=names.authors,
        editors=names.editors,
        sources=names.sources,
        agencies=agencies_of(names.sources),
        dateline=bodies[0].dateline,
        dateline_country=dateline_country(bodies[0].dateline),
        countries=countries_of(facts["title"], text),
        body=blocks,
        text=text,
        word_count=len(text.split()),
        declared_word_count=facts.get("declared_word_count"),
        unaccounted=sum(len(text) for body in bodies for text in body.unaccounted),
        pages=story.page_count,
        complete=incomplete is None,
        incomplete_because=incomplete.value if incomplete else None,
        images=[*([lead] if lead else []), *inline],
        embeds=[embed for body in bodies for embed in body.embeds],
        tags=names.tags,
        related=[link for body in bodies for link in body.related],
        latest=[latest_link(entry) for entry in page.latest()],
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
    address = page.document.address
    if not is_ours(address):
        raise OtherSection(f"{found} says that it is {address}")
    if (article_id(found) or article_id(requested_url)) not in (None, article_id(address)):
        raise OtherStory(f"{found} says that it is {address}")
    return address


def _without_text(story: Story) -> EmptyStory | MissingBody:
    """Return the error of a story without a block: the site serves it empty, or the parser takes all of it away."""
    url = story.front.document.url
    if all(page.prints_nothing for page in story.pages.values()):
        return EmptyStory(f"{url} has a body element that prints nothing")
    return MissingBody(f"{url} has a body element without text")


def _load_facts(page: ArticlePage) -> dict[str, Any]:
    loader = ArticleLoader()
    loader.add_value("title", page.title())
    loader.add_value("section", page.section())
    loader.add_value("summary", page.summary())
    loader.add_value("declared_word_count", page.document.meta("content_total_words"))
    return dict(loader.load_item())


def _kind(title: str, page: ArticlePage) -> str:
    content_type, marks = page.document.meta("content_type"), page.document.marks
    return kind_of(
        title,
        content_type,
        page.document.url,
        has_verdict=page.verdict() is not None,
        has_header="opinion__author" in marks,
    )
