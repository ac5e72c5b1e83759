"""Archives at an address: http(s) as it is, and whatever else fsspec has a package for (s3://, gs://, ...)."""

import io
import re
from typing import IO, Final
from urllib.parse import unquote, urlsplit

from crawler.archive.window import Guarded, reason_of
from crawler.errors import SourceFailed

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HTTP: Final = ("http", "https")
_OURS: Final = ("fsspec", "aiohttp")
"""Packages of the extra `addresses`."""


def is_address(place: str) -> bool:
    """Return whether a place is an address, not the path of a file.

    >>> is_address("https://data.commoncrawl.org/a.warc.gz"), is_address("data/a.warc.gz")
    (True, False)
    """
    return _ADDRESS.match(place) is not None


def file_name(address: str) -> str:
    """Return what to call the file at an address.

    >>> file_name("https://data.commoncrawl.org/crawl-data/CC-NEWS-1.warc.gz?x=1")
    'CC-NEWS-1.warc.gz'
    """
    return unquote(urlsplit(address).path.rpartition("/")[2]) or address


def open_address(address: str) -> IO[bytes]:
    """Open the file at an address. Nothing of it is kept on the disk.

    :raises SourceFailed: it cannot be opened, or a package is missing; or, from any read, it cannot be read.
    """
    try:
        if urlsplit(address).scheme.lower() in _HTTP:
            from crawler.archive.http_file import HttpFile

            return io.BufferedReader(HttpFile(address))
        import fsspec

        return io.BufferedReader(Guarded(fsspec.open(address, "rb").open(), address))
    except ImportError as error:
        raise SourceFailed(address, _missing(error)) from error
    except OSError as error:
        raise SourceFailed(address, reason_of(error)) from error
    except ValueError as error:  # fsspec's for a protocol that it does not know
        raise SourceFailed(address, str(error)) from error


def refuse_unknown(address: str) -> None:
    """Refuse an address of a kind that cannot be read here. No request is sent.

    :raises SourceFailed: a package is missing, or nothing knows this kind of address.
    """
    try:
        if urlsplit(address).scheme.lower() in _HTTP:
            from crawler.archive import http_file  # noqa: F401
        else:
            import fsspec

            fsspec.get_filesystem_class(address.partition("://")[0].lower())
    except ImportError as error:
        raise SourceFailed(address, _missing(error)) from error
    except ValueError as error:
        raise SourceFailed(address, str(error)) from error


def _missing(error: ImportError) -> str:
    if error.name in _OURS:
        return f"addresses need the package {error.name}; pip install '.[addresses]'"
    return f"a package is missing: {error}"


def has_ranges(stream: IO[bytes]) -> bool:
    """Return whether a stream that was read from can be read at any offset without reading all before it."""
    raw = getattr(stream, "raw", None)
    return bool(getattr(raw, "has_ranges", True))
