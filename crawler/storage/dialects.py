"""Names that the modules of both databases share."""

from typing import Final

POSTGRESQL: Final = "postgresql"
"""SQLAlchemy's name of the dialect."""

WRITES: Final = "kompas_writes"
"""Execution option of a connection whose transaction writes: it takes the writer's lock when it begins."""
