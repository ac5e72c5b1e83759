"""Downloader middleware: an honest User-Agent with the contact of the person who runs the crawl."""

import logging

from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler import __version__
from crawler.archive.addon import is_live

logger = logging.getLogger(__name__)


class Identity:
    """Reads `KOMPAS_CONTACT`; a live crawl without one says so once, as a warning."""

    def __init__(self, contact: str) -> None:
        self.contact = contact
        self.user_agent = f"kompas_global/{__version__} (research crawler; {contact or 'no contact given'})"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Identity":
        identity = cls(crawler.settings["KOMPAS_CONTACT"])
        if is_live(crawler.settings):
            crawler.signals.connect(identity.ask_for_contact, signals.spider_opened)
        return identity

    def ask_for_contact(self) -> None:
        if not self.contact:
            logger.warning("Tell the site who you are: -s KOMPAS_CONTACT=your e-mail or page")

    def process_request(self, request: Request) -> None:
        request.headers["User-Agent"] = self.user_agent
