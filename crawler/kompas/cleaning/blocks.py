"""Segments into blocks: credit lines and the dateline are taken off, bold lines become headings."""

from typing import Final

from crawler.items import Block
from crawler.kompas.cleaning.body import Body, Line, Removal, Segment
from crawler.kompas.text.bylines import read_byline
from crawler.kompas.text.datelines import split_dateline

_CREDIT_LINES: Final = 2
"""Credits stand among the first or last two segments; "Penulis: ..." elsewhere is part of the story."""
_DATELINE_WITHIN: Final = 3
"""The dateline opens the first paragraph, which a heading or two may precede."""


def take_bylines(segments: list[Segment], body: Body) -> list[Segment]:
    """ "Penulis: VOA Indonesia" as a line of its own: a credit, not text."""
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
    """Takes the dateline off the first paragraph that has one, near the start only."""
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
    """A paragraph that is wholly bold is a heading."""
    return [Block(_type(segment), segment.text) for segment in segments]


def _type(segment: Segment) -> str:
    if segment.kind == "paragraph" and all(line.strong for line in segment.lines):
        return "heading"
    return segment.kind
