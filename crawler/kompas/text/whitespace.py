"""White space, characters that print nothing, and text that was encoded twice."""

import re
from typing import Final

_UNPRINTED: Final = (
    "\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff"
)
_MEANT: Final = {
    **{chr(code): bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)},
    **dict.fromkeys(("\x0b", "\x0c"), " "),
}
"""Controls that stand for something: Windows-1252 characters (`&#147;` for a quotation mark), line breaks of a word
processor."""

_ODD: Final = re.compile(f"[{_UNPRINTED}{''.join(_MEANT)}]")
_TWICE: Final = re.compile("[\xc2-\xf4][\x80-\xbf]*[\x80-\x9f][\x80-\xbf]*")
"""The bytes of a UTF-8 character as one character each (`&#226;&#128;&#156;`). One of them is a C1 control, which no
text means, so that `Â©` and the like are not taken for it."""


def printable(text: str) -> str:
    r"""Return text without control and zero-width characters; those that stand for another character become it.

    >>> printable("a\x00b\x93c\x94")
    'ab“c”'
    """
    if text.isprintable() or not _ODD.search(text):  # a character that was encoded twice has an odd one in it
        return text
    return _ODD.sub(lambda odd: _MEANT.get(odd[0], ""), _TWICE.sub(_encoded_once, text))


def _encoded_once(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def collapse(text: str) -> str:
    r"""Return one line of printable text with single spaces; no-break spaces count as spaces.

    >>> collapse("  Presiden \xa0 Kirgistan\n")
    'Presiden Kirgistan'
    """
    return " ".join(printable(text).split())
