"""Downloader middleware: an honest User-Agent with the contact of the person who runs the crawl."""

from scrapy import Request
from scrapy.crawler import Crawler

from crawler import __version__


class Identity:
    """Reads `KOMPAS_CONTACT`; without it the User-Agent of the settings stands."""

    def __init__(self, contact: str, fallback: str) -> None:
        self.user_agent = f"kompas_global/{__version__} (research crawler; {contact})" if contact else fallback

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Identity":
        return cls(crawler.settings["KOMPAS_CONTACT"], crawler.settings["USER_AGENT"])

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("User-Agent", self.user_agent)
