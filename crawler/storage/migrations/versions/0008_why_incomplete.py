"""Why a story is incomplete. `scrapy reextract` fills it in."""

import sqlalchemy as sa
from alembic import op

from crawler.storage.columns import PLAIN_TEXT

revision = "0008"
down_revision = "0007"

_VIEWS = (
    "create or replace view latest_articles as select a.* from articles a where a.revision = "
    "(select max(b.revision) from articles b where b.id = a.id)",
    "create or replace view first_articles as select * from articles where revision = 1",
)
"""PostgreSQL keeps the columns that `*` had when a view was made; SQLite reads it anew."""


def upgrade() -> None:
    """Add the column; existing articles say nothing in it until they are read again."""
    op.add_column("articles", sa.Column("incomplete_because", PLAIN_TEXT))
    if op.get_context().dialect.name == "postgresql":
        for view in _VIEWS:
            op.execute(view)
