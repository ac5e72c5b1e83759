"""Articles with their revisions, and failures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("section", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("summary", sa.Text),
        sa.Column("published_at", sa.Text, nullable=False),
        sa.Column("published_utc", sa.Text, nullable=False),
        sa.Column("modified_at", sa.Text),
        sa.Column("date_evidence", sa.JSON, nullable=False),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("editors", sa.JSON, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("dateline", sa.Text),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("word_count", sa.Integer, nullable=False),
        sa.Column("declared_word_count", sa.Integer),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("images", sa.JSON, nullable=False),
        sa.Column("embeds", sa.JSON, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("related", sa.JSON, nullable=False),
        sa.Column("latest", sa.JSON, nullable=False),
        sa.Column("layout", sa.Text, nullable=False),
        sa.Column("discovery", sa.JSON, nullable=False),
        sa.Column("fetched_at", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("near_duplicate_of", sa.Text),
        sa.Column("provenance", sa.JSON, nullable=False),
    )
    op.create_index("articles_published_utc", "articles", ["published_utc"])
    op.create_table(
        "failures",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("article_id", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("via", sa.Text),
        sa.Column("first_failed_at", sa.Text, nullable=False),
        sa.Column("failed_at", sa.Text, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
    )
    op.create_index("failures_article_id", "failures", ["article_id"])


def downgrade() -> None:
    op.drop_table("failures")
    op.drop_table("articles")
