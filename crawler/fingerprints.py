"""Which requests are the same: a story by its id and page, under whatever slug, host or query it was linked."""

import hashlib

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.request import RequestFingerprinter

from crawler.urls import article_id, is_ours, page_number


class StoryFingerprinter(RequestFingerprinter):
    """Scrapy's fingerprint for everything but stories.

    A redirect counts as another request: the site leads the bare address of a story to its full one, which would
    otherwise be dropped as seen.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StoryFingerprinter":
        return cls(crawler)

    def fingerprint(self, request: Request) -> bytes:
        story = article_id(request.url) if is_ours(request.url) else None
        if story is None:
            return super().fingerprint(request)
        hops = request.meta.get("redirect_times", 0)
        return hashlib.sha1(f"{story} {page_number(request.url)} {hops}".encode(), usedforsecurity=False).digest()
