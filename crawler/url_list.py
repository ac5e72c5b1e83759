"""The list of `-a urls=`: which URLs a crawl can start at, and how a list of them is read."""

from pathlib import Path
from typing import Final

from crawler.errors import BadArgument
from crawler.kompas.sections import front_urls
from crawler.kompas.urls import index_of, is_ours

_LARGEST: Final = 200_000_000
"""Bytes of a list: a million addresses have half of it."""


def can_be_listed(url: str) -> bool:
    """Return whether a crawl can start at this URL: an article of the section, an index day or a section page."""
    return is_ours(url) or index_of(url) is not None or url in front_urls()


def read_urls(given: str | list[str]) -> list[str]:
    """Return the URLs of a text file, of the `urls.txt` in the folder of a release, or of the list itself.

    Empty lines and lines that begin with `#` are left out.

    :raises BadArgument: the file cannot be read, is empty, or has a line at which no crawl can start.
    """
    if not isinstance(given, str):
        return given
    path = Path(given) / "urls.txt" if Path(given).is_dir() else Path(given)
    try:
        lines = [line.strip() for line in _text_of(path).split("\n")]  # an address may hold what separates lines
    except (OSError, ValueError) as error:
        raise BadArgument(
            f"the list -a urls={given} cannot be read ({error}); give a text file with one URL a line, or a bundle"
        ) from error
    urls = [line for line in lines if line and not line.startswith("#")]
    foreign = next((url for url in urls if not can_be_listed(url)), None)
    if foreign:
        raise BadArgument(
            f"{foreign} in {given} is no article, index day or front of kanal Global or Internasional; "
            "take it out of the list"
        )
    if not urls:
        raise BadArgument(f"the list -a urls={given} holds no URL")
    return urls


def _text_of(path: Path) -> str:
    """Return the text of a list.

    :raises OSError: it cannot be read.
    :raises ValueError: it is too long, or no UTF-8.
    """
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"more than {_LARGEST} bytes")
    return content.decode("utf-8-sig")
