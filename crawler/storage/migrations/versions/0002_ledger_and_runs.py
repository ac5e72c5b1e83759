"""The ledger (index days, what they list, where stories were seen), visits, runs, robots.txt; more about failures."""

import sqlalchemy as sa
from alembic import op

from crawler.storage.columns import TEXT

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("robots_texts", "robots", "runs", "visits", "exclusions", "sightings", "listed", "index_days")
VIEWS = {
    "latest_articles": "select a.* from articles a where a.revision = "
    "(select max(b.revision) from articles b where b.id = a.id)",
    "first_articles": "select * from articles where revision = 1",
}


def upgrade() -> None:
    op.add_column("failures", sa.Column("status", sa.Integer))
    op.add_column("failures", sa.Column("attempts", sa.Integer, nullable=False, server_default="1"))
    op.add_column("failures", sa.Column("gone", sa.Boolean, nullable=False, server_default="0"))
    op.create_table(
        "index_days",
        sa.Column("site", TEXT, primary_key=True),
        sa.Column("day", TEXT, primary_key=True),
        sa.Column("asked_at", TEXT, nullable=False),
        sa.Column("read_at", TEXT),
        sa.Column("walked_at", TEXT),
        sa.Column("pages", sa.Integer),
        sa.Column("pages_read", sa.Integer),
    )
    op.create_table(
        "listed",
        sa.Column("site", TEXT, primary_key=True),
        sa.Column("day", TEXT, primary_key=True),
        sa.Column("entry", TEXT, primary_key=True),
        sa.Column("article_id", TEXT),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("section", TEXT),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("from_url", TEXT, nullable=False),
        sa.Column("excluded", TEXT),
        sa.Column("first_seen_at", TEXT, nullable=False),
        sa.Column("last_seen_at", TEXT, nullable=False),
        sa.Column("retitled_at", TEXT),
    )
    op.create_index("listed_article_id", "listed", ["article_id"])
    op.create_index("listed_last_seen_at", "listed", ["last_seen_at"])
    op.create_table(
        "sightings",
        sa.Column("article_id", TEXT, primary_key=True),
        sa.Column("via", TEXT, primary_key=True),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("title", TEXT),
        sa.Column("section", TEXT),
        sa.Column("from_url", TEXT, nullable=False),
        sa.Column("first_seen_at", TEXT, nullable=False),
        sa.Column("last_seen_at", TEXT, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("followed_at", TEXT),
        sa.Column("depth", sa.Integer),
    )
    op.create_index("sightings_followed_at", "sightings", ["followed_at"])
    op.create_table(
        "exclusions",
        sa.Column("article_id", TEXT, primary_key=True),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("excluded_at", TEXT, nullable=False),
    )
    op.create_table(
        "visits",
        sa.Column("article_id", TEXT, primary_key=True),
        sa.Column("visited_at", TEXT, nullable=False),
        sa.Column("url", TEXT),
        sa.Column("etag", TEXT),
        sa.Column("last_modified", TEXT),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("job", TEXT, nullable=False),
        sa.Column("job_started_at", TEXT, nullable=False),
        sa.Column("started_at", TEXT, nullable=False),
        sa.Column("ended_at", TEXT),
        sa.Column("finish_reason", TEXT),
        sa.Column("healthy", sa.Boolean),
        sa.Column("summary", TEXT),
        sa.Column("reasons", sa.JSON),
        sa.Column("counts", sa.JSON),
        sa.Column("readings", sa.JSON),
        sa.Column("host", TEXT, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("parser_version", TEXT, nullable=False),
    )
    op.create_table(
        "robots",
        sa.Column("run_id", sa.Integer, primary_key=True),
        sa.Column("host", TEXT, primary_key=True),
        sa.Column("fetched_at", TEXT, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("sha256", TEXT, nullable=False),
    )
    op.create_table(
        "robots_texts",
        sa.Column("sha256", TEXT, primary_key=True),
        sa.Column("text", TEXT, nullable=False),
    )
    for name, query in VIEWS.items():
        op.execute(f"create view {name} as {query}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"drop view {name}")
    for name in TABLES:
        op.drop_table(name)
    for name in ("gone", "attempts", "status"):
        op.drop_column("failures", name)
