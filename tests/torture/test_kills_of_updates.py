"""A job over days that are stored already is killed: what the index lists under another headline is still read anew."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.site.living import Living
from tests.site.server import LookAlike
from tests.torture import running
from tests.torture.conftest import Figures
from tests.torture.running import Place

pytestmark = pytest.mark.torture
DAY = date(2021, 4, 22)
DAYS = ("-a", f"since={DAY}", "-a", f"until={DAY}", "-a", "latest_depth=0")
REQUESTS = range(4, 13)
"""Those before are of no story; the last is the last of all, and may find the run at its end."""
REVISED = "select id from articles where revision = 2"


def test_new_headlines_are_read_however_the_run_that_saw_them_ends(tmp_path: Path, figures: Figures) -> None:
    """Without it a run that goes on after a kill says that it is done, and keeps the text of the year before."""
    site = Living(date(2021, 4, 21), DAY)
    stored = Place(tmp_path / "stored")
    with LookAlike(site) as served:
        assert running.end_of(running.start(stored, served, *DAYS)).status == 0
        renamed = site.listed(DAY)[3:9]
        for number, story in enumerate(renamed):
            site.change(story, title=f"Judul yang Sama Sekali Lain Nomor {number}")
        late, kills, moments = [], 0, list(REQUESTS)[:: max(1, len(REQUESTS) // running.so_many(len(REQUESTS)))]
        for number in moments:
            place = Place(Path(shutil.copytree(stored.folder, tmp_path / f"killed-{number}")))
            ended = running.killed_at_request(running.start(place, served, *DAYS), served, number, 0)
            kills += ended.was_killed
            again = running.end_of(running.start(place, served, *DAYS))
            assert again.status == 0, again.stderr[-3000:]
            missed = set(renamed) - {story for (story,) in running.query(place.store, REVISED)}
            late += [(number, story) for story in sorted(missed)]
    figures.tell("SIGKILL, new headlines", f"{kills} kills, {len(late)} revisions lost")
    assert kills
    assert late == []
