"""Scrapy's command with other values of constants, for limits that no setting changes.

python -m tests.patched crawler.extensions.brake.FAILURE_STREAK=3 crawl kompas_global ...
"""

import sys
from collections.abc import Mapping
from importlib import import_module

from scrapy.cmdline import execute


def scrapy_command(constants: Mapping[str, object]) -> list[str]:
    """Return the words with which a command begins: plain Scrapy without constants.

    :param constants: full name -> value.
    """
    if not constants:
        return [sys.executable, "-m", "scrapy"]
    return [sys.executable, "-m", "tests.patched", *(f"{name}={value}" for name, value in constants.items())]


def change(assignment: str) -> None:
    """Change one constant, in its own type.

    >>> change("crawler.clock.NO_SUCH_CONSTANT=1")
    Traceback (most recent call last):
    AttributeError: module 'crawler.clock' has no attribute 'NO_SUCH_CONSTANT'
    """
    name, _, value = assignment.partition("=")
    module, _, constant = name.rpartition(".")
    found = import_module(module)
    setattr(found, constant, type(getattr(found, constant))(value))


if __name__ == "__main__":
    words = sys.argv[1:]
    while words[0].startswith("crawler."):
        change(words.pop(0))
    execute(["scrapy", *words])
