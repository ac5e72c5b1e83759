"""The description of a page that no layout reads, as lines for a person."""

from collections.abc import Iterator
from typing import Final

from crawler.kompas.unread.describe import UnreadPage

_WIDTH: Final = 80
_MOST_BOXES: Final = 20


def lines_of(page: UnreadPage) -> Iterator[str]:
    """Yield the lines: each layout with its marks, then the rows of a layout table, then the boxes in the text."""
    for one in page.distances:
        yield f"layout {one.layout}: {len(one.present)} of {len(one.present) + len(one.missing)} marks are on the page"
        yield f"  present: {', '.join(one.present) or 'none'}"
        yield f"  missing: {', '.join(one.missing) or 'none'}"
    yield "where the facts stand, as the rows of a layout table"
    for place in page.places:
        yield f'  {place.attribute} = "{place.path}"'
        yield f"      {place.reason}: {_short(place.text)}"
    if page.not_found:
        yield f"  not found: {', '.join(page.not_found)}"
    if page.entries:
        entry = page.entries
        yield f'  entries of "Terkini Lainnya" ({entry.count}), as a row of the table in pages/listing.py'
        for part in ("entry", "link", "title", "section", "time"):
            path = getattr(entry, part)
            yield f'      {part} = "{path}"' if path else f"      {part}: not found"
    if page.boxes:
        yield "elements in the lead photo and between the paragraphs; each needs a rule of cleaning, or is text"
        yield from (f"  {path} ({count}): {_short(text)}" for path, count, text in page.boxes[:_MOST_BOXES])


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}..."
