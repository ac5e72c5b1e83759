"""The dateline: "BRUSSELS, KOMPAS.com – " at the start of a body."""

import re
from dataclasses import dataclass
from typing import Final

_DASH: Final = r"(?P<dash>\s*(?:[-–—]+|&ndash;)\s*)"
_NAME: Final = re.compile(rf"(?:KOMPAS\s?\.\s?(?:com|om|con|co)\b|KOMPAS(?=\s*[-–—])){_DASH}?", re.IGNORECASE)
"""The site's name, with the slips `KOMPAS.om` and `KOMPAS.COM`; before 2010 the paper's, `Jakarta, Kompas - `."""

_DAY: Final = re.compile(rf",\s*(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu){_DASH}", re.IGNORECASE)
"""Print style up to 2010: `Baghdad, Kamis - `, `WASHINGTON,RABU-`."""

_LONGEST_PLACE: Final = 60


@dataclass(frozen=True)
class Dateline:
    """A recognised dateline."""

    place: str | None
    """As printed; None for "KOMPAS.com - "."""
    rest: str
    """The paragraph without it."""


def split_dateline(text: str) -> Dateline | None:
    """Takes the dateline off the start of a body's first paragraph, once; None when it opens with none.

    >>> split_dateline("BRUSSELS, KOMPAS.com – Pakta itu bertemu.")
    Dateline(place='BRUSSELS', rest='Pakta itu bertemu.')
    >>> split_dateline("KOMPAS.com - Berita unik.")
    Dateline(place=None, rest='Berita unik.')
    >>> split_dateline("Kompas.com mencatat tiga hal.") is None
    True
    """
    for mark in (_NAME, _DAY):
        found = mark.search(text, 0, _LONGEST_PLACE + len(", KOMPAS.com - "))
        if found and _is_dateline(text[: found.start()], found["dash"], text[found.end() :], comma=mark is _DAY):
            return Dateline(text[: found.start()].strip(" ,") or None, text[found.end() :].lstrip())
    return None


def _is_dateline(before: str, dash: str | None, rest: str, comma: bool) -> bool:
    """Place, comma, name, dash; a place in capitals may lack the comma or the dash, but not both."""
    place = before.strip(" ,")
    comma = comma or before.rstrip().endswith(",")
    if not _looks_like_a_place(place):
        return False
    if dash is None:  # TRIPOLI, KOMPAS.com Warga mengantre: no dash
        return comma and place.isupper() and rest.lstrip()[:1].isupper()
    if dash == dash.strip() and rest[:1].islower():  # "Kompas.com-lah yang pertama": a suffix, not a dash
        return False
    return not place or comma or place.isupper()


def _looks_like_a_place(place: str) -> bool:
    """Every word opens with a capital: a sentence that merely mentions KOMPAS.com does not."""
    words = [word for word in re.split(r"[\s,/–-]+", place) if word]
    return all(word[:1].isupper() or not word[:1].isalpha() for word in words)
