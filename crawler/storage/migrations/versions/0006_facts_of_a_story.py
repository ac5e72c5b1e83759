"""Fact checks, agencies, countries, and text that no rule accounts for. `scrapy reextract` fills them in."""

import sqlalchemy as sa
from alembic import op

from crawler.storage.columns import PLAIN_TEXT

revision = "0006"
down_revision = "0005"

_VIEWS = (
    "create or replace view latest_articles as select a.* from articles a where a.revision = "
    "(select max(b.revision) from articles b where b.id = a.id)",
    "create or replace view first_articles as select * from articles where revision = 1",
)
"""PostgreSQL keeps the columns that `*` had when a view was made; SQLite reads it anew."""


def upgrade() -> None:
    """Add the columns; existing articles say nothing in them until they are read again."""
    for column in (
        sa.Column("claim", PLAIN_TEXT),
        sa.Column("claim_verdict", PLAIN_TEXT),
        sa.Column("agencies", sa.JSON, nullable=False, server_default="[]"),
        sa.Column("dateline_country", PLAIN_TEXT),
        sa.Column("countries", sa.JSON, nullable=False, server_default="[]"),
        sa.Column("unaccounted", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("articles", column)
    if op.get_context().dialect.name == "postgresql":
        for view in _VIEWS:
            op.execute(view)
