"""The settings that each run had, and the view `stories`."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_STORIES = (
    "create view stories as select substr(a.published_at, 1, 10) as date, a.title, a.agencies as agency, "
    "a.countries as country, a.dateline, a.tags, a.word_count as words, a.url as link, a.kind, a.section, a.id "
    "from articles a where a.revision = (select max(b.revision) from articles b where b.id = a.id)"
)


def upgrade() -> None:
    """Add the column, which is null for the runs before, and the view."""
    op.add_column("runs", sa.Column("settings", sa.JSON(none_as_null=True)))
    op.execute(_STORIES)
