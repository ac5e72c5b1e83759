"""Read the text below an element as segments of lines, wherever it stands: in <p>, in <div>, or between <br>.

One walk without recursion (a page may be nested thousands deep). A block element parts segments, `<br><br>` parts
them too (the markup of 2014-2017 has no other way), a single `<br>` parts lines. A table gives a segment a row.
"""

from collections.abc import Callable, Collection
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from crawler.kompas.cleaning.body import Segment
from crawler.kompas.cleaning.parts import text_below
from crawler.kompas.cleaning.writer import Writer
from crawler.kompas.tree import BLOCKS, CODE

Take = Callable[[Element], Collection[Element] | None]
"""Called with each element that is met: returns those of its children that are no text of the story (its own text goes
with them), or None for an element of the story."""

_KINDS: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list_item"),
    "blockquote": "quote",
}
_CELLS: Final = frozenset(("td", "th"))
_STRONG: Final = frozenset(("strong", "b"))


def split_segments(
    root: Element, take: Take | None = None, end: Element | None = None, skipped: Collection[Element] = ()
) -> tuple[list[Segment], list[Segment]]:
    """Return the segments below an element, and those behind its end mark; empty blocks give none.

    :param take: decides which elements are left out; it is not called behind the end mark.
    :param end: the end mark, an element below the root.
    :param skipped: children of the root to leave out, with the text behind them.
    """
    story = writer = Writer()
    left_out = set(skipped)
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if element is end and event == "start":
            story.finish()
            writer, take = Writer(), None
        if element in left_out or element.tag in CODE:
            if event == "start":
                walker.skip_subtree()
        elif event == "start":
            taken = take(element) if take and element is not root else None
            _start(writer, element, is_whole=taken is None)
            if taken is None:
                writer.write(element.text)
            elif len(taken) == len(element):
                walker.skip_subtree()
            else:
                left_out.update(taken)
        elif event == "end":
            _end(writer, element)
        if event != "start" and element is not root and element not in left_out:
            writer.write(element.tail)
    writer.finish()
    return story.segments, [] if writer is story else writer.segments


def lines_of(root: Element, skipped: Collection[Element] = (), take: Take | None = None) -> str:
    """Return the text below an element as one line."""
    segments, _ = split_segments(root, take, skipped=skipped)
    return " ".join(line.text for segment in segments for line in segment.lines)


def _start(writer: Writer, element: Element, is_whole: bool) -> None:
    """Open an element; one that is taken in part is a container, whatever its tag."""
    tag = element.tag
    if tag == "table":
        writer.open_table()
    elif tag == "tr":
        writer.close_row()
    elif tag in _CELLS:
        writer.open_cell()
    elif tag in BLOCKS:
        writer.open_block(_KINDS.get(tag) if is_whole else "paragraph")
    elif tag == "br":
        writer.end_line()
    elif tag == "a":
        writer.open_link(element.get("href") or "")
    elif tag in _STRONG:
        writer.strong += _is_bold(element)
    elif tag in ("sup", "sub"):
        writer.open_exponent(tag)
    elif not is_whole and (tag == "img" or text_below(element).strip()):
        writer.write_gap()


def _end(writer: Writer, element: Element) -> None:
    tag = element.tag
    if tag == "table":
        writer.close_table()
    elif tag == "tr":
        writer.close_row()
    elif tag in _CELLS:
        writer.close_cell()
    elif tag in BLOCKS:
        writer.close_block()
    elif tag == "a":
        writer.close_link()
    elif tag in _STRONG:
        writer.strong -= _is_bold(element)
    elif tag in ("sup", "sub"):
        writer.close_exponent()


def _is_bold(element: Element) -> bool:
    """Return whether an element marks bold words; one with several blocks lacks its end tag and marks the rest."""
    return sum(child.tag in BLOCKS for child in element) < 2
