""" "Baca juga" in every form it takes: links in `related`, never text.

Forms: a paragraph "Baca juga: <a>", with a blank before the colon, "Baca:", in brackets, alone before a list of
links, inside the link, at the end of a real sentence. The class of the link decides nothing: "Baca selengkapnya
<a class=inner-link-baca-juga>di sini</a>" is prose.
"""

import re
from typing import Final

from lxml.etree import _Element as Element

from crawler.items import Link
from crawler.kompas.cleaning.body import Anchor, Body, Line, Removal, Segment
from crawler.kompas.cleaning.elements import empty, select, text_of
from crawler.kompas.cleaning.rules import RELATED_BOXES
from crawler.kompas.text.whitespace import collapse
from crawler.kompas.urls import absolute, canonical

_PREFIX: Final = r"(?:baca(?:\s+(?:juga|pula))?|(?:lihat|simak)\s+juga)\s*:\s*"
_START: Final = re.compile(rf"^[(\[]?\s*{_PREFIX}", re.IGNORECASE)
_LABEL: Final = re.compile(rf"^(?:{_PREFIX}|baca\s+juga)$", re.IGNORECASE)
_UNLINKED: Final = re.compile(r"^[(\[]?\s*baca\s+(?:juga|pula)\s*:", re.IGNORECASE)
_TAIL: Final = re.compile(rf"(?<=[.!?”\")])\s*[(\[]?{_PREFIX}", re.IGNORECASE)
_OPENING: Final = ' "“‘'
_SEPARATORS: Final = ' ,;|&)]."”’'


def take_related_boxes(root: Element, body: Body, page_url: str) -> None:
    """Boxes that hold nothing but "Baca juga" links."""
    for box in select(root, RELATED_BOXES):
        anchors = [Anchor(collapse(str(a.xpath("string()"))), a.get("href") or "") for a in box.iter("a")]
        _keep(body, [anchor for anchor in anchors if anchor.title and anchor.href], page_url)
        body.removed.append(Removal("related/box", text_of(box)))
        empty(box)


def take_related(segments: list[Segment], body: Body, page_url: str) -> list[Segment]:
    """Moves related links out of the segments; a line that also holds prose keeps the prose."""
    kept: list[Segment] = []
    expects_links = False
    for segment in segments:
        lines: list[Line] = []
        for line in segment.lines:
            if expects_links and line.is_link:
                _remove(body, "related/list", line, line.anchors, page_url)
                continue
            expects_links = bool(_LABEL.match(line.text))
            rest = _without_related(line, body, page_url)
            if rest is not None:
                lines.append(rest)
        if lines:
            kept.append(segment.with_lines(lines))
    return kept


def _without_related(line: Line, body: Body, page_url: str) -> Line | None:
    """The line without its pointer: None when nothing else stood in it."""
    opening = _START.match(line.text)
    if _LABEL.match(line.text):
        _remove(body, "related/label", line, (), page_url)
        return None
    if opening:
        return _after_pointer(line, line.text[opening.end() :], body, page_url)
    tail = _TAIL.search(line.text)
    if tail and line.anchors and _is_only(line.anchors[-1].title, line.text[tail.end() :]):
        _remove(body, "related/tail", Line(line.text[tail.start() :].strip()), line.anchors[-1:], page_url)
        return Line(line.text[: tail.start()].rstrip(), line.anchors[:-1], line.strong)
    return line


def _after_pointer(line: Line, rest: str, body: Body, page_url: str) -> Line | None:
    """A line that opens with "Baca juga:": the links right behind it go, a sentence after them stays."""
    used: list[Anchor] = []
    for anchor in line.anchors:
        title = _START.sub("", anchor.title)
        rest = _START.sub("", rest).lstrip(_OPENING)
        if not rest.startswith(title):
            break
        used.append(Anchor(title, anchor.href))
        rest = rest[len(title) :].lstrip(_SEPARATORS)
    if not used:
        if not _UNLINKED.match(line.text):
            return line  # "Baca: ..." without a link may be a sentence
        _remove(body, "related/unlinked", line, (), page_url)
        return None
    _remove(body, "related/line", line, tuple(used), page_url)
    return Line(rest, line.anchors[len(used) :]) if rest else None


def _is_only(title: str, text: str) -> bool:
    return text.startswith(title) and not text[len(title) :].strip(_SEPARATORS)


def _remove(body: Body, rule: str, line: Line, anchors: tuple[Anchor, ...], page_url: str) -> None:
    body.removed.append(Removal(rule, line.text))
    _keep(body, list(anchors), page_url)


def _keep(body: Body, anchors: list[Anchor], page_url: str) -> None:
    """Adds links; two neighbours with one address are one link that the editor cut in two."""
    for anchor in anchors:
        address = absolute(anchor.href, page_url) if anchor.href else None
        if address is None:
            continue
        url = canonical(address)
        if body.related and body.related[-1].url == url and anchors.index(anchor) > 0:
            body.related[-1] = Link(f"{body.related[-1].title} {anchor.title}", url)
        else:
            body.related.append(Link(anchor.title, url))
