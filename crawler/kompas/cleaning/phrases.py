"""Remove lines that are furniture by their words."""

import re
from functools import cache

from crawler.kompas.cleaning.body import Body, Line, Removal, Segment
from crawler.kompas.cleaning.phrase_rules import PHRASES, TAILS


def furniture_rule(text: str) -> str | None:
    """Return the name of the rule that removes a whole line; None for prose.

    >>> furniture_rule("Halaman:")
    'paging'
    >>> furniture_rule("Halaman 1 koran itu memuat foto raja.") is None
    True
    """
    found = _furniture().fullmatch(text)
    return found.lastgroup if found else None


@cache
def _furniture() -> re.Pattern[str]:
    """Return all rules as one pattern; the group that matches has the rule's name."""
    return re.compile("|".join(f"(?P<{rule.name}>{rule.pattern.pattern})" for rule in PHRASES), re.IGNORECASE)


def drop_phrases(segments: list[Segment], body: Body) -> list[Segment]:
    """Remove furniture lines, promotion at the end of a line, and segments that hold nothing else."""
    kept: list[Segment] = []
    for segment in segments:
        lines = [line for line in (_without_furniture(line, body) for line in segment.lines) if line]
        if lines:
            kept.append(segment.with_lines(lines))
    return kept


def _without_furniture(line: Line, body: Body) -> Line | None:
    rule = furniture_rule(line.text)
    if rule:
        body.removed.append(Removal(f"phrase/{rule}", line.text))
        return None
    tail = TAILS.search(line.text)
    if tail:
        body.removed.append(Removal(f"phrase/{tail.lastgroup}", tail[0].strip()))
        return Line(line.text[: tail.start()], line.anchors, line.strong)
    return line
