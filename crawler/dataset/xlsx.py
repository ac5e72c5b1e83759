"""Excel workbooks: the columns of CSV in one sheet, with dates that Excel computes with. XlsxWriter writes them."""

import shutil
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from crawler.dataset.table import cells_of, columns
from crawler.errors import BadArgument
from crawler.items import Article

MOST_ROWS: Final = 1_048_575
"""Rows of a sheet, without the header."""
LONGEST: Final = 32_767
"""Characters of a cell."""
_OPTIONS: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""Hold one row in memory; a text stays a text, whatever it begins with."""
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel has no zones
"""Time of creation in each workbook, so that the same records give the same bytes."""
_FORMS: Final = {date: "yyyy-mm-dd", time: "hh:mm:ss", datetime: "yyyy-mm-dd hh:mm:ss"}


class SheetFile:
    """A workbook with one sheet. All methods raise `OSError` if it cannot be written."""

    def __init__(self, out: BinaryIO, item: type = Article, kept: frozenset[str] | None = None) -> None:
        """Write the header.

        :param item: dataclass of a record.
        :param kept: fields of a record to keep; None keeps all.
        """
        self._out = out
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the workbook
        self._book = Workbook(self._file, _OPTIONS)
        self._book.set_properties({"created": _MADE})
        self._sheet = self._book.add_worksheet(item.__name__)
        self._forms = {kind: self._book.add_format({"num_format": form}) for kind, form in _FORMS.items()}
        self._names = columns(item, kept)
        self._rows = 0
        self._cut: dict[str, int] = {}
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(self._names) - 1, 18)
        for at, name in enumerate(self._names):
            self._sheet.write_string(0, at, name, self._book.add_format({"bold": True}))

    @property
    def loss(self) -> str:
        """Return which cells were cut, in one sentence; empty if none was."""
        if not self._cut:
            return ""
        named = ", ".join(f"{count} of {name}" for name, count in self._cut.items())
        return f"cells longer than Excel allows were cut after {LONGEST:,} characters: {named}; CSV has them whole"

    def add(self, record: dict[str, Any]) -> None:
        """Write one row.

        :raises BadArgument: a sheet has no room for it.
        """
        if self._rows == MOST_ROWS:
            raise BadArgument(f"a sheet of Excel holds {MOST_ROWS:,} rows; choose a shorter span, or write .csv")
        self._rows += 1
        for at, value in enumerate(cells_of(record)):
            self._write(at, value)

    def close(self) -> None:
        with self._file:
            try:
                self._book.close()
            except FileCreateError as error:
                cause: OSError = error.args[0]
                raise cause from error
            self._file.seek(0)
            shutil.copyfileobj(self._file, self._out)

    def _write(self, at: int, value: Any) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(self._rows, at, value)
        elif isinstance(value, str):
            if len(value) > LONGEST:
                self._cut[self._names[at]] = self._cut.get(self._names[at], 0) + 1
            self._sheet.write_string(self._rows, at, value[:LONGEST])
        elif isinstance(value, int):
            self._sheet.write_number(self._rows, at, value)
        elif isinstance(value, date | time):
            plain = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            self._sheet.write_datetime(self._rows, at, plain, self._forms[type(value)])
