"""Where a heartbeat is written, and where a refused run must not write one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.extensions.heartbeat import beat, beats_at
from crawler.health.causes import Cause
from crawler.health.pulse import Pulse

PULSE = Pulse(datetime(2026, 4, 17, tzinfo=UTC), Cause.NONE, "1 new", run_id=1)


@pytest.mark.parametrize(("name", "start"), [("beat.json", '{"ended_at"'), ("beat", "{"), ("kompas.prom", "# HELP")])
def test_the_ending_decides_the_form(name: str, start: str, tmp_path: Path) -> None:
    """Without it Prometheus is given JSON."""
    beat(tmp_path / name, PULSE)
    assert (tmp_path / name).read_text().startswith(start)
    assert beats_at(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "may"),
    [
        ("new.json", None, True),
        ("new.prom", None, True),
        ("store.db-wal", None, False),
        ("store.db", b"SQLite format 3\0", False),
        ("notes.json", b'{"mine": 1}', False),
    ],
)
def test_a_refusal_is_written_over_heartbeats_only(name: str, content: bytes | None, may: bool, tmp_path: Path) -> None:
    """Without it a run that is refused because of its heartbeat's path writes there all the same."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert beats_at(tmp_path / name) is may


def test_a_refusal_follows_no_link(tmp_path: Path) -> None:
    """Without it a link with a good name leads to a file of the store."""
    (tmp_path / "link.json").symlink_to(tmp_path / "store.db-wal")
    assert not beats_at(tmp_path / "link.json")
