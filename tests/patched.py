"""Scrapy's command with something changed first: a limit that no setting changes, or a fault that a test needs.

python -m tests.patched crawler.extensions.brake.FAILURE_STREAK=3 crawl kompas_global ...
python -m tests.patched tests.test_faults_of_ours.break_start crawl kompas_global ...
"""

import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any, Final

from scrapy.cmdline import execute

from crawler import executor

IN_THREADS: Final = "tests.patched.in_threads"
"""The change that reads archives in a thread of the command: it spares 0.3 s of CPU, the start of a process."""


class Threads(ThreadPoolExecutor):
    """Threads in place of processes."""

    def __init__(self, count: int, **_: Any) -> None:
        super().__init__(count)


def in_threads() -> None:
    executor.ProcessPoolExecutor = Threads  # type: ignore[assignment,attr-defined]


def scrapy_command(changes: Iterable[str] = ()) -> list[str]:
    """Return the words with which a command begins: plain Scrapy if nothing is changed.

    :param changes: constants with their value, functions to call.
    """
    return [sys.executable, "-m", *scrapy_module(changes)]


def scrapy_module(changes: Iterable[str] = ()) -> list[str]:
    """Return the same from the name of the module on."""
    changed = list(changes)
    return ["tests.patched", *changed] if changed else ["scrapy"]


def change(what: str) -> None:
    """Set a constant to a value of its own type, or call a function."""
    dotted, assigns, value = what.partition("=")
    module, _, name = dotted.rpartition(".")
    found = import_module(module)
    if assigns:
        setattr(found, name, type(getattr(found, name))(value))
    else:
        getattr(found, name)()


if __name__ == "__main__":
    words = sys.argv[1:]
    while words[0].startswith(("crawler.", "tests.")):
        change(words.pop(0))
    execute(["scrapy", *words])
