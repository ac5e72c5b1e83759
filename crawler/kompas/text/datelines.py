"""The dateline: "BRUSSELS, KOMPAS.com – " at the start of a body."""

import re
from dataclasses import dataclass
from typing import Final

_DASHES: Final = "-‐‑‒–—―−﹣－"
_MARK: Final = rf"(?P<mark>\s*(?:[{_DASHES}]+|[:：|]|&[nm]dash;)\s*)"
_NAME: Final = re.compile(
    rf"(?P<open>[(\[]\s?)?(?:KOMPAS\s?\.\s?(?:com|om|con|co)\b|KOMPAS(?=\s*[{_DASHES}]))(?P<close>\s?[)\]])?{_MARK}?",
    re.IGNORECASE,
)
"""The site's name, with the slips `KOMPAS.om` and `KOMPAS.COM`, perhaps in brackets, and the mark behind it; before
2010 the paper's name, `Jakarta, Kompas - `."""

_DAY: Final = re.compile(
    rf",(?P<open>)(?P<close>)\s*(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu){_MARK}", re.IGNORECASE
)
"""Print style up to 2010: `Baghdad, Kamis - `, `WASHINGTON,RABU-`."""

_LONGEST_PLACE: Final = 60
_AROUND_PLACE: Final = f" ,([{_DASHES}"


@dataclass(frozen=True)
class Dateline:
    """A recognised dateline."""

    place: str | None
    """As printed; None for "KOMPAS.com - "."""
    rest: str
    """The paragraph without it."""


def split_dateline(text: str) -> Dateline | None:
    """Split the dateline off the start of a body's first paragraph, once; return None where it opens with none.

    >>> split_dateline("BRUSSELS, KOMPAS.com – Pakta itu bertemu.")
    Dateline(place='BRUSSELS', rest='Pakta itu bertemu.')
    >>> split_dateline("KOMPAS.com - Berita unik.")
    Dateline(place=None, rest='Berita unik.')
    >>> split_dateline("Kompas.com mencatat tiga hal.") is None
    True
    """
    for pattern in (_NAME, _DAY):
        found = pattern.search(text, 0, _LONGEST_PLACE + len(", KOMPAS.com - "))
        if found and _is_dateline(found, text, has_comma=pattern is _DAY):
            return Dateline(text[: found.start()].strip(_AROUND_PLACE) or None, text[found.end() :].lstrip())
    return None


def _is_dateline(found: re.Match[str], text: str, has_comma: bool) -> bool:
    """Return whether place, comma, name and mark are those of a dateline.

    A place in capitals may lack the comma or the mark, but not both; brackets round the name stand for a comma.
    """
    before, rest = text[: found.start()], text[found.end() :].lstrip()
    place = before.strip(_AROUND_PLACE)
    has_comma = has_comma or before.rstrip().endswith(",") or bool(found["open"] and found["close"])
    if not _looks_like_a_place(place):
        return False
    mark = found["mark"]
    if mark is None:  # TRIPOLI, KOMPAS.com Warga mengantre
        return has_comma and place.isupper() and rest[:1].isupper()
    if rest[:1].islower() and (mark == mark.strip() or mark.strip() in ":：|"):
        return False  # "Kompas.com-lah yang pertama", "Kompas.com: situs berita itu": no dateline before a small letter
    return not place or has_comma or place.isupper()


def _looks_like_a_place(place: str) -> bool:
    """Return whether every word opens with a capital, unlike a sentence that merely mentions KOMPAS.com."""
    words = [word for word in re.split(rf"[{_DASHES}\s,/]+", place) if word]
    return all(word[:1].isupper() or not word[:1].isalpha() for word in words)
