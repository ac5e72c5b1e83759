"""Agencies, papers and broadcasters under one name each."""

import re
from functools import cache
from typing import Final

from crawler.kompas.tables import rows, several
from crawler.kompas.text.folding import fold
from crawler.kompas.text.whitespace import collapse

_HOST: Final = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"^the\s+", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"\.(?:co|com|org|net|id|tv|uk|au|nz|sg|my)\b", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*[/;&|]\s*|\s+(?:via|dan)\s+", re.IGNORECASE)
"""What may stand between two agencies of one source, and may as well be part of a name."""


def agencies_of(sources: list[str]) -> list[str]:
    """Return the agencies of a story's sources under one name each, in order and each once.

    The names are those of `tables/agencies.tsv`; a source that the table lacks stays as printed. A source such as
    "Reuters/VOA Indonesia" is two agencies when the table knows every part.

    >>> agencies_of(["REUTERS", "Reuters.com", "AFP via BBC Indonesia", "Kementerian ATR/BPN"])
    ['Reuters', 'AFP', 'BBC Indonesia', 'Kementerian ATR/BPN']
    """
    return list(dict.fromkeys(name for source in sources for name in _names_in(collapse(source)) if name))


def _names_in(source: str) -> list[str]:
    """Return the names of one source: the table's, or the source as printed."""
    whole = _known(source)
    if whole:
        return [whole]
    parts = [_known(part) for part in _BETWEEN.split(source)]
    return [part for part in parts if part] if all(parts) else [source]


def _known(printed: str) -> str | None:
    """Return the table's name of an agency, None when the table lacks it.

    "The" and a domain count only where the table has the name with them: "The Times" is not "Times", and "Kompas.id" is
    not "Kompas".
    """
    names, site = _names(), _HOST.sub("", printed)
    forms = (printed, site, _DOMAIN.sub("", site))
    keys = (_key(each) for form in forms for each in (form, _ARTICLE.sub("", form)))
    return next((names[key] for key in keys if key in names), None)


def _key(printed: str) -> str:
    """Return a name without case, accents, blanks and punctuation.

    >>> _key("Al-Jazeera"), _key("RFE/RL")
    ('aljazeera', 'rferl')
    """
    return fold(printed).replace(" ", "")


@cache
def _names() -> dict[str, str]:
    """Return the table's names by the key of each of their forms."""
    return {_key(form): name for name, others, _note in rows("agencies") for form in (name, *several(others))}
