"""White space and characters that print nothing."""

import re
from typing import Final

_UNPRINTED: Final = "\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff"
_MEANT: Final = {
    **{chr(code): bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)},
    **dict.fromkeys(("\x0b", "\x0c"), " "),
}
"""What some controls stand for: Windows-1252 characters (`&#147;` for a quotation mark), a word processor's break."""

_ODD: Final = re.compile(f"[{_UNPRINTED}{''.join(_MEANT)}]")


def printable(text: str) -> str:
    r"""Without control and zero-width characters; those that stand for another character become that.

    >>> printable("a\x00b\x93c\x94")
    'ab“c”'
    """
    return _ODD.sub(lambda odd: _MEANT.get(odd[0], ""), text)


def collapse(text: str) -> str:
    r"""One line, single spaces, no-break spaces included.

    >>> collapse("  Presiden \xa0 Kirgistan\n")
    'Presiden Kirgistan'
    """
    return " ".join(printable(text).split())
