"""The sample archive is what its command makes: whoever runs `make demo` reads the look-alike of today."""

import gzip
from datetime import date
from pathlib import Path

from tests.conftest import ROOT
from tests.site.site import Site
from tests.site.warc import CAPTURED, archive_urls, write_warc

SAMPLE = ROOT / "samples" / "kompas_lookalike.warc.gz"
DAYS = (date(2016, 2, 16), date(2021, 4, 22), date(2026, 4, 17))


def test_the_committed_sample_is_current_and_small(tmp_path: Path) -> None:
    """A sample that nobody can rebuild is a binary that nobody can check; `make sample` makes it anew."""
    made = tmp_path / SAMPLE.name
    site = Site()
    write_warc(site, made, archive_urls(site, DAYS), captured=CAPTURED)
    assert gzip.decompress(made.read_bytes()) == gzip.decompress(SAMPLE.read_bytes())  # zlib may pack otherwise
    assert SAMPLE.stat().st_size < 400_000
