"""The ledger (index days, what they list, where stories were seen), visits, runs, robots.txt; more about failures."""

import sqlalchemy as sa
from alembic import op

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
        sa.Column("site", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("asked_at", sa.Text, nullable=False),
        sa.Column("read_at", sa.Text),
        sa.Column("walked_at", sa.Text),
        sa.Column("pages", sa.Integer),
        sa.Column("pages_read", sa.Integer),
    )
    op.create_table(
        "listed",
        sa.Column("site", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("entry", sa.Text, primary_key=True),
        sa.Column("article_id", sa.Text),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("section", sa.Text),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("from_url", sa.Text, nullable=False),
        sa.Column("excluded", sa.Text),
        sa.Column("first_seen_at", sa.Text, nullable=False),
        sa.Column("last_seen_at", sa.Text, nullable=False),
        sa.Column("retitled_at", sa.Text),
    )
    op.create_index("listed_article_id", "listed", ["article_id"])
    op.create_index("listed_last_seen_at", "listed", ["last_seen_at"])
    op.create_table(
        "sightings",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("via", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("section", sa.Text),
        sa.Column("from_url", sa.Text, nullable=False),
        sa.Column("first_seen_at", sa.Text, nullable=False),
        sa.Column("last_seen_at", sa.Text, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("followed_at", sa.Text),
        sa.Column("depth", sa.Integer),
    )
    op.create_index("sightings_followed_at", "sightings", ["followed_at"])
    op.create_table(
        "exclusions",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("excluded_at", sa.Text, nullable=False),
    )
    op.create_table(
        "visits",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("visited_at", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("job", sa.Text, nullable=False),
        sa.Column("job_started_at", sa.Text, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.Column("finish_reason", sa.Text),
        sa.Column("healthy", sa.Boolean),
        sa.Column("summary", sa.Text),
        sa.Column("reasons", sa.JSON),
        sa.Column("counts", sa.JSON),
        sa.Column("readings", sa.JSON),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("parser_version", sa.Text, nullable=False),
    )
    op.create_table(
        "robots",
        sa.Column("run_id", sa.Integer, primary_key=True),
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("fetched_at", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("sha256", sa.Text, nullable=False),
    )
    op.create_table(
        "robots_texts",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
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
