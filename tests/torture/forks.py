"""A process that has all modules loaded and forks a child for each command: hundreds of commands in minutes.

Reads one JSON list of words a line, writes the exit status of each command; its output goes to the file named first.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Final

from tests.conftest import ROOT

PRELOADED: Final = (
    *("crawler.commands.crawl", "crawler.commands.coverage", "crawler.commands.export", "crawler.dataset.formats"),
    *("crawler.command_line.crawl", "crawler.command_line.coverage", "crawler.command_line.export"),
    *("crawler.dataset.bundle", "crawler.spiders.kompas_global", "crawler.pipelines.store_items", "scrapy.crawler"),
    *("crawler.extensions.open_archive", "crawler.extensions.verdict", "crawler.middlewares.record"),
    *("sqlalchemy.dialects.sqlite", "scrapy.core.engine", "crawler.archive.recorder", "crawler.storage"),
)


class Forks:
    """Runs Scrapy's commands in children of one process."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.forks"],
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Forks":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None, "it is a pipe"
        assert self._process.stdout is not None, "it is a pipe"
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(self, output: Path, words: Sequence[str]) -> int:
        """Return the exit status of `scrapy` with these words; what it prints is in the file afterwards."""
        assert self._process.stdin is not None, "it is a pipe"
        assert self._process.stdout is not None, "it is a pipe"
        self._process.stdin.write(json.dumps([str(output), *words]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def _serve() -> None:
    for module in PRELOADED:
        import_module(module)
    assert "twisted.internet.reactor" not in sys.modules, "a child installs its own"
    for line in sys.stdin:
        output, *words = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(output, words)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _become(output: str, words: list[str]) -> None:
    """Execute a command in this process, and end it."""
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(file, stream)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    from scrapy.cmdline import execute

    execute(["scrapy", *words])
    os._exit(70)  # Scrapy exits by itself


if __name__ == "__main__":
    _serve()
