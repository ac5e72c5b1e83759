"""`scrapy schema`: write the generated documents: data format, JSON Schema, Datasette metadata, settings."""

import argparse

from crawler.commands.base import KompasCommand


class Command(KompasCommand):
    def short_desc(self) -> str:
        return "Write the generated documents in docs/: data format, JSON Schema, Datasette metadata, settings"

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.schema import write_documents

        return write_documents(self, args, opts)
