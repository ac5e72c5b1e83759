"""Whole numbers as printed."""

import re
from typing import Final

_DIGITS: Final = re.compile(r"[0-9]{1,9}")
"""Nine digits fit every column and every sum. Python refuses to convert thousands of digits."""


def whole_number(value: str) -> int | None:
    """Return a count printed in digits; None for anything else, and for more than nine digits.

    >>> whole_number("440"), whole_number(""), whole_number("9" * 5000)
    (440, None, None)
    """
    return int(value) if _DIGITS.fullmatch(value) else None
