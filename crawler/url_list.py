"""The list of `-a urls=`: which URLs a crawl can start at, and how a list of them is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crawler import bounds
from crawler.errors import BadArgument
from crawler.kompas.sections import front_urls
from crawler.kompas.urls import index_of, is_ours

_LARGEST: Final = 200_000_000
"""Bytes of a list from a pipe: a million addresses have half of it."""


def can_be_listed(url: str) -> bool:
    """Return whether a crawl can start at this URL: an article of the section, an index day or a section page."""
    return is_ours(url) or index_of(url) is not None or url in front_urls()


@dataclass(frozen=True)
class UrlList:
    """URLs of a file, which is read line by line whenever they are wanted; or the URLs themselves."""

    urls: tuple[str, ...] = ()
    file: Path | None = None

    def __iter__(self) -> Iterator[str]:
        """Yield the URLs in their order."""
        yield from self.urls
        if self.file is not None:
            with self.file.open(encoding="utf-8-sig") as lines:
                yield from _urls_in(iter(lambda: lines.readline(bounds.LIST_LINE), ""))

    def __len__(self) -> int:
        """Return the number of URLs."""
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        """Return whether there is a list; `read_urls` refuses an empty one."""
        return bool(self.urls) or self.file is not None


def read_urls(given: str | list[str]) -> UrlList:
    """Return the URLs of a text file, of the `urls.txt` in the folder of a release, or of the list itself.

    Empty lines and lines that begin with `#` are left out.

    :raises BadArgument: the file cannot be read, is empty, or has a line at which no crawl can start.
    """
    if not isinstance(given, str):
        return UrlList(urls=tuple(given))
    path = Path(given) / "urls.txt" if Path(given).is_dir() else Path(given)
    try:
        urls = _once(path) if path.exists() and not path.is_file() else UrlList(file=path)
        foreign = next((url for url in urls if not can_be_listed(url)), None)
    except (OSError, ValueError) as error:
        raise BadArgument(
            f"the list -a urls={given} cannot be read ({error}); give a text file with one URL a line, or a bundle"
        ) from error
    if foreign:
        raise BadArgument(
            f"{foreign[: bounds.ADDRESS]} in {given} is no article, index day or front of kanal Global or "
            "Internasional; take it out of the list"
        )
    if next(iter(urls), None) is None:
        raise BadArgument(f"the list -a urls={given} holds no URL")
    return urls


def _once(path: Path) -> UrlList:
    """Return the URLs of a pipe, such as `-a urls=<(...)`, which can be read only once.

    :raises OSError: it cannot be read.
    :raises ValueError: it is longer than `_LARGEST`, or no UTF-8.
    """
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"more than {_LARGEST} bytes")
    return UrlList(urls=tuple(_urls_in(content.decode("utf-8-sig").split("\n"))))


def _urls_in(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that are neither empty nor comments."""
    for line in lines:
        url = line.strip()
        if url and not url.startswith("#"):
            yield url
