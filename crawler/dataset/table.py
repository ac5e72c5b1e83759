"""CSV and TSV: one row per record, nested values flattened as stated below. The standard library writes it."""

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any, BinaryIO, Final

import orjson

from crawler.dataset.columns import column_types, derived_values
from crawler.items import Article, DateEvidence, Discovery

JOIN: Final = " | "
"""Separator of lists of strings (`authors`, `editors`, `sources`, ...)."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", "|": "\\|"})
"""What a value of a list holds of the separator, so that every list can be taken apart again."""
_LISTS: Final = ("authors", "editors", "sources", "agencies", "countries", "tags")
_AS_JSON: Final = ("images", "embeds", "related", "latest", "provenance")
"""Fields written as JSON text in one cell."""
_FLATTENED: Final = {"date_evidence": DateEvidence, "discovery": Discovery}
"""Fields with one column per key: `discovery_via`."""
_LEFT_OUT: Final = ("body",)
"""Fields left out: `text` holds the same words."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet run a cell as a formula; such a cell gets a `'` in front."""
_SEPARATORS: Final = re.compile(r"([;\t\n\r]\s*)(?=[=+@-])")
"""The end of a cell or a row where the language of a spreadsheet separates by `;`, before what begins a formula."""


def columns(item: type = Article, kept: frozenset[str] | None = None) -> list[str]:
    """Return the header of the table.

    :param kept: fields of a record to keep; None keeps all.
    """
    names: list[str] = []
    for name in column_types(item, kept):
        if name in _FLATTENED:
            names += [f"{name}_{inner.name}" for inner in fields(_FLATTENED[name])]
        elif name not in _LEFT_OUT:
            names.append(name)
    return names


def cells_of(record: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the cells of a record in the order of `columns`: text, numbers, booleans, times, None."""
    for name, value in record.items():
        if name in _FLATTENED:
            yield from value.values()
        elif name in _LISTS:
            yield joined(value)
        elif name in _AS_JSON:
            yield orjson.dumps(value).decode()
        elif name not in _LEFT_OUT:
            yield value
        if name == "published_at":
            yield from derived_values(record).values()


def joined(values: list[str]) -> str:
    r"""Return a list as one cell; a bar or a backslash inside a value gets a backslash in front.

    >>> joined(["Sari", "Bram | Co"])
    'Sari | Bram \\| Co'
    """
    return JOIN.join(value.translate(_ESCAPED) for value in values)


class TableFile:
    """A CSV file with a header. All methods raise `OSError` if it cannot be written."""

    loss = ""

    def __init__(
        self,
        out: BinaryIO,
        item: type = Article,
        kept: frozenset[str] | None = None,
        *,
        delimiter: str = ",",
        byte_order_mark: bool = True,
    ) -> None:
        """Write the header.

        :param item: dataclass of a record.
        :param kept: fields of a record to keep; None keeps all.
        :param byte_order_mark: begin with a mark by which Excel recognises UTF-8.
        """
        self._out = out
        if byte_order_mark:
            out.write(codecs.BOM_UTF8)
        self._writer = csv.writer(self, delimiter=delimiter, lineterminator="\n")
        self._writer.writerow(columns(item, kept))

    def write(self, row: str) -> None:
        """Write one row, which the CSV writer hands on as text."""
        self._out.write(row.encode())

    def add(self, record: dict[str, Any]) -> None:
        self._writer.writerow(map(harmless, map(_plain_text, cells_of(record))))

    def close(self) -> None:
        self._out.flush()


def _plain_text(value: Any) -> Any:
    """Return a time as text, with Z for UTC: every program reads this one."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date | time) else value


def harmless(value: Any) -> Any:
    """Defuse a cell that a spreadsheet would run as a formula.

    >>> harmless("=HYPERLINK(1)"), harmless("Ringkasan;=1+1")
    ("'=HYPERLINK(1)", "Ringkasan;'=1+1")
    """
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    defused = _SEPARATORS.sub(r"\1'", value)
    return f"'{defused}" if value.startswith(_FORMULA) else defused
