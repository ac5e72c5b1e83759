"""Names of people and agencies as printed beside a story."""

import re
from dataclasses import dataclass, field
from typing import Final

from crawler.kompas.text.whitespace import collapse

AUTHOR: Final = "author"
EDITOR: Final = "editor"
SOURCE: Final = "source"

ROLES: Final = {
    "penulis": AUTHOR,
    "oleh": AUTHOR,
    "reporter": AUTHOR,
    "laporan": AUTHOR,
    "editor": EDITOR,
    "sumber": SOURCE,
}
"""Printed label -> what the names behind it are."""

_SEPARATOR: Final = re.compile(r"(\s*[,;|]\s*(?:(?:dan|&)\s+)?|\s+(?:dan|&)\s+)")
_LIST: Final = re.compile(r"\s*,\s*(?![^()]*\))")
"""Between the entries of a meta tag; a comma inside brackets belongs to its entry."""
_OFFICE: Final = re.compile(r"kontributor\b", re.IGNORECASE)
"""`Kontributor Lhokseumawe, Nama`: where the person works."""
_INSTITUTION: Final = re.compile(
    r"(?:badan|lembaga|kementerian|dinas|dewan|komisi|komite|pusat|ikatan|asosiasi|perhimpunan|himpunan|masyarakat"
    r"|yayasan|universitas|institut|fakultas|direktorat)\b",
    re.IGNORECASE,
)
"""First words of an institution that signs as a writer; the "dan" of its name parts no people."""
_FOOTNOTE: Final = "*†‡¹²³ "
"""Marks of a footnote on a columnist ("Laras Wening*")."""

_DEGREES: Final = frozenset(
    (
        *("sh", "mh", "se", "mm", "st", "mt", "sp", "mp", "ss", "sip", "mip", "skm", "mkm", "sst", "stp", "mtp"),
        *("ssos", "msos", "msi", "spd", "mpd", "skom", "mkom", "sikom", "mikom", "shut", "mhum", "sag", "mag", "spsi"),
        *("mpsi", "sfarm", "sked", "mbiomed", "amd", "ak", "apt", "ns", "ners", "lc", "ca", "cpa"),
        *("ba", "ma", "bsc", "msc", "beng", "meng", "mba", "mpa", "mph", "mcom", "llb", "llm", "phd", "md"),
        *("jr", "sr", "ii", "iii"),
    )
)
"""Degrees and suffixes as they stand behind a name, without dots and in lower case."""
_DOTTED: Final = re.compile(r"(?:A(?=\.Md)|S|M|B|D|Sp|Ph|LL|Ed|Th|Psy)(?:\.[A-Z][A-Za-z]{0,3}(?:\([A-Z]\))?)+\.?")
"""Degrees with dots inside: `S.Sos.`, `M.Si`, `Sp.A(K)`, `LL.M.`."""
_TITLES: Final = frozenset(("dr", "prof", "ir", "drs", "dra", "h", "hj", "kh"))

_LABEL: Final = re.compile(rf"(?P<label>{'|'.join(ROLES)})\b(?P<colon>\s*:)?\s*(?P<rest>.*)", re.IGNORECASE)
_NEXT: Final = r"(?=(?:penulis|editor|reporter|laporan)\s*:)"
_LABELLED: Final = re.compile(
    rf"(?P<label>penulis|editor|oleh|reporter|laporan)\s*:\s*(?P<names>[^:!?]{{1,79}}?)(?:\s*[|/,;–—-]\s*{_NEXT}|\s+{_NEXT}|$)",
    re.IGNORECASE,
)
_LONGEST_LIST: Final = 8
"""Words behind one label of a credit line, degrees not counted. A sentence that begins with "Penulis:" is longer."""


@dataclass(frozen=True)
class Byline:
    """A credit line that stands inside the body."""

    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    is_own: bool = False
    """The line says "Oleh": it names who wrote this piece. "Penulis: A | Editor: B" under a piece may name the people
    of a report that the piece retells (3 of 3 such lines in stored pages of 2022-2024)."""


def split_label(text: str) -> tuple[str, str]:
    """Return the role that a credit begins with, empty where it prints no label, and the names behind it.

    >>> split_label("Sumber SehatQ"), split_label("Penulis : Rara Melati"), split_label("Rara Melati")
    (('source', 'SehatQ'), ('author', 'Rara Melati'), ('', 'Rara Melati'))
    """
    line = collapse(text).lstrip(":,;| ")
    found = _LABEL.fullmatch(line)
    return (ROLES[found["label"].lower()], found["rest"].lstrip(":,;| ")) if found else ("", line)


