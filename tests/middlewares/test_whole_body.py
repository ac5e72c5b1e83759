"""A body is whole, or is requested again, or fails by name."""

import gzip
import zlib
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.middlewares.whole_body import CutOffDownload, WholeBody
from crawler.spiders.failures import reason_of
from tests.make import URL, make_crawler, read_page

PAGE = read_page()
PACKED = gzip.compress(PAGE)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def gzipped(body: bytes, coding: str = "gzip", status: int = 200) -> Response:
    return Response(URL, status=status, headers={**HTML, "Content-Encoding": coding}, body=body)


def plain(body: bytes, kind: str = "text/html", status: int = 200) -> Response:
    return Response(URL, status=status, headers={"Content-Type": kind}, body=body)


@pytest.fixture
def whole_body(crawler: Crawler) -> WholeBody:
    return WholeBody.from_crawler(crawler)


CUT = {
    "in the middle": PACKED[: len(PACKED) // 2],
    "one byte short": PACKED[:-1],
    "without its sum": PACKED[:-8],
    "in the header": PACKED[:5],
    "wrong sum": PACKED[:-8] + bytes(4) + PACKED[-4:],
    "wrong length": PACKED[:-4] + bytes(4),
    "garbled": PACKED[:40] + bytes(20) + PACKED[60:],
    "no gzip": PAGE,
    "whole, of half a page": gzip.compress(PAGE[: len(PAGE) // 2]),
}


@pytest.mark.parametrize("body", CUT.values(), ids=CUT)
def test_a_gzip_body_that_is_not_whole_is_refused_by_name(whole_body: WholeBody, body: bytes) -> None:
    """Without it the first half of a story is stored as the whole: Scrapy unpacks what it can and says nothing."""
    with pytest.raises(CutOffDownload) as refusal:
        whole_body.process_response(Request(URL, meta={"max_retry_times": 0}), gzipped(body))
    assert reason_of(refusal.value)[0] == "CutOff"
    assert refusal.value.response.status == 200


WHOLE = {
    "gzip": gzipped(PACKED),
    "gzip in capitals": gzipped(PACKED, "GZIP"),
    "x-gzip": gzipped(PACKED, "x-gzip"),
    "gzip of two members": gzipped(gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])),
    "gzip with zeros behind it": gzipped(PACKED + bytes(16)),
    "plain": plain(PAGE),
    "identity": gzipped(PAGE, "identity"),
    "none": gzipped(PAGE, "none"),
    "a charset": gzipped(PAGE, "UTF-8"),
    "a charset and gzip": gzipped(PACKED, "utf-8, gzip"),
    "comments behind the end": plain(PAGE + b"<!-- 0.2 s -->" * 100),
    "end in capitals": plain(PAGE.replace(b"</html>", b"</HTML >")),
    "no page": plain(b"User-agent: *\nDisallow:", "text/plain"),
    "nothing": plain(b""),
    "nothing, packed": gzipped(b""),
    "error page without an end": plain(b"<html><body>Maaf", status=503),
    "challenge without an end": plain(b"<html><body><script>", status=202),
    "not modified": gzipped(b"", status=304),
    "a whole page under 206": plain(PAGE, status=206),
}


@pytest.mark.parametrize("response", WHOLE.values(), ids=WHOLE)
def test_whatever_is_whole_passes_as_it_is(whole_body: WholeBody, response: Response) -> None:
    """Without it good pages are fetched four times and thrown away."""
    assert whole_body.process_response(Request(URL), response) is response


@pytest.mark.parametrize("status", [200, 203, 206])
def test_a_page_without_its_end_is_refused_by_name(whole_body: WholeBody, status: int) -> None:
    """Without it a Content-Length that is too small, or none at all, makes short stories out of long ones."""
    with pytest.raises(CutOffDownload) as refusal:
        whole_body.process_response(Request(URL, meta={"max_retry_times": 0}), plain(PAGE[:-20], status=status))
    assert refusal.value.response.status == status


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, gzip", "br, gzip", "bahasa"])
def test_an_encoding_that_was_not_requested_is_refused_by_name(
    whole_body: WholeBody, stats: dict[str, Any], coding: str
) -> None:
    """Without it half a page in another encoding passes, for Scrapy does not look at the end of those either."""
    with pytest.raises(IgnoreRequest) as refusal:
        whole_body.process_response(Request(URL), gzipped(zlib.compress(PAGE), coding))
    assert reason_of(refusal.value)[0] == "UnsupportedEncoding"
    assert stats["kompas/whole_body/not_asked_for"] == 1


def test_a_recording_may_hold_other_encodings(tmp_path: Path) -> None:
    """Without it recordings that a browser made cannot be replayed."""
    whole_body = WholeBody.from_crawler(make_crawler(tmp_path, {"replay": "a.warc.gz"}, EXTENSIONS={}))
    response = gzipped(zlib.compress(PAGE), "deflate")
    assert whole_body.process_response(Request(URL), response) is response


@pytest.mark.parametrize("cut", [plain(PAGE[:-20]), gzipped(PACKED[:-1])], ids=["page", "gzip"])
def test_what_was_cut_off_when_it_was_recorded_is_cut_off_again(tmp_path: Path, cut: Response) -> None:
    """Without it a replay reads what the crawl refused, and is another crawl."""
    crawler = make_crawler(tmp_path, {"replay": "a.warc.gz"}, EXTENSIONS={}, RETRY_ENABLED=False)
    whole_body = WholeBody.from_crawler(crawler)
    with pytest.raises(CutOffDownload):
        whole_body.process_response(Request(URL), cut)


def test_only_what_can_be_verified_is_requested(whole_body: WholeBody) -> None:
    """Without it the site answers in brotli, and every story is refused."""
    request = Request(URL, headers={"Accept-Encoding": "gzip, br"})
    whole_body.process_request(request)
    assert request.headers.getlist("Accept-Encoding") == [b"gzip"]


@pytest.mark.parametrize("body", [b"bukan gzip", PACKED[:40] + bytes(20) + PACKED[60:]])
def test_a_bad_status_is_not_lost_over_a_broken_body(crawler: Crawler, whole_body: WholeBody, body: bytes) -> None:
    """Without it a 503 is neither waited for nor tried again: Scrapy stumbles over the body of the error page."""
    request = Request(URL)
    response = whole_body.process_response(request, gzipped(body, status=503))
    assert isinstance(response, Response)
    response = HttpCompressionMiddleware.from_crawler(crawler).process_response(request, response)
    assert isinstance(response, Response)
    assert (response.status, response.body) == (503, b"")


def test_a_body_that_unpacks_to_too_much_is_left_to_scrapy(tmp_path: Path) -> None:
    """Without it a bomb is unpacked to its end before anybody looks at its size."""
    crawler = make_crawler(tmp_path, DOWNLOAD_MAXSIZE=100_000, EXTENSIONS={})
    request, bomb = Request(URL), gzipped(gzip.compress(bytes(200_000))[:-8])
    assert WholeBody.from_crawler(crawler).process_response(request, bomb) is bomb
    with pytest.raises(IgnoreRequest) as refusal:
        HttpCompressionMiddleware.from_crawler(crawler).process_response(request, bomb)
    assert reason_of(refusal.value)[0] == "TooLarge"


@pytest.mark.parametrize(
    ("settings", "tries"), [({"RETRY_TIMES": 3}, 4), ({"RETRY_TIMES": 0}, 1), ({"RETRY_ENABLED": False}, 1)], ids=str
)
def test_what_was_cut_off_is_requested_again_as_often_as_the_settings_say(
    tmp_path: Path, settings: dict[str, Any], tries: int
) -> None:
    """Without it one hiccup of the line costs a story, or an archive is asked again and again for the same bytes."""
    crawler = make_crawler(tmp_path, EXTENSIONS={}, **settings)
    crawler.spider = Spider.from_crawler(crawler, name="kompas_global")
    whole_body = WholeBody.from_crawler(crawler)
    request, cut = Request(URL), gzipped(PACKED[:-1])
    for _ in range(tries - 1):
        again = whole_body.process_response(request, cut)
        assert isinstance(again, Request)
        assert again.dont_filter
        request = again
    with pytest.raises(CutOffDownload):
        whole_body.process_response(request, cut)
    assert request.meta.get("retry_times", 0) == tries - 1
    assert crawler.stats.get_value("kompas/whole_body/cut_off") == tries
