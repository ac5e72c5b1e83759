"""The emptied tree into segments of lines, wherever the text stands: in <p>, in <div>, or between <br>.

One walk, no recursion (a page may be nested thousands deep). A block element parts segments, ``<br><br>`` parts
them too (the markup of 2014-2017 knows no other way), a single ``<br>`` parts lines.
"""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from crawler.kompas.cleaning.body import Anchor, Line, Segment
from crawler.kompas.cleaning.inline import CLOSE, OPEN, tidy
from crawler.kompas.text.whitespace import collapse

_KINDS: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list_item"),
    "blockquote": "quote",
    "tr": "table_row",
}
_CONTAINERS: Final = ("p", "div", "ul", "ol", "dl", "section", "article", "main", "header", "footer", "nav", "aside")
_RARE: Final = ("figure", "figcaption", "table", "tbody", "thead", "center", "hr", "pre", "address")
_BLOCKS: Final = frozenset((*_KINDS, *_CONTAINERS, *_RARE, "form", "iframe"))
_CELLS: Final = frozenset(("td", "th"))
_BETWEEN_CELLS: Final = " | "
_STRONG: Final = frozenset(("strong", "b"))


@dataclass
class _Draft:
    """A line that is being put together."""

    fenced: list[str] = field(default_factory=list)
    anchors: list[tuple[str, list[str]]] = field(default_factory=list)
    strong: bool = True
    has_text: bool = False


@dataclass
class _Writer:
    """Collects text in reading order and cuts it into lines and segments."""

    segments: list[Segment] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    draft: _Draft = field(default_factory=_Draft)
    links: list[str] = field(default_factory=list)
    strong: int = 0

    def write(self, text: str | None) -> None:
        if not text:
            return
        self.draft.fenced.append(text)
        if self.links:
            self.draft.anchors[-1][1].append(text)
        if text.strip():
            self.draft.has_text = True
            self.draft.strong = self.draft.strong and self.strong > 0

    def open_link(self, href: str) -> None:
        self.links.append(href)
        self.draft.fenced.append(OPEN)
        self.draft.anchors.append((href, []))

    def close_link(self) -> None:
        if self.links:
            self.links.pop()
            self.draft.fenced.append(CLOSE)

    def end_line(self) -> None:
        """A second break in a row ends the segment. A link that spans the break goes on in the next line."""
        open_links = list(self.links)
        while self.links:
            self.close_link()
        draft, self.draft = self.draft, _Draft()
        text = tidy("".join(draft.fenced)) if draft.has_text else ""
        if text:
            anchors = tuple(Anchor(title, href) for href, parts in draft.anchors if (title := collapse("".join(parts))))
            self.lines.append(Line(text, anchors, draft.strong))
        else:
            self.end_segment()
        for href in open_links:
            self.open_link(href)

    def end_segment(self) -> None:
        if self.draft.has_text:
            self.end_line()
        else:
            self.draft = _Draft()
        if self.lines:
            kind = next((_KINDS[tag] for tag in reversed(self.kinds) if tag in _KINDS), "paragraph")
            self.segments.append(Segment(kind, tuple(self.lines)))
            self.lines = []


def split_segments(root: Element) -> list[Segment]:
    """Reads all text below an element; empty blocks give nothing."""
    writer = _Writer()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            _start(writer, element)
        else:
            if event == "end":
                _end(writer, element)
            if element is not root:
                writer.write(element.tail)
    writer.end_segment()
    return writer.segments


def _start(writer: _Writer, element: Element) -> None:
    tag = element.tag
    if tag in _BLOCKS:
        writer.links.clear()
        writer.end_segment()
        writer.kinds.append(tag)
    elif tag == "br":
        writer.end_line()
    elif tag in _CELLS:
        writer.write(_BETWEEN_CELLS if writer.draft.has_text else None)
    elif tag == "a":
        writer.open_link(element.get("href") or "")
    elif tag in _STRONG:
        writer.strong += 1
    writer.write(element.text)


def _end(writer: _Writer, element: Element) -> None:
    tag = element.tag
    if tag in _BLOCKS:
        writer.links.clear()
        writer.end_segment()
        writer.kinds.pop()
    elif tag == "a":
        writer.close_link()
    elif tag in _STRONG:
        writer.strong -= 1
    elif tag in _CELLS:
        writer.write(" ")
