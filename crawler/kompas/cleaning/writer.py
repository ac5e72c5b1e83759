"""Put text together in reading order: into lines, lines into segments, table cells into rows."""

from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from crawler.kompas.cleaning.body import Anchor, Line, Segment
from crawler.kompas.cleaning.inline import CLOSE, OPEN, tidy
from crawler.kompas.text.whitespace import collapse, printable

BETWEEN_CELLS: Final = " | "
DIGITS: Final = "0123456789+-"
RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
LOWERED: Final = "₀₁₂₃₄₅₆₇₈₉₊₋"
_EXPONENTS: Final = {"sup": str.maketrans(DIGITS, RAISED), "sub": str.maketrans(DIGITS, LOWERED)}


@dataclass
class _Draft:
    """A line that is not finished."""

    fenced: list[str] = field(default_factory=list)
    anchors: list[tuple[str, list[str], int]] = field(default_factory=list)
    """Address, texts, and number of the pieces of the line before it."""
    strong: bool = True
    has_text: bool = False


@dataclass
class _Table:
    """A table that is open: the cells of its open row."""

    cells: list[list[Segment]] = field(default_factory=list)


@dataclass
class _Cell:
    """A cell that is open: the segments that stood before it."""

    before: list[Segment]


class Writer:
    """Collects text and cuts it into lines, segments and rows."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.strong = 0
        """Bold elements round the text that comes next."""
        self._kinds = ["paragraph"]
        self._lines: list[Line] = []
        self._draft = _Draft()
        self._link: str | None = None
        self._exponent: dict[int, int] | None = None
        self._open: list[_Table | _Cell] = []
        """Tables and cells, innermost last; while a cell is open, `segments` holds its own."""

    def write(self, text: str | None) -> None:
        """Add text to the line."""
        if not text:
            return
        if self._exponent:
            text = text.translate(self._exponent)
        self._draft.fenced.append(text)
        if self._link is not None:
            self._draft.anchors[-1][1].append(text)
        if text.strip():
            self._draft.has_text = True
            self._draft.strong = self._draft.strong and self.strong > 0

    def write_gap(self) -> None:
        """Part the words round something that is no text; punctuation stays at its word."""
        self._draft.fenced.append(f"{OPEN} {CLOSE}")
        if self._link is not None:
            self._draft.anchors[-1][1].append(" ")

    def open_link(self, href: str) -> None:
        """Begin a link; HTML does not nest links, so one inside another takes its place."""
        self._link = href
        self._draft.fenced.append(OPEN)
        self._draft.anchors.append((href, [], len(self._draft.fenced)))

    def close_link(self) -> None:
        """End the link, if one is open."""
        if self._link is not None:
            self._link = None
            self._draft.fenced.append(CLOSE)

    def open_exponent(self, tag: str) -> None:
        """Raise or lower digits that stand right behind a digit, as in 10<sup>6</sup>; without it they read 106."""
        before = "".join(self._draft.fenced[-1:])
        if before[-1:].isdigit():
            self._exponent = _EXPONENTS[tag]

    def close_exponent(self) -> None:
        """Go back to the base line."""
        self._exponent = None

    def end_line(self) -> None:
        """End the line; without text it ends the segment. A link across the break goes on in the next line."""
        link = self._link
        self.close_link()
        draft, self._draft = self._draft, _Draft()
        text = tidy("".join(draft.fenced)) if draft.has_text else ""
        if text:
            self._lines.append(Line(text, _anchors(draft), draft.strong))
        else:
            self.end_segment()
        if link is not None:
            self.open_link(link)

    def end_segment(self) -> None:
        """End the line and the segment; a link ends with it."""
        self._link = None
        if self._draft.has_text:
            self.end_line()
        elif self._draft.fenced:
            self._draft = _Draft()
        if self._lines:
            self.segments.append(Segment(self._kinds[-1], tuple(self._lines)))
            self._lines = []

    def open_block(self, kind: str | None) -> None:
        """Begin a block; without a kind of its own it has that of the block round it."""
        self.end_segment()
        self._kinds.append(kind or self._kinds[-1])

    def close_block(self) -> None:
        """End a block; behind an end mark it may be one that was never begun here."""
        self.end_segment()
        if len(self._kinds) > 1:
            self._kinds.pop()

    def open_table(self) -> None:
        """Begin a table."""
        self.end_segment()
        self._open.append(_Table())

    def close_table(self) -> None:
        """End a table, with a row that no tag has ended."""
        self.close_row()
        if self._open:
            self._open.pop()

    def close_row(self) -> None:
        """End a row, if one is open, and add it to the segments."""
        self.end_segment()
        if self._open and isinstance(table := self._open[-1], _Table):
            self.segments += _row(table.cells)
            table.cells = []

    def open_cell(self) -> None:
        """Begin a cell."""
        self.end_segment()
        self._open.append(_Cell(self.segments))
        self.segments = []

    def close_cell(self) -> None:
        """End a cell; outside a table its text stays where it is."""
        self.end_segment()
        if not self._open or not isinstance(cell := self._open[-1], _Cell):
            return
        self._open.pop()
        text, self.segments = self.segments, cell.before
        if self._open and isinstance(table := self._open[-1], _Table):
            table.cells.append(text)
        else:
            self.segments += text

    def finish(self) -> None:
        """End everything that is open."""
        self.end_segment()
        while self._open:
            if isinstance(self._open[-1], _Cell):
                self.close_cell()
            else:
                self.close_table()


def _row(cells: list[list[Segment]]) -> list[Segment]:
    """Return a row as one segment, the cells parted by ` | `; a lone cell with several blocks is layout, no table."""
    if len(cells) == 1:
        return cells[0] if len(cells[0]) > 1 else [only._replace(kind="table_row") for only in cells[0]]
    lines = [line for cell in cells for segment in cell for line in segment.lines]
    if not lines:
        return []
    anchors = tuple(anchor for line in lines for anchor in line.anchors)
    text = BETWEEN_CELLS.join(map(_cell_text, cells))
    return [Segment("table_row", (Line(text, anchors, all(line.strong for line in lines)),))]


def _cell_text(cell: list[Segment]) -> str:
    """Return a cell as one line: blocks, lines and the cells of a table inside it are parted by blanks."""
    return " ".join(
        line.text.replace(BETWEEN_CELLS, " ") if segment.kind == "table_row" else line.text
        for segment in cell
        for line in segment.lines
    )


def _anchors(draft: _Draft) -> tuple[Anchor, ...]:
    """Return the links of a line that have a text, each with the number of characters before it."""
    if not draft.anchors:
        return ()
    lengths = (len("".join(printable(part).split()).strip(OPEN + CLOSE)) for part in draft.fenced)
    before = [0, *accumulate(lengths)]
    return tuple(
        Anchor(title, href, before[count])
        for href, parts, count in draft.anchors
        if (title := collapse("".join(parts)))
    )
