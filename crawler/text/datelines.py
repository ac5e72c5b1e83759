"""The dateline: "BRUSSELS, KOMPAS.com – " at the start of a body."""

import re
from dataclasses import dataclass
from typing import Final

_NAME: Final = r"(?:KOMPAS\s?\.\s?(?:com|om|con|co|id)\b|KOMPAS(?=\s*[-–—]))"
_DASH: Final = r"\s*(?:[-–—]+|&ndash;)\s*"
_PLACE: Final = r"[^\W\d_][\w'’`.()/&–\- ]{0,48}?(?:,\s?[^\W\d_][\w'’`.\- ]{0,30}?)?"

_FORMS: Final = (
    # KABUL, KOMPAS.com -   NIAGARA FALLS,KOMPAS.com-   WASHINGTON DC, KOMPAS.com –
    re.compile(rf"^(?P<place>{_PLACE})\s*,?\s*{_NAME}{_DASH}", re.IGNORECASE),
    # KOMPAS.com -
    re.compile(rf"^(?P<place>){_NAME}{_DASH}", re.IGNORECASE),
    # TRIPOLI, KOMPAS.com Pertempuran sengit: no dash, so the place must be in capitals
    re.compile(r"^(?P<place>[A-Z][A-Z'’ .\-]{1,40}),\s*(?:KOMPAS\.com)\s+(?=[A-Z“\"])"),
    # Print style up to 2010: "Baghdad, Kamis - ", "WASHINGTON,RABU-"
    re.compile(
        r"^(?P<place>[A-Z][\w'’ ]{1,30}?)\s*,\s*(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu)\s*[-–—]+\s*",
        re.IGNORECASE,
    ),
)


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
    for form in _FORMS:
        found = form.match(text)
        if found and _looks_like_a_place(found["place"]):
            return Dateline(found["place"].strip(" ,") or None, text[found.end() :])
    return None


def _looks_like_a_place(place: str) -> bool:
    """Every word opens with a capital: a sentence that merely mentions KOMPAS.com does not."""
    return all(word[:1].isupper() or not word[:1].isalpha() for word in re.split(r"[\s,/–-]+", place) if word)
