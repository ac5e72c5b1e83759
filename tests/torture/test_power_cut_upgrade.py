"""A power cut while a store of release 1.0.0 is migrated and read again: no article is lost."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from crawler.storage import schema_version
from tests.storage.releases import make_old_store
from tests.torture import running
from tests.torture.conftest import Figures
from tests.torture.disk import Disk, Snapshot
from tests.torture.running import query
from tests.torture.test_sync_points import Scene, drawn, files_of, go_over, recorded, scene, tell

__all__ = ["scene"]
pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]
IDS = "select id, revision, title from articles order by id, revision"


def old_store(path: Path, present: Path) -> None:
    """Make a store of release 1.0.0 with the articles of a present one."""
    make_old_store(str(path))
    with closing(sqlite3.connect(path)) as file:
        names = ", ".join(f'"{row[1]}"' for row in file.execute("pragma table_info(articles)"))
        file.execute("attach ? as present", (str(present),))
        file.execute(f"insert into articles ({names}) select {names} from present.articles")
        file.commit()


def test_a_power_cut_in_an_upgrade_loses_no_article(scene: Scene, tmp_path: Path, figures: Figures) -> None:
    """Without it an upgrade at the wrong moment costs the store that it was to improve."""
    began, folder = time.monotonic(), tmp_path / "traced"
    folder.mkdir()
    shutil.copytree(scene.finished / "warc", folder / "warc")
    old_store(folder / "store.db", scene.finished / "store.db")
    before, articles = files_of(folder), query(folder / "store.db", IDS)

    def words(place: Path) -> list[str]:
        return ["reextract", "-s", f"KOMPAS_DB={place / 'store.db'}", "-s", f"KOMPAS_WARC_DIR={place / 'warc'}"]

    operations = recorded(scene, folder, [*words(folder), "-s", "KOMPAS_WORKERS=1"])

    def check(_snapshot: Snapshot, place: Path) -> list[str]:
        store, log = place / "store.db", place.with_suffix(".log")
        wrong = [f"{path.name} holds other articles" for path in place.glob("*.backup") if query(path, IDS) != articles]
        status = scene.forks.run(log, words(place))
        wrong += [f"reextract ended with {status}: {log.read_text()[-500:]}"] if status else []
        wrong += [] if query(store, IDS) == articles else ["the store holds other articles"]
        wrong += [] if query(store, "pragma integrity_check") == [("ok",)] else ["the store is damaged"]
        version = query(store, "select version_num from alembic_version")
        return wrong if version == [(schema_version.REVISION,)] else [*wrong, f"version {version}"]

    wrong, states = go_over(drawn(Disk(before).snapshots(operations), running.SEED), tmp_path, check)
    tell(figures, "upgrade from 1.0.0", operations, states, wrong, began)
    assert wrong == []
