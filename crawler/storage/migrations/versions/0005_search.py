"""Full-text search over title and text, by SQLite's FTS5, kept in step by triggers.

The index is of the rows of `articles`: `rowid in (select rowid from articles_fts where articles_fts match ...)`. Other
databases have searches of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ADD = "insert into articles_fts (rowid, title, text) values (new.rowid, new.title, new.text);"
_TAKE = "insert into articles_fts (articles_fts, rowid, title, text) values ('delete', old.rowid, old.title, old.text);"

STEPS = (
    "create virtual table articles_fts using fts5 ("
    "title, text, content='articles', tokenize=\"unicode61 remove_diacritics 2\")",
    f"create trigger articles_fts_insert after insert on articles begin {_ADD} end",
    f"create trigger articles_fts_delete after delete on articles begin {_TAKE} end",
    f"create trigger articles_fts_update after update of title, text on articles begin {_TAKE} {_ADD} end",
    "insert into articles_fts (articles_fts) values ('rebuild')",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for step in STEPS:
            op.execute(sa.text(step))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("insert", "delete", "update"):
            op.execute(sa.text(f"drop trigger articles_fts_{trigger}"))
        op.execute(sa.text("drop table articles_fts"))
