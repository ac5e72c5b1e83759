"""Archives that other programs wrote, read as they wrote them."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Crawl
from tests.site.server import LookAlike

DAY = date(2021, 4, 22)


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed")
@pytest.mark.parametrize("packed", [True, False])
def test_what_wget_archived_is_read(crawl: Crawl, tmp_path: Path, packed: bool) -> None:
    """Without it a user who saved pages with wget must fetch them again."""
    with LookAlike() as served:
        site = served.site
        stories = site.listed(DAY)[:8]
        urls = [site.stories[story].page_url("all") for story in stories]
        options = ["-q", "--output-document", "/dev/null", "--ca-certificate", served.env()["SSL_CERT_FILE"]]
        options += ["--warc-file", str(tmp_path / "saved"), *([] if packed else ["--no-warc-compression"])]
        subprocess.run(["wget", *options, *urls], env={**os.environ, **served.env()}, check=True)
    (archive,) = tmp_path.glob("saved.warc*")
    run = crawl("-a", f"archive={archive}", "-s", "KOMPAS_WORKERS=1")
    assert run.status == 0, run.stderr[-3000:]
    records = {record["id"]: record for record in run.records}
    assert set(records) == set(stories)
    for story, record in records.items():
        assert {key: record[key] for key in site.truth(story)} == site.truth(story)
        assert record["provenance"]["warc_file"] == archive.name
