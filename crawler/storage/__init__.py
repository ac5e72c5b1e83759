"""The single truth: articles with their revisions, and what failed. SQLAlchemy speaks SQL, Alembic moves schemas."""

from crawler.storage.store import Outcome, Saved, Store

__all__ = ["Outcome", "Saved", "Store"]
