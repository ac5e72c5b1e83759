"""Text out of bytes: in the charset that a page or its server names, and as utf-8 with damaged places mended."""

import codecs
import re
from typing import Final

_NO_CHARSETS: Final = frozenset(("idna", "punycode", "undefined", "raw-unicode-escape", "unicode-escape", "utf-7"))
"""Codecs of Python that no browser takes for a charset. Some fail on any page, some give half characters, which no
store can keep."""

_REPAIR: Final = "kompas-utf-8"
_SURROGATES: Final = re.compile(rb"\xED[\xA0-\xAF][\x80-\xBF]\xED[\xB0-\xBF][\x80-\xBF]")
"""A character beyond U+FFFF that some database wrote as two halves (CESU-8)."""
_NOTHING: Final = re.compile(rb"\xED[\xA0-\xBF][\x80-\xBF]|[\xC0\xC1][\x80-\xBF]|[\xC2\xC3\xE2\xF0](?![A-Za-z])")
"""What stands for no character: half a surrogate pair; an overlong form (`C0 80` for NUL); a lead byte whose character
was cut off. The lead bytes are those of Latin letters, of quotation marks and dashes, and of emoji. Before a letter
they are the Windows-1252 letters Â, Ã, â and ð."""


def _mended(error: UnicodeError) -> tuple[str, int]:
    """Return the text for the bytes that are no utf-8, and where decoding goes on."""
    assert isinstance(error, UnicodeDecodeError)
    if error.end - error.start > 1:  # a sequence that begins well and breaks off: the torn character is lost
        return "", error.end
    if pair := _SURROGATES.match(error.object, error.start):
        halves = pair[0].decode("utf-8", errors="surrogatepass")
        return halves.encode("utf-16", errors="surrogatepass").decode("utf-16"), pair.end()
    if nothing := _NOTHING.match(error.object, error.start):
        return "", nothing.end()
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_REPAIR, _mended)


def decode_mended(body: bytes) -> str:
    r"""Return utf-8 text in which single Windows-1252 bytes become their characters and torn characters are left out.

    >>> decode_mended(b"kata dia \xe2\x80, S\xe3o Tom\xc3\xa9")
    'kata dia , São Tomé'
    """
    return body.decode("utf-8", errors=_REPAIR)


def is_mostly_utf_8(body: bytes) -> bool:
    r"""Return whether more multi-byte characters of a text are valid utf-8 than damaged.

    >>> is_mostly_utf_8("“ya” kata dia…".encode() + b" \xe2\x80"), is_mostly_utf_8("São Tomé".encode("cp1252"))
    (True, False)
    """
    foreign = [character for character in body.decode("utf-8", errors="replace") if not character.isascii()]
    return foreign.count("\ufffd") < len(foreign) / 2


def decode_as(body: bytes, encoding: str) -> str | None:
    r"""Return the text, with U+FFFD for unreadable bytes; None where the name is no charset of text (`hex`, `utf-7`).

    >>> decode_as(b"S\xe3o", "cp1252")
    'São'
    >>> decode_as(b"68", "hex") is None
    True
    """
    if encoding.replace("_", "-") in _NO_CHARSETS:
        return None
    try:
        return body.decode(encoding, errors="replace")
    except LookupError:  # Python refuses compression and the like with this error
        return None
