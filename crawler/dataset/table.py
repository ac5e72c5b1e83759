"""CSV: one row per record, nested values flattened as stated below. The standard library writes it."""

import csv
import re
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import orjson

from crawler.items import Article, DateEvidence, Discovery

JOIN: Final = " | "
"""Separator of lists of strings (`authors`, `editors`, `sources`, ...)."""
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


def columns() -> list[str]:
    """Return the header of the table."""
    names: list[str] = []
    for one in fields(Article):
        if one.name in _FLATTENED:
            names += [f"{one.name}_{inner.name}" for inner in fields(_FLATTENED[one.name])]
        elif one.name not in _LEFT_OUT:
            names.append(one.name)
    return names


class TableFile:
    """A CSV file with a header. All methods raise `OSError` if it cannot be written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(columns())

    def add(self, record: dict[str, Any]) -> None:
        self._writer.writerow(map(harmless, _cells(record)))

    def close(self) -> None:
        self._file.close()


def _cells(record: dict[str, Any]) -> list[Any]:
    cells: list[Any] = []
    for name, value in record.items():
        if name in _FLATTENED:
            cells += value.values()
        elif name in _LISTS:
            cells.append(JOIN.join(value))
        elif name in _AS_JSON:
            cells.append(orjson.dumps(value).decode())
        elif name not in _LEFT_OUT:
            cells.append(value)
    return cells


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
