"""Text out of bytes in a charset that a page or its server names."""

from typing import Final

_NO_CHARSETS: Final = frozenset(("idna", "punycode", "undefined", "raw-unicode-escape", "unicode-escape", "utf-7"))
"""What Python can decode and no browser takes for a charset: some fail on any page, some give half characters, which
nothing can store."""


def decode_as(body: bytes, encoding: str) -> str | None:
    """The text, with U+FFFD for what cannot be read; None where the name is no charset of text (`hex`, `utf-7`).

    >>> decode_as(b"S\\xe3o", "cp1252")
    'São'
    >>> decode_as(b"68", "hex") is None
    True
    """
    if encoding.replace("_", "-") in _NO_CHARSETS:
        return None
    try:
        return body.decode(encoding, errors="replace")
    except LookupError:  # Python's way to call compression and the like
        return None
