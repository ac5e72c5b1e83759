"""`scrapy copy-store TARGET`: the whole store into an empty one, to go on with in a database of another kind.

Scrapy names a command after its file.
"""

import argparse
import sys
from contextlib import closing

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.commands.coverage import REFUSED, open_existing
from crawler.commands.crawl import BUSY
from crawler.errors import BadArgument, StoreBusy, UserError
from crawler.extensions.progress import growing_line
from crawler.storage import RunLock, Store, shown


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] TARGET"

    def short_desc(self) -> str:
        return "Copy the whole store (KOMPAS_DB) into an empty one: SQLite to PostgreSQL, or back"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None, "Scrapy sets it"
        if len(args) != 1:
            raise UsageError("name the store to fill: PATH, or postgresql://USER@HOST/DATABASE", print_help=False)
        try:
            with closing(open_existing(self.settings)) as store:
                counts = _copied(store, args[0])
        except UserError as refusal:
            print(f"kompas_global: {refusal}", file=sys.stderr)
            self.exitcode = BUSY if isinstance(refusal, StoreBusy) else REFUSED
            return
        for table, rows in counts.items():
            print(f"{rows:>12,}  {table}")
        print(
            f"kompas_global: all of {shown(store.target)} is in {shown(args[0])}, read back and equal", file=sys.stderr
        )


def _copied(store: Store, target: str) -> dict[str, int]:
    """
    :raises StoreBusy: a run is at work in one of them.
    :raises UserError: either cannot be used, or the target is not empty.
    """
    if target == store.target:
        raise BadArgument(f"the store {shown(target)} is the one to copy; name another one")
    locks = [RunLock(name) for name in (store.target, target)]
    try:
        for lock in locks:
            lock.acquire(wait=0)
        with growing_line("copy-store", "rows") as copied:
            return store.copy_all(target, copied)
    finally:
        for lock in locks:
            lock.release()
