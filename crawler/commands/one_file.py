"""One file of an export: a table in one of the formats, or a store."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

from crawler.commands.export_options import SQLITE
from crawler.dataset.aside import is_stream, written_aside
from crawler.dataset.changes import TEXTS, Change, changes_of
from crawler.dataset.columns import fields_of
from crawler.dataset.edition import edition_of
from crawler.dataset.formats import AS_JSON, Form, Written, format_of, write_records
from crawler.dataset.word_counts import WordCount, word_counts
from crawler.errors import BadArgument, UnwritableFile
from crawler.extensions.progress import counted_line
from crawler.storage import Revisions, Selection, Store

STDOUT: Final = "-"
WHAT: Final = ("articles", "changes", "words")
"""Tables that a file can hold."""
_AT_ONCE: Final = 1024 * 1024
"""Buffer size in bytes: one record fills half of Python's default buffer."""


def format_name_of(out: str, format_name: str | None) -> str:
    """Return the format of a file by its ending, or by its name if the user gave one.

    :raises BadArgument: the format is unknown, or standard output cannot have it.
    """
    if out == STDOUT and format_name is None:
        raise BadArgument("standard output has no ending that says the format; give one, such as --format csv")
    if out == STDOUT and format_name in SQLITE:
        raise BadArgument("a store cannot be written to standard output; name a file")
    ending = format_name or Path(out).suffix[1:]
    return ending if ending in SQLITE else format_of(out, format_name)


def write_file(store: Store, selection: Selection, out: str, format_name: str, opts: argparse.Namespace) -> Written:
    """Write one file, or standard output; without any record nothing is written.

    :raises UserError: the file cannot be written, or the format cannot hold the records.
    """
    if format_name in SQLITE:
        return _copy(store, selection, out)
    form, records = _table(store, selection, opts, format_name)
    first = next(records, None)
    if first is None:
        return Written(0)
    with _opened(out) as file:
        return write_records(chain([first], records), file, format_name, form)


def _copy(store: Store, selection: Selection, out: str) -> Written:
    """Write a store of the selection; return 0 records if there are none, and nothing was written.

    :raises BadArgument: the path names a device or a pipe.
    """
    if is_stream(Path(out)):
        raise BadArgument(f"{out} is a device or a pipe, which can hold no database; name a file")
    if not store.count(selection):
        return Written(0)
    with written_aside(Path(out)) as aside:
        return Written(store.copy(selection, aside))


def _table(
    store: Store, selection: Selection, opts: argparse.Namespace, format_name: str
) -> tuple[Form, Iterator[dict[str, Any]]]:
    """Return the form and the records of the table that `--what` names."""
    edition = edition_of(opts.text, opts.extras or ())
    mark = not opts.no_bom
    if opts.what == "changes":
        kept = None if edition.is_full else fields_of(Change) - TEXTS
        pairs = store.revision_pairs(replace(selection, revisions=Revisions.ALL))
        return Form(Change, kept, mark), changes_of(pairs)
    articles = store.records(selection, json_text=format_name in AS_JSON)
    counted = counted_line("export", articles, store.count(selection))
    if opts.what == "words":
        return Form(WordCount, None, mark), word_counts(counted)
    return Form(edition.item, edition.columns, mark), map(edition.record, counted)


@contextmanager
def _opened(out: str) -> Iterator[BinaryIO]:
    """Open a file that gets its name when it is whole, or standard output.

    :raises UnwritableFile: it cannot be written.
    """
    if out != STDOUT:
        with written_aside(Path(out)) as aside, aside.open("wb", buffering=_AT_ONCE) as file:
            yield file
        return
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # `| head`: the base class ends the command
        raise
    except OSError as error:
        raise UnwritableFile(f"standard output cannot be written ({error.strerror})") from error
