"""Lines that are furniture by their words."""

from crawler.kompas.cleaning.body import Body, Line, Removal, Segment
from crawler.kompas.cleaning.rules import PHRASES


def furniture_rule(text: str) -> str | None:
    """Name of the rule that takes a whole line away; None for prose.

    >>> furniture_rule("Halaman:")
    'paging'
    >>> furniture_rule("Halaman 1 koran itu memuat foto raja.") is None
    True
    """
    return next((rule.name for rule in PHRASES if rule.pattern.fullmatch(text)), None)


def drop_phrases(segments: list[Segment], body: Body) -> list[Segment]:
    """Drops furniture lines, and segments that hold nothing else."""
    kept: list[Segment] = []
    for segment in segments:
        lines: list[Line] = []
        for line in segment.lines:
            rule = furniture_rule(line.text)
            if rule:
                body.removed.append(Removal(f"phrase/{rule}", line.text))
            else:
                lines.append(line)
        if lines:
            kept.append(segment.with_lines(lines))
    return kept
