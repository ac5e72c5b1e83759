"""`scrapy explain` shows a page as the crawl reads it, and every refusal that the crawl would make."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.archive.extract.trace import PageTrace, trace_page
from tests.archive.conftest import OTHER, Rec, captured, write
from tests.make import URL, read_page

Trace = Callable[..., PageTrace]
ASKED = f"{URL}?page=all"


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    def run(record: Rec, requested_url: str = "") -> PageTrace:
        return trace_page(captured(write(tmp_path / "a.warc.gz", record)), requested_url)

    return run


def test_a_good_page_names_what_found_each_field(trace: Trace) -> None:
    """Without it a wrong field can only be explained by the author of the parser."""
    found = trace(Rec(ASKED))
    fields = {field.field: field for field in found.fields}
    assert (found.error, found.layout, found.recognised_by) == (None, "read", ["read"])
    assert (fields["url"].value, fields["title"].found_by) == (URL, ["h1.read__title"])
    assert fields["published_at (meta)"].found_by == ['<meta name="content_PublishedDate">']
    assert [rule for rule, _ in found.removed] == ["dateline/opening"]


REFUSED: dict[str, tuple[Rec, str, str, bool]] = {
    # what was archived, the address that was requested, the reason, whether the fields of the page are shown
    "an error page": (Rec(ASKED, status="404 Not Found"), "", "HttpStatus 404", False),
    "half a page": (Rec(ASKED, read_page()[:-20]), "", "CutOff", False),
    "another address": (Rec(ASKED), OTHER, "OtherStory", False),
    "no layout": (Rec(ASKED, b"<html><p>Lain</p></html>"), "", "UnknownLayout", False),
    "another story": (Rec(ASKED, read_page(canonical=OTHER)), "", "OtherStory", True),
    "no headline": (Rec(ASKED, read_page(title="")), "", "MissingTitle", True),
}


@pytest.mark.parametrize(("record", "requested", "reason", "shown"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_that_of_the_crawl(trace: Trace, record: Rec, requested: str, reason: str, shown: bool) -> None:
    """Without it a page that the crawl refuses is explained as a good one."""
    found = trace(record, requested)
    assert (found.error or "").startswith(f"{reason}: ")
    assert (bool(found.fields), found.layout is not None) == (shown, shown)
