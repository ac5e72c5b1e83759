"""Full-text search over title and text, with one meaning in SQLite and in PostgreSQL.

In SQLite it is an FTS5 table, which triggers keep equal to the table `articles`. Its rows are those of `articles`:
`rowid in (select rowid from articles_fts where articles_fts match ...)`. A store on PostgreSQL has no such table: there
the terms are regular expressions, and a search reads all texts of the selection.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, literal_column, or_, text

from crawler.storage.dialects import POSTGRESQL
from crawler.storage.tables import articles
from crawler.storage.terms import MARKED, Term

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

_MATCH: Final = "articles.rowid in (select rowid from articles_fts where articles_fts match :terms)"
_ALL_LETTERS: Final = "und-x-icu"
"""A collation of PostgreSQL that knows the letters of every script, whatever the language of the database."""


def with_terms(query: Select[*tuple[Any, ...]], terms: Sequence[Term], dialect: str) -> Select[*tuple[Any, ...]]:
    """Return a query over `articles` for the rows that have all terms, each in title or text."""
    if dialect != POSTGRESQL:
        return query.where(text(_MATCH).bindparams(terms=" AND ".join(term.quoted for term in terms)))
    for term in terms:
        query = query.where(or_(*(_plain(articles.c[name]).op("~")(term.pattern) for name in ("title", "text"))))
    return query


def _plain(column: ColumnElement[str]) -> ColumnElement[str]:
    """Return a column in lower case and without accents, as `terms.plain` has a text."""
    letters = func.normalize(func.lower(column.collate(_ALL_LETTERS)), literal_column("NFD"))
    return func.normalize(func.regexp_replace(letters, MARKED, r"\1", "g"), literal_column("NFC"))
