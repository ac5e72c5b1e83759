"""Stories that carry a suspected addition, until a rule exists."""

import sqlalchemy as sa
from alembic import op

from crawler.storage.columns import PLAIN_TEXT, IsoTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table; it begins empty."""
    op.create_table(
        "suspects",
        sa.Column("article_id", PLAIN_TEXT, primary_key=True),
        sa.Column("what", PLAIN_TEXT, primary_key=True),
        sa.Column("layout", PLAIN_TEXT, nullable=False),
        sa.Column("printed", PLAIN_TEXT, nullable=False),
        sa.Column("first_seen_at", IsoTime, nullable=False),
        sa.Column("seen_at", IsoTime, nullable=False),
        sa.Column("accepted", sa.Boolean, nullable=False, server_default="0"),
        sa.Column("held", sa.JSON(none_as_null=True)),
    )
