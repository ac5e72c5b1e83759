"""The standard streams of a command: closed ones, ones that cannot write every letter, and broken pipes."""

import json
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

from crawler.visible import visible

_NUMBERS: Final = (0, 1, 2)
_NOWHERE: Final = Path(os.devnull)


def prepare_streams() -> None:
    """Open closed streams on /dev/null, and write what a terminal's encoding lacks as an escape.

    A file that is opened while a stream is closed would get its number, and what a library writes to the stream.
    """
    for number in _NUMBERS:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, which is this one
    if sys.stdout is None:
        sys.stdout = _NOWHERE.open("w", encoding="utf-8")  # open until the process ends
    if sys.stderr is None:
        sys.stderr = _NOWHERE.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def drop_broken_streams() -> None:
    """Connect each output stream whose reader is gone to /dev/null, because Python flushes it once more at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def print_line(text: str) -> None:
    """Print one line on stdout; characters that could act are shown as escapes."""
    print(visible(text))


def print_json(value: Any) -> None:
    """Print a value as one line of JSON, in ASCII where the stream cannot write every letter."""
    has_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print_line(json.dumps(value, ensure_ascii=not has_all))


def print_message(text: str) -> None:
    """Print one line for the user on stderr."""
    print(f"kompas_global: {visible(text)}", file=sys.stderr)
