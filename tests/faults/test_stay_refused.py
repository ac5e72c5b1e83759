"""What the site refused, or sent in part, stays a failure: no later command makes an article of its bytes."""

from contextlib import closing
from datetime import date
from pathlib import Path

from crawler.storage import Store
from tests.conftest import Crawl
from tests.faults.outcome import Case, Row, crawl_day, lay, stored
from tests.forked import FORKS
from tests.site import faults
from tests.site.server import LookAlike

DAY = date(2021, 4, 22)
CASES = {
    "404 with the page": Case(faults.under(404), Row("HttpStatus 404", 404, 1)),
    "403 with the page": Case(faults.under(403), Row("HttpStatus 403", 403, 1)),
    "206 with the page": Case(faults.under(206), Row("HttpStatus 206", 206, 1)),
    "206 with half a page": Case(faults.both(faults.under(206), faults.truncated), Row("CutOff", 206, 1)),
    "half a page": Case(faults.truncated, Row("CutOff", 200, 1)),
    "gzip with a wrong sum": Case(faults.gzip_wrong_sum, Row("CutOff", 200, 1)),
    "deflate": Case(faults.deflated, Row("UnsupportedEncoding", None, 1)),
    "another story, by its page": Case(
        faults.claims("https://www.kompas.com/global/read/2021/04/21/101010170/lain"), Row("OtherStory", 200, 1)
    ),
}


def rows(path: Path) -> dict[str, Row]:
    with closing(Store(str(path))) as store:
        return {row["article_id"]: Row(row["reason"], row["status"], row["attempts"]) for row in store.failures()}


def test_reading_again_makes_no_article_of_what_the_crawl_refused(crawl: Crawl, tmp_path: Path) -> None:
    """Without it half a story is stored as complete, its failure is cleared, and the rest is never requested."""
    warc, path = tmp_path / "warc", tmp_path / "store.db"
    with LookAlike() as served:
        stories = lay(served, DAY, CASES)
        crawl_day(crawl, served, DAY, "-s", f"KOMPAS_WARC_DIR={warc}", "-s", "RETRY_ENABLED=False")
    before = rows(path)
    assert {name: before.get(story) for name, story in stories.items()} == {n: case.end for n, case in CASES.items()}
    kept = stored(tmp_path)
    told = FORKS.run("scrapy", "reextract", "-s", f"KOMPAS_DB={path}", "-s", f"KOMPAS_WARC_DIR={warc}")
    assert "0 failures are articles now" in told.stdout, told.stderr
    assert (rows(path), stored(tmp_path)) == (before, kept)
