"""Lists of archives (`-a archive=@LIST`): one path or address a line, at any length read line by line."""

import gzip
import zlib
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Final, cast
from urllib.parse import urlsplit

from crawler.archive.addresses import is_address, open_address
from crawler.archive.window import open_file
from crawler.errors import SourceFailed

ROOTS: Final = {
    "crawl-data/": "https://data.commoncrawl.org/",
}
"""Beginning of a line -> address before it, in a list that is a file. Source: https://commoncrawl.org/get-started."""
_GZIP: Final = b"\x1f\x8b"


def listed(name: str) -> Iterator[str]:
    """Yield the paths and addresses in a list, in its order; without blank lines and comments (`#`).

    :param name: path or address of the list, plain text or gzip.
    :raises SourceFailed: the list cannot be read, or not to its end.
    """
    with open_address(name) if is_address(name) else open_file(Path(name)) as stream:
        try:
            for line in TextIOWrapper(_plain(stream), encoding="utf-8-sig"):
                place = line.strip()
                if place and not place.startswith("#"):
                    yield resolve(place, name)
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise SourceFailed(name, f"no list of paths or addresses, or damaged: {error}") from error


def resolve(line: str, name: str) -> str:
    """Return the path or address that a line of a list means.

    A list at an address is read as a page of links: its lines lie on its own server.

    >>> resolve("crawl-data/CC-NEWS/a.warc.gz", "paths.txt")
    'https://data.commoncrawl.org/crawl-data/CC-NEWS/a.warc.gz'
    >>> resolve("crawl-data/CC-NEWS/a.warc.gz", "http://mirror.example/lists/warc.paths.gz")
    'http://mirror.example/crawl-data/CC-NEWS/a.warc.gz'
    >>> resolve("a.warc.gz", "http://mirror.example/lists/warc.paths.gz?x=1")
    'http://mirror.example/lists/a.warc.gz'
    """
    if is_address(line):
        return line
    root = next((root for beginning, root in ROOTS.items() if line.startswith(beginning)), None)
    if not is_address(name):
        return f"{root}{line}" if root else line
    parts = urlsplit(name)
    folder = "/" if root or line.startswith("/") else parts.path.rpartition("/")[0] + "/"
    return f"{parts.scheme}://{parts.netloc}{folder}{line.removeprefix('/')}"


def _plain(stream: IO[bytes]) -> IO[bytes]:
    begins = stream.read(len(_GZIP))
    stream.seek(0)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if begins == _GZIP else stream
