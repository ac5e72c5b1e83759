"""Processors of the loader: small named functions, string in, value out (``itemloaders`` applies them)."""

from crawler.items import LatestLink
from crawler.kompas.pages.listing import RawEntry
from crawler.kompas.text.dates import id_clock, visible_times
from crawler.kompas.text.whitespace import collapse
from crawler.kompas.urls import article_id, canonical


def clean_string(value: str) -> str | None:
    """Return one line of printable text; None drops an empty value.

    >>> clean_string("  Judul \\n Berita ")
    'Judul Berita'
    """
    return collapse(value) or None


def latest_link(entry: RawEntry) -> LatestLink:
    """Return an entry of the "Terkini Lainnya" box; the URL clock states the hour where the box prints only the day."""
    printed = visible_times(entry.time or "").published
    story = article_id(entry.url)
    clock = id_clock(story) if story and entry.time and printed is None else None
    return LatestLink(collapse(entry.title), canonical(entry.url), entry.section, printed or clock)
