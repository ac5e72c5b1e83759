"""`scrapy copy-store TARGET`: copy the whole store into an empty one of another kind, and continue there."""

import argparse

from crawler.commands.base import ExitStatus, KompasCommand, run_lock
from crawler.commands.streams import print_line, print_message
from crawler.errors import BadArgument
from crawler.extensions.progress import growing_line
from crawler.storage import is_server, shown


def copy_store(command: KompasCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Copy the store and print the number of rows of each table.

    :raises StoreBusy: a run uses one of the stores.
    :raises UserError: one of them cannot be used, or the target is not empty.
    """
    source, target = command.target, args[0]
    if target == source:
        raise BadArgument(f"the store {shown(target)} is the one to copy; name another one")
    if not is_server(target):
        command.output(target)
    with (
        command.open_store(alone=True) as store,
        run_lock(target),
        growing_line("copy-store", "rows") as copied,
    ):
        counts = store.copy_all(target, copied)
    for table, rows in counts.items():
        print_line(f"{rows:>12,}  {table}")
    print_message(f"all of {shown(source)} is in {shown(target)}, read back and equal")
    return ExitStatus.HEALTHY
