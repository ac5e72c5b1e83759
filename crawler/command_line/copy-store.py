"""`scrapy copy-store TARGET`: copy the whole store into an empty one of another kind, and continue there."""

import argparse

from crawler.commands.base import KompasCommand


class Command(KompasCommand):
    argument_needed = "name the store to fill: PATH, or postgresql://USER@HOST/DATABASE"

    def syntax(self) -> str:
        return "[options] TARGET"

    def short_desc(self) -> str:
        return "Copy the whole store into an empty one: from SQLite to PostgreSQL, or back"

    def long_desc(self) -> str:
        return (
            "Copy the whole store (KOMPAS_DB) into an empty one, TARGET: PATH for a SQLite file, or "
            "postgresql://USER@HOST/DATABASE. The copy is read back and compared. No run may use the stores."
        )

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.copy_store import copy_store

        return copy_store(self, args, opts)
