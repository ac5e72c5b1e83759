"""Debian's PostgreSQL on a free port of loopback, for the tests alone."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

import psycopg

_DEBIAN: Final = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
POSTGRES: Final = shutil.which("postgres") or (str(_DEBIAN[-1]) if _DEBIAN else None)
NO_POSTGRES: Final = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
_FAST: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=60")
"""What a test's data is worth."""


class PostgreSQL:
    """A server that makes new databases."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = count(1)

    def url(self, database: str) -> str:
        return f"postgresql://kompas@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def new_database(self, template: str = "template0") -> str:
        """Its address. In a language whose order of letters differs from that of code points, as on most servers."""
        name = f"kompas_{next(self._numbers)}"
        self.run(f"create database {name} template {template}")
        return self.url(name)


@contextmanager
def postgresql(safe: bool = False) -> Iterator[PostgreSQL]:
    """PostgreSQL refuses to be run by root, who runs it as the user that Debian made for it.

    :param safe: as it is by default, for what is measured.
    """
    assert POSTGRES is not None, NO_POSTGRES
    folder, user = Path(tempfile.mkdtemp(prefix="kompas-postgres-")), None
    if os.geteuid() == 0:
        user = "postgres"
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    initdb = str(Path(POSTGRES).with_name("initdb"))
    made = [initdb, "-D", str(data), "-U", "kompas", "-A", "trust", "-N", "-E", "UTF8", "--locale-provider=icu"]
    subprocess.run([*made, "--icu-locale=id-ID"], check=True, capture_output=True, user=user, cwd="/")
    settings = (f"unix_socket_directories={folder}", *(() if safe else _FAST))
    options = [part for setting in settings for part in ("-c", setting)]
    command = [POSTGRES, "-D", str(data), "-h", "127.0.0.1", "-p", str(port), *options]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stderr=log, user=user, cwd="/") as server:
        try:
            found = PostgreSQL(port)
            _wait(lambda: found.run("select 1"), psycopg.OperationalError)
            yield found
        finally:
            server.terminate()
            server.wait()
            shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def _wait(ready: Callable[[], object], error: type[Exception]) -> None:
    patience = time.monotonic() + 300
    while True:
        try:
            ready()
        except error:
            if time.monotonic() > patience:
                raise
            time.sleep(0.05)
        else:
            return
