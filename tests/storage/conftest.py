"""A store in the test's own folder; or, of what holds for both kinds, one on a PostgreSQL server as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.storage import Store
from tests.servers import PostgreSQL


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that looks into the file is about SQLite; every other one that has a store is about both."""
    marked = any("target" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "target" in metafunc.fixturenames and not marked:
        kinds = ["sqlite"] if "path" in metafunc.fixturenames else ["sqlite", "postgresql"]
        metafunc.parametrize("target", kinds, indirect=True)


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What `KOMPAS_DB` may say."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    server: PostgreSQL = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def store(target: str) -> Iterator[Store]:
    opened = Store(target)
    yield opened
    opened.close()
