"""Statements that are compiled once: those that run with every story, and those that insert or change rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ClauseElement, Connection, CursorResult, Dialect, Table
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.compiler import SQLCompiler

from crawler.storage.dialects import POSTGRESQL

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert


@dataclass(frozen=True)
class _Compiled:
    """A statement as the driver of one database takes it."""

    sql: str
    parameters: Sequence[tuple[str, Callable[[Any], Any] | None]]
    """Name of each parameter, and the function that makes the driver's value of the row's; None takes it as it is."""
    constants: dict[str, Any]
    """Parameters with a value of their own."""
    by_place: bool
    """The driver takes the parameters in their order, not by name."""

    def values(self, row: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        """Return the parameters for a row."""
        if self.constants:
            row = {**self.constants, **row}
        if self.by_place:
            return tuple([read(row[name]) if read else row[name] for name, read in self.parameters])
        return {name: read(row[name]) if read else row[name] for name, read in self.parameters}


class Prepared:
    """A statement that is compiled once for each connection to a database, and then executed as text.

    SQLAlchemy looks up any other statement and prepares its parameters each time it is executed. For the short
    statements of a story that takes several times as long as the database does.
    """

    def __init__(self, statement: ClauseElement, columns: Iterable[str] | None = None) -> None:
        """Describe the statement. Each of its parameters without a value is a key of the rows.

        :param columns: of an insert, those that every row brings; all by default.
        """
        self._statement = statement
        self._columns = None if columns is None else list(columns)

    def __call__(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute it for some rows, which may be none."""
        if rows:
            self.result(connection, *rows)

    def result(self, connection: Connection, *rows: Mapping[str, Any]) -> CursorResult[Any]:
        """Execute it for at least one row, and return the result, with values as the driver has them."""
        compiled = connection.info.get(self)
        if compiled is None:
            compiled = connection.info[self] = self._compile(connection.dialect)
        return connection.exec_driver_sql(compiled.sql, [compiled.values(row) for row in rows])

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self._statement_for(dialect).compile(dialect=dialect, column_keys=self._columns)
        assert isinstance(compiled, SQLCompiler), "of statements that are no DDL"
        binds = compiled.binds
        names = compiled.positiontup if compiled.positional else binds
        parameters = [(name, binds[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names or ()]
        constants = {name: bind.value for name, bind in binds.items() if not bind.required}
        return _Compiled(compiled.string, parameters, constants, compiled.positional)

    def _statement_for(self, dialect: Dialect) -> ClauseElement:
        return self._statement


def offered(table: Table) -> ReadOnlyColumnCollection[str, Any]:
    """Return the columns of the row that an `Upsert` brings, for expressions in its `changes`."""
    return insert(table).excluded


class Upsert(Prepared):
    """A statement that inserts rows, or changes the rows that have their keys already."""

    def __init__(
        self, table: Table, columns: Iterable[str] | None = None, changes: Mapping[str, Any] | None = None
    ) -> None:
        """Describe the statement.

        :param columns: that every row brings; all by default.
        :param changes: column -> new value, as an expression over `offered`, the table's own columns and parameters; by
            default every column that is no key takes the value of the new row.
        """
        keys = [column.name for column in table.primary_key]
        brought = list(columns or table.c.keys())
        new = changes or {name: offered(table)[name] for name in brought if name not in keys}
        super().__init__(insert(table).on_conflict_do_update(index_elements=keys, set_=dict(new)), brought)
        self._table, self._keys, self._changes = table, keys, dict(new)

    def _statement_for(self, dialect: Dialect) -> ClauseElement:
        return self._on_postgresql() if dialect.name == POSTGRESQL else self._statement

    def _on_postgresql(self) -> "PostgresqlInsert":
        """The same for PostgreSQL, whose dialect is imported here: most stores are SQLite files."""
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert(self._table).on_conflict_do_update(index_elements=self._keys, set_=self._changes)
