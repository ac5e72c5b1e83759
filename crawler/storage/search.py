"""Full-text search over title and text: an FTS5 table of SQLite, which triggers keep equal to the table `articles`.

Its rows are those of `articles`: `rowid in (select rowid from articles_fts where articles_fts match ...)`. A store on
PostgreSQL has no such table.
"""

from typing import Final

_INSERT: Final = "insert into articles_fts (rowid, title, text) values (new.rowid, new.title, new.text);"
_DELETE: Final = (
    "insert into articles_fts (articles_fts, rowid, title, text) values ('delete', old.rowid, old.title, old.text);"
)

SEARCH: Final = (
    "create virtual table articles_fts using fts5 ("
    "title, text, content='articles', tokenize=\"unicode61 remove_diacritics 2\")",
    f"create trigger articles_fts_insert after insert on articles begin {_INSERT} end",
    f"create trigger articles_fts_delete after delete on articles begin {_DELETE} end",
    f"create trigger articles_fts_update after update of title, text on articles begin {_DELETE} {_INSERT} end",
)
"""Statements that make it, for SQLite only."""

REBUILD_SEARCH: Final = "insert into articles_fts (articles_fts) values ('rebuild')"
"""Statement that makes the index again from the table `articles`."""
