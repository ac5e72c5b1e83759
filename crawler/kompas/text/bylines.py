"""Names of people and agencies as printed beside a story."""

import re
from dataclasses import dataclass
from typing import Final

from crawler.kompas.text.whitespace import collapse

_SEPARATOR: Final = re.compile(r"\s*[,;|]\s*(?:(?:dan|&)\s+)?|\s+(?:dan|&)\s+")
_OFFICE: Final = re.compile(r"^kontributor\b", re.IGNORECASE)
"""`Kontributor Lhokseumawe, Nama`: where the person works, not a person."""
_LABEL: Final = re.compile(r"^(?:penulis|editor|oleh|sumber|reporter)\s*:?\s*$|^:\s*", re.IGNORECASE)
_LINE: Final = re.compile(
    r"^\(?\s*(?P<role>penulis|editor|oleh|reporter|laporan)\s*:\s*(?P<names>[^!?]{1,79}[^.!?\s])\s*\)?$", re.IGNORECASE
)

_LONGEST_LINE: Final = 8
"""Words of a credit line; a sentence that begins with "Penulis:" is longer."""


@dataclass(frozen=True)
class Byline:
    """A credit line that stands inside the body."""

    role: str
    """`author` or `editor`."""
    names: list[str]


def split_names(text: str) -> list[str]:
    """People of a credit, in order.

    >>> split_names(": Kontributor Ambon, Rina Tuasikal ")
    ['Rina Tuasikal']
    >>> split_names("A. Putri, B. Daud dan C. Sala")
    ['A. Putri', 'B. Daud', 'C. Sala']
    """
    parts = (collapse(part) for part in _SEPARATOR.split(_LABEL.sub("", collapse(text))))
    return [part for part in parts if part and not _OFFICE.match(part)]


def split_sources(text: str) -> list[str]:
    """Agencies of a "Sumber" line: a comma separates, a slash or an ampersand may be part of a name.

    >>> split_sources("AFP,Politico")
    ['AFP', 'Politico']
    """
    parts = (collapse(part) for part in _LABEL.sub("", collapse(text)).split(","))
    return [part for part in parts if part]


def read_byline(line: str) -> Byline | None:
    """A whole line that is a credit: "Penulis: VOA Indonesia".

    >>> read_byline("Penulis: VOA Indonesia")
    Byline(role='author', names=['VOA Indonesia'])
    >>> read_byline("Penulis buku itu berkata, semua sudah selesai.") is None
    True
    """
    found = _LINE.match(collapse(line))
    names = split_names(found["names"].rstrip(")")) if found else []
    if found is None or len(found["names"].split()) > _LONGEST_LINE or not all(name[:1].isupper() for name in names):
        return None
    return Byline("editor" if found["role"].lower() == "editor" else "author", names)
