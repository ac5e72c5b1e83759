"""Run `python -m` modules in processes that are forked from one in which the libraries are imported already.

A small crawl takes two seconds of CPU in a fresh interpreter, and more than half of them are imports. A forked process
has an environment, a reactor and an end of its own, too.
"""

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import import_module, reload
from pathlib import Path
from runpy import run_module
from typing import Final, NoReturn, TextIO

from scrapy.utils.misc import walk_modules_iter

from crawler import read, settings
from crawler.storage import Store

ROOT: Final = Path(__file__).parent.parent
LIBRARIES: Final = (
    *("scrapy.cmdline", "scrapy.commands.crawl", "scrapy.commands.bench", "scrapy.commands.check"),
    *("scrapy.core.engine", "scrapy.core.downloader.handlers.http11", "scrapy.downloadermiddlewares.cookies"),
    *("scrapy.extensions.feedexport", "twisted.internet.asyncioreactor"),
    *("alembic.command", "sqlalchemy.dialects.postgresql", "warcio.warcwriter", "protego", "pyarrow.parquet"),
)
PARTS: Final = (
    "command_line",
    "commands",
    "extensions",
    "middlewares",
    "pipelines",
    "spiders",
    "browser.addon",
    "exporters",
)
"""Of the project, with all modules below them."""
LONGEST: Final = 600
"""Seconds after which a process is ended by SIGALRM."""


@dataclass(frozen=True)
class Task:
    """One module to be run as `__main__`."""

    module: str
    words: list[str]
    env: dict[str, str]
    folder: str
    stdout: str
    stderr: str


class Forks:
    """Runs tasks one after the other, in forks of a process that is started for the first one."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[str] | None = None
        self._folder = Path()

    def run(
        self,
        module: str,
        *words: str,
        env: Mapping[str, str] | None = None,
        folder: Path = ROOT,
        begun: Callable[[int], object] = lambda _: None,
    ) -> subprocess.CompletedProcess[str]:
        """Run `python -m MODULE WORDS` in the project's folder, and return its exit status and what it printed.

        :param env: variables in addition to those of this process.
        :param folder: the working folder.
        :param begun: called with the number of the process when it has begun.
        """
        server = self._server or self._start()
        assert server.stdin is not None
        assert server.stdout is not None
        out, err = self._folder / "stdout", self._folder / "stderr"
        task = Task(module, list(words), {**os.environ, **(env or {})}, str(folder), str(out), str(err))
        server.stdin.write(json.dumps(asdict(task)) + "\n")
        server.stdin.flush()
        begun(int(server.stdout.readline()))
        status = int(server.stdout.readline())
        return subprocess.CompletedProcess(
            [module, *words], status, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")
        )

    def _start(self) -> subprocess.Popen[str]:
        self._temporary = tempfile.TemporaryDirectory(prefix="forked-")
        self._folder = Path(self._temporary.name)
        command = [sys.executable, "-W", "error::DeprecationWarning:crawler", "-m", "tests.forked"]
        self._server = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        atexit.register(self.close)
        return self._server

    def close(self) -> None:
        """End the process; the next task starts another one."""
        if self._server is not None:
            self._server.communicate()
            self._server = None
            self._temporary.cleanup()
            atexit.unregister(self.close)


FORKS: Final = Forks()


def serve(tasks: TextIO, answers: TextIO) -> None:
    """Fork for each task, and answer with the number of the process and then with its exit status."""
    for name in LIBRARIES:
        import_module(name)
    for part in PARTS:
        list(walk_modules_iter(f"crawler.{part}"))
    warm_up()
    gc.freeze()
    while line := tasks.readline():
        pid = os.fork()
        if pid == 0:
            become(Task(**json.loads(line)))
            return
        print(pid, file=answers, flush=True)
        _, ended = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(ended), file=answers, flush=True)


def warm_up() -> None:
    """Read and store one page, so that patterns, tables and statements are made once and not in each fork."""
    folder = ROOT / "tests" / "fixtures" / "pages" / "read" / "2021-04-22-160600870"
    url = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["url"]
    article = read(url, (folder / "page.html").read_bytes(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as place, closing(Store(f"{place}/store.db")) as store:
        store.save(article)


def become(task: Task) -> None:
    """Go on as `python -m` would with this module."""
    for number, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, task.stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, task.stderr, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(task.folder)
    os.environ.clear()
    os.environ.update(task.env)
    time.tzset()
    reload(settings)  # it reads the environment
    signal.alarm(LONGEST)
    sys.argv = [task.module, *task.words]
    try:
        run_module(task.module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            raise  # the interpreter prints it
        end(ended.code or 0)
    end(0)


def end(status: int) -> NoReturn:
    """End the process as the interpreter does, but leave the modules to the system: to clear them takes 75 ms.

    `multiprocessing` ends its processes in the same way.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
