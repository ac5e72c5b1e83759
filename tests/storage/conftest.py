"""A store in the test's own folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.storage import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(str(path))
    yield opened
    opened.close()
