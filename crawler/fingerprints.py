"""Which requests are the same: a story by its id and page, under whatever slug, host or query it was linked."""

import hashlib

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.request import RequestFingerprinter

from crawler.urls import article_id, is_ours, page_number


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
