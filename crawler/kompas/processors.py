"""Processors of the loader: small named functions, string in, value out (``itemloaders`` applies them)."""

from collections.abc import Iterable
from typing import Final

from crawler.items import LatestLink
from crawler.kompas.pages.listing import RawEntry
from crawler.kompas.text.dates import id_clock, visible_times
from crawler.kompas.text.whitespace import collapse
from crawler.kompas.urls import article_id, canonical

_DIGEST_LABELS: Final = (
    "populer global",
    "unik global",
    "kabar dunia sepekan",
    "populer internasional",
    "rangkuman",
    "kaleidoskop internasional",
    "kaleidoskop global",
)
"""Round-ups open with one of these, in brackets or before a colon; "Rangkuman Hari Ke-7 ..." without either."""

_CONTENT_TYPES: Final = {
    "advertorial": "advertorial",
    "kilas": "advertorial",
    "video": "video",
    "foto": "gallery",
    "galeri": "gallery",
}


def clean_string(value: str) -> str | None:
    """One line of printable text; None drops it.

    >>> clean_string("  Judul \\n Berita ")
    'Judul Berita'
    """
    return collapse(value) or None


def latest_link(entry: RawEntry) -> LatestLink:
    """An entry of the "Terkini Lainnya" box; a box that prints only the day leaves the hour to the URL clock."""
    printed = visible_times(entry.time or "").published
    story = article_id(entry.url)
    clock = id_clock(story) if story and entry.time and printed is None else None
    return LatestLink(collapse(entry.title), canonical(entry.url), entry.section, printed or clock)


def unique(values: Iterable[str]) -> list[str]:
    """Each value once, in order.

    >>> unique(["AFP", "BBC", "AFP"])
    ['AFP', 'BBC']
    """
    return list(dict.fromkeys(values))


def kind_of(title: str, content_type: str | None, url: str) -> str:
    """Which kind of piece the page states it is (see `Article.kind`).

    >>> kind_of("[POPULER GLOBAL] Satu | Dua", "Standard", "https://www.kompas.com/global/read/...")
    'digest'
    """
    stated = _CONTENT_TYPES.get((content_type or "").strip().lower())
    if stated:
        return stated
    opening = title.lower().lstrip("[( ")
    if opening.startswith(_DIGEST_LABELS) and (
        title.lstrip().startswith("[") or ":" in title or opening.startswith("rangkuman hari")
    ):
        return "digest"
    if "//kolom.kompas.com/" in url or "/kolom/" in url:
        return "column"
    return "article"
