"""Rewrite addresses in place: hosts, dates and the words that the parser reads stay, all else becomes another."""

import re
from typing import Final

from crawler.drafting.kept import is_kept
from crawler.drafting.words import LETTERS, Words, scramble
from crawler.kompas.sections import SECTIONS

_ORIGIN: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?:\\?/){2}[^/\\?#\s\"]*", re.IGNORECASE)
_OTHER_SCHEMES: Final = ("javascript:", "data:", "mailto:", "tel:", "whatsapp:")
_TOKENS: Final = re.compile(
    r"(?P<story>\d{4}\\?/\d\d\\?/\d\d\\?/\d{6})(?P<turn>\d)(?P<code>\d{1,2})(?!\d)"
    r"|(?P<compact>(?<![A-Za-z0-9])\d\d[A-L]\d{2}\d{6})(?P<step>\d)(?P<end>\d\d)(?!\d)"
    r"|(?P<fixed>[a-z-]+(?=\\?/(?:read|image|copy)\\?/)|\d{4}\\?/\d\d(?:\\?/\d\d)?(?!\d)|\d+x\d+(?::\d+x\d+)?|%[0-9A-Fa-f]{2}|&(?:amp;)*#?\w+;|\\u[0-9a-fA-F]{4})"
    r"|(?P<token>[A-Za-z0-9]+)"
)
_KEPT: Final = frozenset(
    (
        *(
            "read",
            "copy",
            "xml",
            "data",
            "photo",
            "crops",
            "image",
            "images",
            "wp",
            "icon",
            "pickwords",
            "tag",
            "index",
        ),
        *("p", "reel", "tv", "status", "embed", "watch", "v", "video", "videos", "post", "posts", "profile", "search"),
        *("page", "all", "source", "url", "site", "date", "php", "jpg", "jpeg", "png", "gif", "webp", "svg", "html"),
        *("ref", "src", "widget", "survey", "polling", "kolom", "amp", "gt", "lt", "quot", "asset", "checkpoint"),
        *(name for section in SECTIONS for name in section.names),
    )
)
"""Words of paths and queries that tell the parser, or a reader, what an address is."""
_SHORT: Final = 4
"""Digits up to which a number is a page, a size or a year."""


class Addresses:
    """Rewrites the addresses of one page; the same address always becomes the same."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def rewrite(self, address: str) -> str:
        """Return an address, as long as before; the id of a story gets another seventh digit."""
        if address.lower().lstrip().startswith(_OTHER_SCHEMES):
            return "".join(scramble(char) if char.isdigit() else char for char in address)
        found = _ORIGIN.match(address)
        start = found.end() if found else 0
        return address[:start] + _TOKENS.sub(self._token, address[start:])

    def _token(self, match: re.Match[str]) -> str:
        token = match["token"]
        if match["story"]:
            return f"{match['story']}{_turned(match['turn'])}{match['code']}"
        if match["compact"]:
            return f"{match['compact']}{_turned(match['step'])}{match['end']}"
        if token is None or token.lower() in _KEPT or is_kept(token) or (token.isdigit() and len(token) <= _SHORT):
            return match[0]
        if token.isalpha() and (token.islower() or token.istitle() or token.isupper()):
            return LETTERS.sub(lambda run: self._words.word(run[0]), token)
        return scramble(token)


def _turned(digit: str) -> str:
    return str((int(digit) + 3) % 10)
