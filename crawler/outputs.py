"""The guard of every output: no command writes onto a store, its side files, an archived crawl or another database."""

import gzip
import os
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.dataset.aside import is_stream
from crawler.errors import BadArgument

_SIDE_FILES: Final = ("-wal", "-shm", "-journal", ".lock")
"""What follows the name of a SQLite store in the names of its side files."""
_SQLITE: Final = b"SQLite format 3\x00"
_GZIP: Final = b"\x1f\x8b"
_WARC: Final = b"WARC/"
_ARCHIVES: Final = (".warc", ".warc.gz", ".warc.zst", ".wacz", ".warc.gz.open")
_UNREADABLE: Final = (OSError, EOFError, zlib.error)


def refuse_output(path: Path, store: str, *, is_folder: bool = False) -> None:
    """Raise an error if a command must not write to a path, whatever name or link leads there.

    A device or a pipe may be written to, and so may a SQLite file that `scrapy export` made.

    :param store: the store of the command: path or address.
    :param is_folder: the output is a folder, whose writer refuses one that is not empty.
    :raises BadArgument: the path is a store or another database, a side file of one, a WARC, or a folder.
    """
    try:
        what = None if is_stream(path) else _what_stands_at(path, "" if "://" in store else store)
    except OSError as error:
        raise BadArgument(f"the output {path} cannot be used ({error.strerror}); name another one") from error
    if what is not None and not (is_folder and path.is_dir()):
        raise BadArgument(f"the output {path} is {what}; name another file, nothing was changed")


def refuse_outputs(paths: dict[str, str], store: str) -> None:
    """Check the outputs that settings name, as `refuse_output` does.

    :param paths: name of the setting -> its value: a path, a `file:` address, or nothing. Other addresses are no files.
    :raises BadArgument: with the name of the setting.
    """
    for name, value in paths.items():
        path = local_path(value)
        if path is None:
            continue
        try:
            refuse_output(path, store)
        except BadArgument as error:
            raise BadArgument(f"{name}: {error}") from error


def local_path(target: str) -> Path | None:
    """Return the local file that a target names; None for nothing, a stream of Scrapy (`stdout:`) or a server.

    >>> local_path("file:///tmp/a%20b.jsonl"), local_path("stdout:"), local_path("-")
    (PosixPath('/tmp/a b.jsonl'), None, None)
    """
    scheme, colon, _ = target.partition(":")
    if colon and scheme == "file":
        return Path(unquote(urlsplit(target).path))
    is_address = "://" in target or (colon and scheme == "stdout")
    return None if not target or target == "-" or is_address else Path(target)


def _what_stands_at(path: Path, store: str) -> str | None:
    """Return what must not be written to, in words; None for a path that may be written to.

    :raises OSError: it cannot be read.
    """
    real = os.path.realpath(path)
    for suffix in ("", *_SIDE_FILES):
        base = Path(real.removesuffix(suffix)) if real.endswith(suffix) else None
        if base is None:
            continue
        kind = "the store" if not suffix else f"the {suffix[1:]} file of the store"
        if store and (str(base) == os.path.realpath(store) or _is_same(base, Path(store))):
            return f"{kind} {store}"
        if suffix and _head(base, len(_SQLITE)) == _SQLITE:
            return f"a side file of the database {base}"
    if Path(real).is_dir():
        return "a folder"
    return _kind_of_content(Path(real))


def _kind_of_content(path: Path) -> str | None:
    head = _head(path, len(_SQLITE))
    if head == _SQLITE and not _is_export(path):
        return "a store of crawls, or a database of another program"
    if head and (path.name.lower().endswith(_ARCHIVES) or _is_warc(path, head)):
        return "an archive of web pages"
    return None


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _head(path: Path, size: int) -> bytes:
    """Return the first bytes of a file; none if there is no file."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(size)


def _is_warc(path: Path, head: bytes) -> bool:
    if head.startswith(_GZIP):
        try:
            with gzip.open(path) as file:
                head = file.read(len(_WARC))
        except _UNREADABLE:
            return False
    return head.startswith(_WARC)


def _is_export(path: Path) -> bool:
    """Return whether a SQLite file holds articles but no run, as `scrapy export` writes it, and is not open."""
    if any(_head(path.with_name(path.name + suffix), 1) for suffix in ("-wal", "-journal")):
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
            if not {"alembic_version", "articles", "runs"} <= tables:
                return False
            (runs,) = connection.execute("select count(*) from runs").fetchone()
    except sqlite3.Error:
        return False
    return bool(runs == 0)
