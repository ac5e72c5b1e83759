"""The sample archives are what their command makes: `make demo` shows the look-alike of today."""

import gzip
from datetime import date
from pathlib import Path

from tests.conftest import ROOT
from tests.site.site import Site
from tests.site.warc import CAPTURED, archive_urls, crawl_urls, write_visits, write_warc

SAMPLE = ROOT / "samples" / "kompas_lookalike.warc.gz"
RECORDING = ROOT / "samples" / "kompas_recording.warc.gz"
VISITS = ROOT / "samples" / "kompas_visits.warc.gz"
DAYS = (date(2016, 2, 16), date(2021, 4, 22), date(2026, 4, 17))


def test_the_committed_samples_are_current_and_small(tmp_path: Path) -> None:
    """Without it a sample is a binary that cannot be checked; `make sample` makes both anew."""
    site = Site()
    for sample, urls in ((SAMPLE, archive_urls(site, DAYS)), (RECORDING, crawl_urls(site, DAYS[1:2]))):
        made = tmp_path / sample.name
        write_warc(site, made, urls, captured=CAPTURED)
        assert gzip.decompress(made.read_bytes()) == gzip.decompress(sample.read_bytes())  # zlib may pack otherwise
        assert sample.stat().st_size < 400_000
    write_visits(tmp_path / VISITS.name)
    assert gzip.decompress((tmp_path / VISITS.name).read_bytes()) == gzip.decompress(VISITS.read_bytes())
