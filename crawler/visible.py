"""Text of pages, archives and file names as it may be shown: nothing in it can act on a terminal or reorder a line."""

import logging
import re
from typing import Any, Final
from unicodedata import category

_ACTS: Final = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
"""Categories of characters that are no text: controls, escapes, bidi controls, surrogates, line separators."""


_PASSWORD: Final = re.compile(r"(?<=://)(?![^/@\s]*:\*\*\*@)[^/?#@\s]*:[^/?#\s]*@")
"""User and password of an address."""


def visible(text: str) -> str:
    r"""Return a text with every character that could act written as an escape, as in JSON, and without passwords.

    >>> visible("judul \x1b[2J\u202e"), visible("https://ani:rahasia@host/x")
    ('judul \\u001b[2J\\u202e', 'https://***@host/x')
    """
    text = _PASSWORD.sub("***@", text) if "@" in text else text
    return text if text.isprintable() else "".join(map(_shown, text))


def visible_lines(text: str) -> str:
    """Return a text of several lines as `visible` does; its tabs and line ends stay."""
    return "\n".join("\t".join(map(visible, line.split("\t"))) for line in text.split("\n"))


def _shown(character: str) -> str:
    if category(character) not in _ACTS:
        return character
    code = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{code[at : at + 4]}" for at in range(0, len(code), 4))


class VisibleRecord(logging.LogRecord):
    """A log record whose message can be shown: addresses, titles and headers come from outside."""

    def getMessage(self) -> str:  # noqa: N802  # the name that logging calls
        return visible_lines(super().getMessage())


def log_visibly() -> None:
    """Make every later log record of the process a `VisibleRecord`."""
    if logging.getLogRecordFactory() is logging.LogRecord:
        factory: Any = VisibleRecord
        logging.setLogRecordFactory(factory)
