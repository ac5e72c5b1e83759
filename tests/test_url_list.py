"""Lists of addresses as a user, or a release of another one, gives them."""

from pathlib import Path

import pytest

from crawler import url_list
from crawler.errors import BadArgument
from crawler.url_list import read_urls
from tests.make import URL


@pytest.mark.parametrize("between", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_only_a_line_end_separates_addresses(between: str, tmp_path: Path) -> None:
    """Without it one address of one story makes a whole release unusable as a list."""
    (tmp_path / "urls.txt").write_text(f"{URL}{between}dul\r\n# lain\n\n{URL}\n", encoding="utf-8", newline="")
    assert [*read_urls(str(tmp_path))] == [f"{URL}{between}dul", URL]


def test_a_list_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a wrong device takes all memory."""
    monkeypatch.setattr(url_list, "_LARGEST", 1000)
    with pytest.raises(BadArgument, match=r"urls=/dev/zero cannot be read \(more than 1000 bytes\)"):
        read_urls("/dev/zero")
