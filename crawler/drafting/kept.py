"""Words that stay in an invented text because a rule of the parser looks at them."""

import re
from functools import cache
from typing import Final

from crawler.drafting.words import LETTERS
from crawler.kompas.cleaning.phrase_rules import PHRASES, PROMOTION, TAILS
from crawler.kompas.cleaning.phrases import furniture_rule
from crawler.kompas.sections import SECTIONS
from crawler.kompas.tables import rows, several
from crawler.kompas.text.bylines import ROLES, is_degree
from crawler.kompas.text.dates import ZONES, visible_times
from crawler.kompas.text.whitespace import collapse

_WORDS: Final = {
    "the site's name": "kompas kompasid kompascom com",
    "labels of pointers": "baca lihat simak tonton saksikan dengar dengarkan juga pula berita artikel terkait lainnya",
    "labels of credits": f"{' '.join(ROLES)} kontributor tim redaksi dan dr prof ir drs dra hj kh",
    "first words of institutions": "badan lembaga kementerian dinas dewan komisi komite pusat ikatan asosiasi yayasan "
    "perhimpunan himpunan masyarakat universitas institut fakultas direktorat",
    "between agencies": "via the",
    "times": f"{' '.join(ZONES)} diperbarui diupdate update updated pukul senin selasa rabu kamis jumat sabtu minggu "
    "januari februari pebruari maret april mei juni juli agustus september oktober november nopember desember",
    "digests": "populer unik global internasional kabar dunia sepekan rangkuman hari kaleidoskop hoaks",
    "paging": "halaman all",
    "kinds and kanals": f"standard kolom brandzview kilas advertorial foto galeri video news home "
    f"{' '.join(label for section in SECTIONS for label in section.labels)}",
}
"""Reason -> words that stay wherever they stand."""
KEPT_WORDS: Final = frozenset(word for words in _WORDS.values() for word in words.lower().split())

KEPT_SPANS: Final = re.compile(
    r"(?i:kompas\s?\.\s?(?:com|om|con|co|id|tv)\b)"
    r"|(?<![A-Za-z])(?:[SMB](?:Si|Sc|Kom|IKom|Hum|Pd|Ag|Sos|Psi|Farm|Ked|Eng|Com|Biomed)|AMd|PhD)(?![A-Za-z])"
    r"|(?<![A-Za-z])(?:S|M|B|D|Sp|Ph|LL|Ed|Th|Psy)(?:\.[A-Z][A-Za-z]{0,3}(?:\([A-Z]\))?)+(?![a-z])"
)
"""The site's name with its slips, and degrees with capitals or dots inside."""

_SHORT: Final = 80
"""Longest line, in characters, that is taken for the time of a page or of an entry."""
_DAY: Final = re.compile(r"\d{1,2}(?:/\d{1,2}/|\s[A-Za-z]+\s)\d{4}")
_LONGEST_NAME: Final = 3
"""Words of an agency's name; a longer one is prose."""


def is_kept(run: str) -> bool:
    """Return whether a word stays wherever it stands."""
    return run.lower() in KEPT_WORDS or is_degree(run) or (run[0].isupper() and run in _agency_words())


def keeps_digits(line: str) -> bool:
    """Return whether a line prints a time, which the parser reads."""
    printed = visible_times(line)
    has_time = printed.published is not None or printed.modified is not None or _DAY.search(line) is not None
    return has_time and len(line) <= _SHORT


def furniture_words(line: str) -> frozenset[str]:
    """Return the words, in lower case, by which a rule knows a line for furniture; none for prose.

    Where the line holds other words too, they are invented.
    """
    text = collapse(line)
    rule = furniture_rule(text)
    tail = TAILS.search(text) or PROMOTION.search(text)
    if rule is None and tail is None:
        return frozenset()
    return frozenset().union(*map(_words_of_rule, [rule] if rule else TAILS.groupindex))


@cache
def _words_of_rule(name: str) -> frozenset[str]:
    patterns = [rule.pattern.pattern for rule in PHRASES if rule.name == name]
    if name in TAILS.groupindex:
        patterns.append(TAILS.pattern)
    plain = re.sub(r"\(\?P<\w+>|\\[a-zA-Z]", " ", " ".join(patterns))
    return frozenset(word.lower() for word in LETTERS.findall(plain))


@cache
def _agency_words() -> frozenset[str]:
    """Return the words of the agencies' names, as printed there."""
    names = [form for name, others, _ in rows("agencies") for form in (name, *several(others))]
    return frozenset(run for name in names if len(name.split()) <= _LONGEST_NAME for run in LETTERS.findall(name))
