"""The values that cleaning works with."""

from dataclasses import dataclass, field
from typing import NamedTuple

from crawler.items import Block, Embed, Image, Link
from crawler.kompas.text.bylines import Byline


class Anchor(NamedTuple):
    """A link inside a line: its text with white space collapsed, and its address as written."""

    title: str
    href: str
    behind: int = 0
    """Printed characters of the line before it, white space not counted."""


class Line(NamedTuple):
    """Text up to a line break or the end of its block."""

    text: str
    anchors: tuple[Anchor, ...] = ()
    strong: bool = False
    """Whether the whole line is bold, which is the site's second way to write a subhead."""

    @property
    def is_link(self) -> bool:
        """Whether the line holds nothing but links."""
        return bool(self.anchors) and "".join(self.text.split()) == "".join(
            "".join(anchor.title.split()) for anchor in self.anchors
        )


class Segment(NamedTuple):
    """Lines that stand in one block of the page."""

    kind: str
    """Type of the block that it becomes (`items.Block.type`), by the tags round it."""
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines' texts, parted by line breaks."""
        return "\n".join(line.text for line in self.lines)

    def with_lines(self, lines: list[Line]) -> "Segment":
        """Return the same block with other lines."""
        return Segment(self.kind, tuple(lines))


class Removal(NamedTuple):
    """Text that a rule removed from the story, also where a field holds it (a caption, a dateline)."""

    rule: str
    """`<pass>/<rule>`, as in the `kompas/cleaning/...` statistics."""
    text: str


@dataclass
class Body:
    """The reading of one page's body element."""

    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    embeds: list[Embed] = field(default_factory=list)
    related: list[Link] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)
    dateline: str | None = None
    dateline_text: str | None = None
    """The dateline as printed with "KOMPAS.com", which the site's word count includes; None where there is none."""
    removed: list[Removal] = field(default_factory=list)
    names: tuple[str, ...] = ()
    """Names of the markup of the story (`cleaning.names`)."""
    links: int = 0
    """Links in the blocks."""
    link_lines: int = 0
    """Lines of the blocks that hold nothing but links."""
    link_list: bool = False
    """Two such lines, with different links, stand one behind the other."""
    unaccounted: list[str] = field(default_factory=list)
    """Texts of the body element that are neither in a block nor in a removal: a fault of cleaning, not of the page."""
