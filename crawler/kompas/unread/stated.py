"""The facts of a story that stand outside its visible elements: metas, JSON-LD, scripts, the address."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.kompas.pages.document import Document
from crawler.kompas.pages.whole_text import stated_text
from crawler.kompas.text.bylines import AUTHOR, EDITOR, SOURCE
from crawler.kompas.text.dates import id_clock, json_ld_time, meta_time
from crawler.kompas.text.numbers import whole_number
from crawler.kompas.urls import article_id

_SITE_NAME: Final = re.compile(r"(?:\s+Halaman (?:all|\d+))?(?:\s+[-|]\s+Kompas\.com(?:\s+\w+)?)?$", re.IGNORECASE)
"""What the titles in the head add to the headline."""
_NAMES: Final = {AUTHOR: "content_author", EDITOR: "content_editor", SOURCE: "content_source"}
_COMMA: Final = re.compile(r"\s*,\s*")


@dataclass(frozen=True)
class Stated:
    """One fact."""

    source: str
    """Where it is stated: `og:title`, `JSON-LD headline`, `the address`."""
    value: str


@dataclass(frozen=True)
class StatedTime:
    """One time."""

    source: str
    when: datetime


def headlines(document: Document, listed: str | None) -> list[Stated]:
    """Return the headline as each source states it.

    :param listed: the headline that the index printed; None where no index listed the story.
    """
    title = next((element.text for element in document.root.iter("title")), None)
    found = {
        "the index": listed,
        "og:title": document.meta("og:title"),
        "JSON-LD headline": document.json_ld("headline"),
        "twitter:title": document.meta("twitter:title"),
        "<title>": title,
    }
    return [Stated(source, _SITE_NAME.sub("", value.strip())) for source, value in found.items() if value]


def times(document: Document) -> list[StatedTime]:
    """Return every time that is stated: the clock of the address first."""
    story = article_id(document.url) or article_id(document.address)
    found = {
        "the clock of the address": id_clock(story) if story else None,
        "content_PublishedDate": meta_time(document.meta("content_PublishedDate") or ""),
        "article:published_time": meta_time(document.meta("article:published_time") or ""),
        "JSON-LD datePublished": json_ld_time(document.json_ld("datePublished") or ""),
        "JSON-LD dateModified": json_ld_time(document.json_ld("dateModified") or ""),
    }
    return [StatedTime(source, when) for source, when in found.items() if when]


def names(document: Document) -> dict[str, Stated]:
    """Return role -> the names that a meta tag states for it."""
    found = {role: (name, document.meta(name)) for role, name in _NAMES.items()}
    return {role: Stated(name, value) for role, (name, value) in found.items() if value}


def tags(document: Document) -> list[str]:
    """Return the entries of `content_tags`."""
    return [tag for tag in _COMMA.split((document.meta("content_tags") or "").strip()) if tag]


def sections(document: Document) -> list[Stated]:
    """Return the kanal as the metas state it, the narrower one first."""
    found = {name: document.meta(name) for name in ("content_subcategory", "content_category")}
    return [Stated(name, value) for name, value in found.items() if value]


def whole_text(document: Document) -> Stated | None:
    """Return the text of the story as a script states it; None where none does."""
    text = stated_text(document, whole_number(document.meta("content_total_words") or ""))
    if text:
        return Stated("keywordBrandSafety", text)
    body = document.json_ld("articleBody")
    return Stated("JSON-LD articleBody", body) if body else None


def picture(document: Document) -> Stated | None:
    """Return the file name of the lead photo; None where no meta names one."""
    address = document.meta("og:image", "twitter:image")
    name = address.partition("?")[0].rpartition("/")[2] if address else ""
    return Stated("og:image", name) if name else None
