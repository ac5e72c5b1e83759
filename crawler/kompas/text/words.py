"""Words of an article, to count."""

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """Return the words in lower case, in order: letters, with hyphens and apostrophes between letters.

    Numbers are no words; a doubled word such as "anak-anak" is one.

    >>> words_of("Anak-anak N'Djamena, 3 kapal COVID-19")
    ['anak-anak', "n'djamena", 'kapal', 'covid']
    """
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]
