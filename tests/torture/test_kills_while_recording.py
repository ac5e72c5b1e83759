"""A crawl that is killed while it records: whatever the store names is there, and what was written is whole."""

import random
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive.records import digest_agrees
from crawler.archive.shelf import Shelf
from crawler.archive.warc_file import whole_bytes
from crawler.errors import NotInArchive
from crawler.items import WarcPlace
from crawler.storage import Revisions, Store
from tests.runs import query
from tests.site.server import LookAlike
from tests.torture import running
from tests.torture.conftest import Figures
from tests.torture.running import Place

pytestmark = pytest.mark.torture
KILLS = 50
DAYS = ("-a", "since=2021-04-21", "-a", "until=2021-04-22", "-a", "latest_depth=0")
SIZE = ("crawler.extensions.open_archive.WARC_SIZE=150000",)
"""Small, so that kills also meet the change from one file to the next."""


def places(store: Path) -> list[WarcPlace]:
    """Where the bytes of all that is stored are."""
    if not query(store, "select 1 from sqlite_schema where name = 'articles'"):
        return []
    with closing(Store(str(store))) as opened:
        found: list[WarcPlace] = []
        for article in opened.articles(Revisions.ALL):
            found += [article.provenance, *article.provenance.further_pages]
        return found + [WarcPlace(**failure["answer"]) for failure in opened.failures() if failure["answer"]]


def faults_of(place: Place, folder: Path) -> list[str]:
    """Bytes that are not there or not those, and torn records under a good name."""
    wrong = []
    shelf = Shelf(str(folder))
    for one in places(place.copied()):
        try:
            if not digest_agrees(shelf.captured(one).body, one.payload_digest):
                wrong.append(f"{one} holds other bytes")
        except NotInArchive as error:
            wrong.append(f"{one}: {error}")
    for file in folder.glob("*.warc.gz"):
        with file.open("rb") as stream:
            if whole_bytes(stream) != file.stat().st_size:
                wrong.append(f"{file.name} is torn")
    return wrong


def test_kills_while_recording_leave_nothing_torn_and_nothing_missing(tmp_path: Path, figures: Figures) -> None:
    """Without it a power cut makes a year of provenance worthless."""
    rng, kills, stores, sealed, named, wrong = random.Random(running.SEED), 0, 0, 0, 0, []
    with LookAlike() as served:
        began = time.monotonic()
        place, folder = Place(tmp_path / "whole"), tmp_path / "whole-warc"
        recording = ("-s", f"KOMPAS_WARC_DIR={folder}")
        assert running.end_of(running.start(place, served, *DAYS, *recording, changes=SIZE)).status == 0
        lasts = time.monotonic() - began
        while kills < running.so_many(KILLS):
            place, folder = Place(tmp_path / f"store-{stores}"), tmp_path / f"warc-{stores}"
            recording = ("-s", f"KOMPAS_WARC_DIR={folder}")
            for _ in range(5):
                process = running.start(place, served, *DAYS, *recording, changes=SIZE)
                ended = running.signalled(process, rng.uniform(0.4 * lasts, lasts), signal.SIGKILL)
                kills += ended.was_killed
                wrong += faults_of(place, folder)
                sealed += len(list(folder.glob("*.open")))
                if not ended.was_killed:
                    break
            ended = running.end_of(running.start(place, served, *DAYS, *recording, changes=SIZE))
            assert ended.status == 0, ended.stderr[-3000:]
            wrong += faults_of(place, folder)
            wrong += [f"{left.name} was not sealed" for left in folder.glob("*.open")]
            named += len(places(place.store))
            stores += 1
    figures.tell(
        "SIGKILL while recording",
        f"{kills} kills, {stores} stores: {sealed} files left open, then sealed; {named} places, {len(wrong)} faults",
    )
    assert sealed
    assert wrong == []
