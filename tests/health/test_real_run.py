"""A run over the real pages, which are no part of the project: skipped where they are absent."""

import gzip
import json
from collections import Counter
from pathlib import Path

from crawler.health.judgement import judge
from crawler.story_item import story_item
from tests.make import make_reading, make_response


def test_the_first_run_over_the_real_pages_is_healthy(real_pages: Path) -> None:
    """Without it what every page is said to have is a guess, and the first run of every user fails."""
    stats: Counter[str] = Counter()
    for line in (real_pages / "expected_2020-10.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        body = gzip.decompress((real_pages / known["file"]).read_bytes())
        read = make_reading(make_response(body, known["url"])).finish()
        stats.update(["kompas/store/new", *(f"kompas/{name}" for name in story_item(read).counts)])
    assert stats["kompas/reading/read/articles"] == 42
    for live in (True, False):
        assert judge(stats, "finished", live=live, lists=False).reasons == []
