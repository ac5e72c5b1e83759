"""A file with its final name is whole."""

from pathlib import Path

import pytest

from crawler.dataset.aside import written_aside
from crawler.errors import UnwritableFile


def test_the_name_is_given_at_the_end(tmp_path: Path) -> None:
    """Without it a reader takes the first half of an export for all of it."""
    out = tmp_path / "out.txt"
    out.write_text("lama")
    with written_aside(out) as aside:
        aside.write_text("baru")
        assert out.read_text() == "lama"
    assert out.read_text() == "baru"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_is_broken_off_leaves_the_old_file_and_nothing_else(tmp_path: Path, error: type[BaseException]) -> None:
    """Without it a stopped export destroys the one before."""
    out = tmp_path / "out.txt"
    out.write_text("lama")
    with pytest.raises(error), written_aside(out) as aside:
        _break_off(aside, error)
    assert out.read_text() == "lama"
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Without it a slip in the path ends in a traceback after an hour of reading."""
    with pytest.raises(UnwritableFile, match="cannot be written"), written_aside(tmp_path / "no" / "out") as aside:
        aside.write_text("x")


def _break_off(aside: Path, error: type[BaseException]) -> None:
    aside.write_text("setengah")
    raise error
