"""White space and characters that print nothing."""

import re
from typing import Final

_UNPRINTED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff]")
_C1: Final = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
"""Windows-1252 characters that arrive as C1 controls (`&#147;` for a quotation mark)."""


def printable(text: str) -> str:
    r"""Without control and zero-width characters; C1 controls become the Windows-1252 characters they stand for.

    >>> printable("a\x00b\x93c\x94")
    'ab“c”'
    """
    return _UNPRINTED.sub("", text).translate(_C1)


def collapse(text: str) -> str:
    r"""One line, single spaces, no-break spaces included.

    >>> collapse("  Presiden \xa0 Kirgistan\n")
    'Presiden Kirgistan'
    """
    return " ".join(printable(text).split())
