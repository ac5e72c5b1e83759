"""Segments into blocks: credit lines and the dateline are taken off, bold lines become headings."""

import re
from typing import Final

from crawler.items import Block
from crawler.kompas.cleaning.body import Body, Line, Removal, Segment
from crawler.kompas.text.bylines import read_byline
from crawler.kompas.text.datelines import split_dateline

_CREDIT_LINES: Final = 2
"""Segments at each end of a body among which credits stand; "Penulis: ..." elsewhere is part of the story."""
_DATELINE_WITHIN: Final = 3
"""Segments at the start of a body among which the dateline stands: a heading or two may precede it."""

_SENTENCE: Final = re.compile(r".*\.[”\"’')]*")
_LONGEST_SUBHEAD: Final = 15
"""Words of a subhead at most; a longer bold line at the start is the lead."""


def take_bylines(segments: list[Segment], body: Body) -> list[Segment]:
    """Take off lines that are a credit, such as "Penulis: VOA Indonesia"."""
    kept: list[Segment] = []
    last = len(segments) - _CREDIT_LINES
    for position, segment in enumerate(segments):
        byline = read_byline(segment.text) if position < _CREDIT_LINES or position >= last else None
        if byline and len(segments) > 1:
            body.bylines.append(byline)
            body.removed.append(Removal("byline/line", segment.text))
        else:
            kept.append(segment)
    return kept


def take_dateline(segments: list[Segment], body: Body) -> list[Segment]:
    """Take the dateline off the first paragraph that has one, near the start only."""
    for position, segment in enumerate(segments[:_DATELINE_WITHIN]):
        first = segment.lines[0]
        dateline = split_dateline(first.text) if segment.kind == "paragraph" else None
        if dateline is None:
            continue
        body.dateline = dateline.place
        body.dateline_text = first.text[: len(first.text) - len(dateline.rest)].strip()
        body.removed.append(Removal("dateline/opening", body.dateline_text))
        rest = [Line(dateline.rest, first.anchors)] if dateline.rest else []
        lines = [*rest, *segment.lines[1:]]
        middle = [segment.with_lines(lines)] if lines else []
        return [*segments[:position], *middle, *segments[position + 1 :]]
    return segments


def to_blocks(segments: list[Segment]) -> list[Block]:
    """Return the segments as blocks; a paragraph that is wholly bold is a heading, but not the lead."""
    return [Block(_type(segment, position == 0), segment.text) for position, segment in enumerate(segments)]


def _type(segment: Segment, is_first: bool) -> str:
    if segment.kind != "paragraph" or not all(line.strong for line in segment.lines):
        return segment.kind
    return "paragraph" if is_first and _is_lead(segment.text) else "heading"


def _is_lead(text: str) -> bool:
    """Return whether a bold paragraph at the start is the story's lead: a sentence, or too long for a subhead."""
    return _SENTENCE.fullmatch(text) is not None or len(text.split()) > _LONGEST_SUBHEAD
