"""Where the bytes behind a failure are, and behind the further pages of a story."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("failures", sa.Column("answer", sa.JSON))
    if op.get_bind().dialect.name == "sqlite":  # no other store is as old
        op.execute("update articles set provenance = json_set(provenance, '$.further_pages', json('[]'))")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("update articles set provenance = json_remove(provenance, '$.further_pages')")
    op.drop_column("failures", "answer")
