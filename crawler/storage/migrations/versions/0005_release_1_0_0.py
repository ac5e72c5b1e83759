"""The schema of release 1.0.0, with which migrations begin.

It takes no step: a new store is made from `tables`, at the newest version, and an older store than this is refused.
"""

revision = "0005"
down_revision = None


def upgrade() -> None:
    """Change nothing."""
