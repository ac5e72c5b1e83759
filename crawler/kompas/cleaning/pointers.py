"""Recognise "Baca juga" pointers in a line of text: a label, and the links that stand behind it."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from crawler.kompas.cleaning.body import Anchor, Line
from crawler.kompas.urls import canonical

_ALSO: Final = r"(?:baca|lihat|simak|tonton|saksikan|dengar(?:kan)?)\s(?:juga|pula)"
_OTHER: Final = r"(?:baca|lihat|simak|tonton|(?:berita|artikel)\s(?:terkait|lainnya))"
_BULLET: Final = r"(?:[*•●▪►➤➡→»>#–—-]+\s?)?"
_COLON: Final = r"\s?[:：]\s?"
_DASH: Final = r"\s?(?:[;|»›>→]|[-–—―]+)\s?"
_LABEL: Final = re.compile(rf"{_BULLET}[(\[]?\s?(?:{_ALSO}(?:{_COLON}|{_DASH})?|{_OTHER}{_COLON})", re.IGNORECASE)
_POINTER: Final = re.compile(
    rf"(?:(?:^{_BULLET}|(?<=[.!?…”\"’)])\s?)[(\[]?|\s?(?P<aside>[(\[]))\s?"
    rf"(?:{_ALSO}(?:(?P<mark>{_COLON}|{_DASH})|\s|(?=\w))|(?P<colon>{_OTHER}{_COLON}))",
    re.IGNORECASE,
)
"""A label at the start of a line, behind a sentence or behind a bracket, with what parts it from the title."""

_UNLINKED: Final = re.compile(
    rf"{_BULLET}[(\[]?\s?(?:baca\s(?:juga|pula){_COLON}|{_ALSO}(?:{_COLON}|{_DASH})(?=(?-i:[A-Z\d“‘\"']).*[^.]$))",
    re.IGNORECASE,
)
"""A label whose title is no link: "Baca juga:", or another label before a title, which ends without a full stop."""

_LONGEST_GAP: Final = 100
"""Characters between two links of a pointer, most of them those of another label."""
_BETWEEN: Final = " ,;|&)].\"“”‘’'(["
_BEHIND: Final = re.compile(r"[\"”’)\]]*[\s,;|&)\].]*")
_BRACKET: Final = re.compile(r"\s?[)\]]")


@dataclass(frozen=True)
class Pointer:
    """A pointer with links: where it stands in its line, and which of the line's anchors are its own."""

    start: int
    end: int
    anchors: range
    links: tuple[Anchor, ...]
    """The links, their titles without the label."""


@dataclass(frozen=True)
class _Place:
    """Where a link stands in its line."""

    start: int
    end: int
    href: str


def is_label(text: str) -> bool:
    """Return whether a line is a label alone, whose links follow in a list.

    >>> is_label("Baca juga:"), is_label("Baca juga"), is_label("Baca juga peta")
    (True, True, False)
    """
    return _LABEL.fullmatch(text) is not None


def unlinked_title(text: str) -> str | None:
    """Return the title of a pointer whose link is missing, or is not the whole title; None for prose.

    >>> unlinked_title("Baca juga: Judul Berita")
    'Judul Berita'
    >>> unlinked_title("Baca juga peta sebelum berlayar.") is None
    True
    """
    label = _UNLINKED.match(text)
    return text[label.end() :] if label else None


def pointers_in(line: Line) -> list[Pointer]:
    """Return the pointers of a line in order: a label with a mark and links behind it, or with nothing but links.

    Behind a sentence a pointer ends the line, or another sentence follows it; inside a sentence it stands in brackets.
    "Baca juga <a>buku itu</a> dan pulang" is prose.
    """
    labels = list(_POINTER.finditer(line.text)) if line.anchors else []
    places = _places(line) if labels else []
    starts = [place.start for place in places]
    found: list[Pointer] = []
    for label in labels:
        if found and label.start() < found[-1].end:
            continue
        pointer = _read(line.text, places, bisect_left(starts, label.start()), label)
        if pointer and _is_whole(line.text[pointer.end : pointer.end + 1], label):
            found.append(pointer)
    return found


def _is_whole(following: str, label: re.Match[str]) -> bool:
    """Return whether what follows a pointer shows that it is one: nothing, a bracket, or behind a mark a sentence."""
    if label["aside"]:
        return True
    is_marked = bool(label["mark"] or label["colon"])
    return not following or (is_marked and (label.start() == 0 or not following.islower()))


def _places(line: Line) -> list[_Place]:
    """Return where the links stand, by the characters before each: "Baca juga" may hold the letter of a cut link."""
    places: list[_Place] = []
    printed = [place for place, char in enumerate(line.text) if not char.isspace()] if line.anchors else []
    end = 0
    for anchor in line.anchors:
        counted = printed[anchor.behind] if anchor.behind < len(printed) else end
        start = line.text.find(anchor.title, max(counted, end))
        if start < 0:
            break
        end = start + len(anchor.title)
        places.append(_Place(start, end, anchor.href))
    return places


def _read(text: str, places: list[_Place], first: int, label: re.Match[str]) -> Pointer | None:
    """Return the links right behind a label, one behind the other; None where another word stands there."""
    links: list[Anchor] = []
    end, number = label.end(), first
    while number < len(places) and _is_gap(gap := text[end : min(places[number].start, end + _LONGEST_GAP)]):
        place = places[number]
        _add(links, gap, Anchor(text[max(end, place.start) : place.end], place.href))
        end, number = place.end, number + 1
    behind = (_BRACKET if label["aside"] else _BEHIND).match(text, end)
    if number == first or behind is None:
        return None
    return Pointer(label.start(), behind.end(), range(first, number), tuple(links))


def links_of(line: Line) -> list[Anchor]:
    """Return the links of a line, one that was cut in two as one."""
    links: list[Anchor] = []
    end = 0
    for place in _places(line):
        _add(links, line.text[end : place.start], Anchor(line.text[place.start : place.end], place.href))
        end = place.end
    return links


def _add(links: list[Anchor], gap: str, link: Anchor) -> None:
    """Add a link without the label in its title, or join it to the one before, from which a gap parts it."""
    label = _LABEL.match(link.title)
    title = link.title[label.end() :] if label else link.title
    if links and (title, link.href) == (links[-1].title, links[-1].href):
        return
    if links and _is_one_link(links[-1], gap, title, link.href):
        links[-1] = Anchor(f"{links[-1].title}{gap}{title}", links[-1].href)
    elif title:
        links.append(Anchor(title, link.href))


def _is_gap(gap: str) -> bool:
    """Return whether the text between two links of a pointer is none: separators, perhaps with another label."""
    words = gap.strip(_BETWEEN)
    return is_label(words) if words else "." not in gap


def _is_one_link(before: Anchor, gap: str, title: str, href: str) -> bool:
    """Return whether the editor's tool cut one link in two: the same address twice, or a cut inside a word."""
    if gap.strip():
        return False
    is_inside_word = not gap and before.title[-1:].isalnum() and title[:1].isalnum()
    return is_inside_word or canonical(before.href) == canonical(href)
