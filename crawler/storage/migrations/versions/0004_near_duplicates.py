"""Near-duplicates: the keys by which they are found, and the pairs."""

import sqlalchemy as sa
from alembic import op

from crawler.storage.columns import TEXT

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shingle_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("article_id", TEXT, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("shingle_keys_article_id", "shingle_keys", ["article_id"])
    op.create_table(
        "near_duplicates",
        sa.Column("one", TEXT, primary_key=True),
        sa.Column("other", TEXT, primary_key=True),
        sa.Column("similarity", sa.Float, nullable=False),
    )
    op.create_index("near_duplicates_other", "near_duplicates", ["other"])


def downgrade() -> None:
    op.drop_table("near_duplicates")
    op.drop_table("shingle_keys")
