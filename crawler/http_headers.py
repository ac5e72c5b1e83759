"""Scrapy's headers as pairs of text, as archives and the parser take them."""

from scrapy.http import Headers


def header_pairs(headers: Headers) -> list[tuple[str, str]]:
    """Return name and value of each header, in order; a header that stands twice makes two pairs."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name in headers for value in headers.getlist(name)]
