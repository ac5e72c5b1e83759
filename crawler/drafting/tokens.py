"""Cut the source of a page into tags, texts, scripts and comments, without repairing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Kind(Enum):
    """What a piece of source is."""

    TAG = "tag"
    TEXT = "text"
    SCRIPT = "script"
    """A script or a style sheet with its tags."""
    COMMENT = "comment"
    """A comment, a doctype, or another declaration."""


@dataclass(frozen=True)
class Token:
    """A piece of the source."""

    kind: Kind
    text: str

    @property
    def name(self) -> str:
        """Name of a tag, in lower case; empty for other pieces."""
        found = _NAME.match(self.text) if self.kind is Kind.TAG else None
        return found[1].lower() if found else ""

    @property
    def is_end(self) -> bool:
        """Whether this is an end tag."""
        return self.kind is Kind.TAG and self.text.startswith("</")


_NAME: Final = re.compile(r"</?([A-Za-z][^\s/>]*)")
_TOKENS: Final = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z)|<[!?][^>]*>)"
    r"|(?P<script><(?P<code>script|style)\b[^>]*>.*?(?:</(?P=code)\s*>|\Z))"
    r"|(?P<tag></?[A-Za-z](?:[^<>\"']|\"[^\"]*\"(?=[\s/>])|'[^']*'(?=[\s/>]))*>|</?[A-Za-z][^<>]*>)",
    re.DOTALL | re.IGNORECASE,
)
"""A tag whose quotes do not pair ends at the next bracket."""
_KINDS: Final = {"comment": Kind.COMMENT, "script": Kind.SCRIPT, "tag": Kind.TAG}


def tokens_of(source: str) -> list[Token]:
    """Return the pieces of a page; joined they are the page again."""
    return list(_cut(source))


def _cut(source: str) -> Iterator[Token]:
    end = 0
    for match in _TOKENS.finditer(source):
        if match.start() > end:
            yield Token(Kind.TEXT, source[end : match.start()])
        yield Token(_KINDS[match.lastgroup or ""], match[0])
        end = match.end()
    if end < len(source):
        yield Token(Kind.TEXT, source[end:])
