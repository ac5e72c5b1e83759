"""A small store whose records have something in every field, and something to go wrong in every format."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.dataset.bundle import write_bundle
from crawler.items import Block
from crawler.storage import Store
from tests.dataset.releases import Make, bundles, copies, release
from tests.make import make_article, make_full_article, story_url

STORIES = ("2021/04/22/160600870", "2021/04/23/010203070", "2021/05/01/235959070", "2020/12/31/170000070")


def fill(store: Store) -> None:
    """Three sections of time, two revisions of the first story, cells that a spreadsheet would run."""
    store.save(make_article(id=STORIES[0]))
    first = make_full_article(complete=True, incomplete_because=None)
    store.save(
        make_full_article(
            id=STORIES[1],
            url=story_url(STORIES[1]),
            published_at=first.published_at.replace(day=23, hour=1, minute=2, second=3),
            title='=HYPERLINK(1), "kutip"\nbaris',
            authors=["Sari, Melati", "-Bram"],
            complete=True,
            incomplete_because=None,
            body=[Block("paragraph", "+Teks “dengan” tanda; koma, dan\nbaris."), Block("heading", "Judul 🚢")],
        )
    )
    may = first.published_at.replace(month=5, day=1)
    store.save(make_article(id=STORIES[2], title="Judul Rangkuman", kind="digest", published_at=may))
    store.save(
        make_article(
            id=STORIES[3],
            title="Judul Lama",
            section="Internasional",
            complete=False,
            pages=3,
            published_at=first.published_at.replace(year=2020, month=12, day=31),
        )
    )
    again = make_article(id=STORIES[0])
    store.save(make_article(id=STORIES[0], title="Judul Baru", fetched_at=again.fetched_at.replace(year=2022)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(str(path))
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle that most tests begin with."""
    place = tmp_path_factory.mktemp("usual")
    (place / "bundle").mkdir()
    with closing(Store(str(place / "store.db"))) as store:
        fill(store)
        copies(store)
        write_bundle(release(store), place / "bundle")
    return place / "bundle"


@pytest.fixture
def bundle(usual: Path, tmp_path: Path) -> Path:
    """The test's own copy of it."""
    return Path(shutil.copytree(usual, tmp_path / "bundle"))


@pytest.fixture
def make(store: Store, tmp_path: Path) -> Make:
    """A bundle of the store, and of three near-copies."""
    copies(store)
    return bundles(store, tmp_path)
