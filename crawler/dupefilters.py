"""Which requests are the same: a story by its id and page, under whatever slug, host or query it was linked."""

import hashlib
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.dupefilters import RFPDupeFilter
from scrapy.utils.request import RequestFingerprinter

from crawler.kompas.urls import article_id, is_ours, page_number
from crawler.recent import Recent


class StoryFingerprinter(RequestFingerprinter):
    """Scrapy's fingerprint for everything but stories.

    A redirect is another request than its target asked for directly: two dead stories that both lead to the front page
    are two failures, and a bare address that leads to the full one of the same story is not seen yet.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StoryFingerprinter":
        return cls(crawler)

    def fingerprint(self, request: Request) -> bytes:
        story = article_id(request.url) if is_ours(request.url) else None
        own = f"{story} {page_number(request.url)}".encode() if story else super().fingerprint(request)
        hops = request.meta.get("redirect_urls", ())
        return hashlib.sha1(b"\n".join([own, *(hop.encode() for hop in hops)]), usedforsecurity=False).digest()


class RecentRequests(RFPDupeFilter):
    """Scrapy's filter of repeated requests with a bounded memory: what is older, the store knows."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._recent = Recent()

    def request_seen(self, request: Request) -> bool:
        return not self._recent.add(self._fingerprint(request))
