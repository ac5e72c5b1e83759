""" "Baca juga" in every form it takes: links in `related`, never text.

Forms: a paragraph "Baca juga: <a>", with a blank before the colon, with a dash, a semicolon or nothing instead of it,
"Baca:", "Tonton juga", in brackets, alone before a list of links, inside the link, behind or inside a real sentence.
The class of the link decides nothing: "Baca selengkapnya <a class=inner-link-baca-juga>di sini</a>" is prose. A pointer
without an address is no link: its words are kept in the removal `related/unlinked`.
"""

from collections.abc import Iterable
from typing import Final

from lxml.etree import _Element as Element

from crawler.items import Link
from crawler.kompas import tree
from crawler.kompas.cleaning.body import Anchor, Body, Line, Removal, Segment
from crawler.kompas.cleaning.pointers import is_label, links_of, pointers_in, unlinked_title
from crawler.kompas.urls import absolute, canonical

_CLOSING: Final = (",", ".", ";", ":", "!", "?", "…", ")", "]", "”", "’")


def links_of_box(box: Element, page_url: str) -> list[Link]:
    """Return the links of a box that holds nothing but "Baca juga" links."""
    return _links((Anchor(tree.text_of(link) or "", link.get("href") or "") for link in box.iter("a")), page_url)


def take_related(segments: list[Segment], body: Body, page_url: str) -> list[Segment]:
    """Move related links out of the segments; a line that also holds prose keeps the prose."""
    kept: list[Segment] = []
    label: Segment | None = None  # the label whose list of links follows
    for segment in segments:
        lines: list[Line] = []
        for line in segment.lines:
            is_listed = label is not None and segment.kind == "list_item" and label.kind != "list_item"
            if is_listed or (label and line.is_link):
                _take_listed(line, body, page_url)
                continue
            label = segment if is_label(line.text) else None
            if label:
                body.removed.append(Removal("related/label", line.text))
            elif prose := _without_pointers(line, body, page_url):
                lines.append(prose)
        if lines:
            kept.append(segment.with_lines(lines))
    return kept


def _take_listed(line: Line, body: Body, page_url: str) -> None:
    """Take a line of the list behind a label."""
    body.removed.append(Removal("related/list" if line.anchors else "related/unlinked", line.text))
    body.related += _links(links_of(line), page_url)


def _take_unlinked(line: Line, body: Body, page_url: str) -> bool:
    """Take a pointer without a link, or with one that is not its whole title; return whether the line is one."""
    title = unlinked_title(line.text)
    if title is None:
        return False
    body.removed.append(Removal("related/line" if line.anchors else "related/unlinked", line.text))
    body.related += _links((Anchor(title, anchor.href) for anchor in line.anchors[:1]), page_url)
    return True


def _without_pointers(line: Line, body: Body, page_url: str) -> Line | None:
    """Return the prose of a line; None where it holds nothing but pointers."""
    pointers = pointers_in(line)
    if not pointers:
        return None if _take_unlinked(line, body, page_url) else line
    prose = ""
    taken: set[int] = set()
    end = 0
    for pointer in pointers:
        prose = _joined(prose, line.text[end : pointer.start])
        end = pointer.end
        taken.update(pointer.anchors)
        body.removed.append(
            Removal("related/tail" if pointer.start else "related/line", line.text[pointer.start : end].strip())
        )
        body.related += _links(pointer.links, page_url)
    text = _joined(prose, line.text[end:])
    anchors = tuple(anchor for number, anchor in enumerate(line.anchors) if number not in taken)
    return Line(text, anchors, line.strong and pointers[0].start > 0) if text else None


def _joined(before: str, after: str) -> str:
    """Join the prose before and after a pointer; punctuation stays at its word."""
    after = after.strip()
    return f"{before}{after}" if not before or after.startswith(_CLOSING) else f"{before} {after}".rstrip()


def _links(anchors: Iterable[Anchor], page_url: str) -> list[Link]:
    """Return anchors as links; one without a title or an address that can be read is left out."""
    addresses = [(anchor.title, absolute(anchor.href, page_url)) for anchor in anchors if anchor.title and anchor.href]
    return [Link(title, canonical(address)) for title, address in addresses if address]
