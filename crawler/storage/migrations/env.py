"""Run by Alembic for every migration command; the connection comes from ``migrate.upgrade``."""

from alembic import context

from crawler.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
