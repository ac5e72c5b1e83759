"""Articles with their revisions, and failures."""

import sqlalchemy as sa
from alembic import op

from crawler.storage.columns import TEXT

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("section", TEXT),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("summary", TEXT),
        sa.Column("published_at", TEXT, nullable=False),
        sa.Column("published_utc", TEXT, nullable=False),
        sa.Column("modified_at", TEXT),
        sa.Column("date_evidence", sa.JSON, nullable=False),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("editors", sa.JSON, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("dateline", TEXT),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("word_count", sa.Integer, nullable=False),
        sa.Column("declared_word_count", sa.Integer),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("images", sa.JSON, nullable=False),
        sa.Column("embeds", sa.JSON, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("related", sa.JSON, nullable=False),
        sa.Column("latest", sa.JSON, nullable=False),
        sa.Column("layout", TEXT, nullable=False),
        sa.Column("discovery", sa.JSON, nullable=False),
        sa.Column("fetched_at", TEXT, nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("near_duplicate_of", TEXT),
        sa.Column("provenance", sa.JSON, nullable=False),
    )
    op.create_index("articles_published_utc", "articles", ["published_utc"])
    op.create_table(
        "failures",
        sa.Column("url", TEXT, primary_key=True),
        sa.Column("article_id", TEXT),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("via", TEXT),
        sa.Column("first_failed_at", TEXT, nullable=False),
        sa.Column("failed_at", TEXT, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
    )
    op.create_index("failures_article_id", "failures", ["article_id"])


def downgrade() -> None:
    op.drop_table("failures")
    op.drop_table("articles")
