"""Tables of agencies, countries and places: one tab-separated file each, with a reason beside what needs one."""

from collections.abc import Iterator
from pathlib import Path


def rows(table: str) -> Iterator[list[str]]:
    """Yield the cells of each row of a table, such as ``countries``; lines that open with ``#`` are comments."""
    text = Path(__file__).with_name(f"{table}.tsv").read_text(encoding="utf-8")
    yield from (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def several(cell: str) -> list[str]:
    """Return the values of a cell in which bars separate them.

    >>> several("Kyiv|Kiev"), several("")
    (['Kyiv', 'Kiev'], [])
    """
    return cell.split("|") if cell else []
