"""`scrapy explain`: the bytes of one story, its layout, the source of each field, and what cleaning removed."""

import argparse

from crawler.commands.base import KompasCommand


class Command(KompasCommand):
    argument_needed = "name one story by its id or its address"

    def syntax(self) -> str:
        return "[options] ID_OR_URL"

    def short_desc(self) -> str:
        return "Explain one record: its archived bytes, layout, source of each field, what cleaning removed"

    def long_desc(self) -> str:
        return (
            "Explain every revision and every failure of one story, named by its id (2021/04/22/160600870) or its "
            "address: the archived bytes, the layout, the source of each field, each text that cleaning removed with "
            "the rule, and where each text of the story's container went. Of a page that no layout reads: its distance "
            "from each layout, and the element of each fact, as rows of a new layout table. The exit status is 1 if "
            "nothing is stored about the story or its bytes are not there."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--archive", metavar="FILES", default="", help="WARC files to read besides KOMPAS_WARC_DIR")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        from crawler.commands.explain import explain

        return explain(self, args, opts)
