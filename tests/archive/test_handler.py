"""What a replay hands to the crawl of an archived response."""

from dataclasses import replace
from pathlib import Path

import pytest
from scrapy import Request

from crawler.archive.handler import ReplayDownloadHandler
from crawler.errors import CutOff
from crawler.kompas.response import document_of
from crawler.spiders.responses import from_scrapy
from tests.archive.conftest import Rec, captured, write
from tests.make import CAPTURED_AT, URL


@pytest.mark.parametrize("date", ["2021-04-23T01:02:03Z", "2021-04-23T01:02:03.9Z", "2021-04-23T08:02:03+07:00"])
def test_a_replayed_response_has_the_time_and_place_of_its_record(tmp_path: Path, date: str) -> None:
    """Without it the same record of a WARC has one time when it is replayed and another when it is read."""
    answer = captured(write(tmp_path / "a.warc.gz", Rec(date=date)))
    response = from_scrapy(ReplayDownloadHandler._response(Request(URL), answer))
    assert (response.fetched_at.isoformat(), response.place) == (CAPTURED_AT.isoformat(), answer.place)
    assert response.truncated is None


def test_a_body_that_was_archived_in_part_is_refused_in_a_replay_too(tmp_path: Path) -> None:
    """Without it half a page of a recording passes for the whole."""
    answer = replace(captured(write(tmp_path / "a.warc.gz", Rec())), truncated="length")
    with pytest.raises(CutOff):
        document_of(from_scrapy(ReplayDownloadHandler._response(Request(URL), answer)))
