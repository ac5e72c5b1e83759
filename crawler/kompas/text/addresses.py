"""Addresses as they are kept: one word of visible characters, whatever a page writes into a link."""

from urllib.parse import quote


def plain_address(address: str) -> str:
    r"""Return an address with every character that prints nothing, or separates words or lines, percent-encoded.

    >>> plain_address("https://www.kompas.com/judul\u2028\u202ebaru")
    'https://www.kompas.com/judul%E2%80%A8%E2%80%AEbaru'
    """
    if address.isprintable() and " " not in address:
        return address
    return "".join(
        character if character.isprintable() and character != " " else quote(character, errors="replace")
        for character in address
    )