def split_names(text: str) -> list[str]:
    """Return the people of a credit, in order. A degree, "Jr." or "Sr." belongs to the name before it.

    "Kontributor <place>" is left out where a name follows it: it is an office, and the name stands beside it.

    >>> split_names(": Kontributor Ambon, Rina Tuasikal ")
    ['Rina Tuasikal']
    >>> split_names("A. Putri, S.Sos., M.Si., B. Daud dan C. Sala*")
    ['A. Putri, S.Sos., M.Si.', 'B. Daud', 'C. Sala']
    """
    names: list[str] = []
    pieces = ["", *_SEPARATOR.split(_unlabelled(text))]
    for between, piece in zip(pieces[::2], pieces[1::2], strict=True):
        part = piece.strip(_FOOTNOTE)
        if not part or part.rstrip(" :").lower() in ROLES:
            continue
        if names and (is_degree(part) or _goes_on(names[-1], between)):
            names[-1] += between + part
        else:
            names.append(part)
    people = [name for name in names if not _OFFICE.match(name)]
    return people or names


def _unlabelled(text: str) -> str:
    """Return a credit without a label that a colon marks as one; "Editor Bahasa" stays."""
    line = collapse(text).lstrip(": ")
    found = _LABEL.fullmatch(line)
    return found["rest"] if found and found["colon"] else line


def _goes_on(name: str, between: str) -> bool:
    """Return whether "dan" stands inside the name of an institution."""
    return between.strip() in ("dan", "&") and _INSTITUTION.match(name) is not None


def is_degree(text: str) -> bool:
    """Return whether a piece between two commas is a degree or a suffix of the name before it.

    >>> is_degree("S.Sos."), is_degree("Ph.D"), is_degree("Jr."), is_degree("A. Putri"), is_degree("AFP")
    (True, True, True, False, False)
    """
    return text.replace(".", "").replace(" ", "").lower() in _DEGREES or _DOTTED.fullmatch(text) is not None


def bare_name(name: str) -> str:
    """Return a name without titles and degrees, in lower case, to tell whether two credits name one person.

    >>> bare_name("Dr. Laras Wening, M.Si.") == bare_name("Laras Wening")
    True
    """
    words = name.partition(",")[0].casefold().split()
    while len(words) > 1 and words[0].rstrip(".") in _TITLES:
        del words[0]
    return " ".join(words)


def split_sources(text: str) -> list[str]:
    """Return the agencies of a "Sumber" line. A comma separates; a slash or an ampersand may be part of a name.

    >>> split_sources("AFP,Politico")
    ['AFP', 'Politico']
    """
    parts = (part.strip() for part in _unlabelled(text).split(","))
    return [part for part in parts if part and part.lower() not in ROLES]


def split_list(text: str) -> list[str]:
    """Return the entries of a meta tag that lists some, as `content_tags` does.

    >>> split_list("kapal, teluk (Ambon, Tomini) , ")
    ['kapal', 'teluk (Ambon, Tomini)']
    """
    return [part for part in _LIST.split(collapse(text)) if part]


def read_byline(line: str) -> Byline | None:
    """Return the credits of a whole line; None for a line that is no credit.

    >>> read_byline("Penulis: Rara Melati | Editor: Bagus Taruna")
    Byline(authors=['Rara Melati'], editors=['Bagus Taruna'], is_own=False)
    >>> read_byline("Penulis buku itu berkata, semua sudah selesai.") is None
    True
    """
    rest = collapse(line)
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1].strip()
    people: dict[str, list[str]] = {AUTHOR: [], EDITOR: []}
    is_own = False
    while rest:
        found = _LABELLED.match(rest)
        names = _people(found["names"]) if found else []
        if found is None or not names:
            return None
        label = found["label"].lower()
        people[ROLES[label]] += names
        is_own |= label == "oleh"
        rest = rest[found.end() :]
    return Byline(people[AUTHOR], people[EDITOR], is_own) if any(people.values()) else None


def _people(text: str) -> list[str]:
    """Return the names behind a label; nothing where the text reads like a sentence."""
    names = split_names(text)
    words = [word for name in names for word in name.partition(",")[0].split()]
    is_sentence = text.rstrip().endswith(".") and not is_degree(text.rsplit(maxsplit=1)[-1])
    if is_sentence or len(words) > _LONGEST_LIST or not all(name[:1].isupper() for name in names):
        return []
    return names
