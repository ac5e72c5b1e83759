"""Downloader middleware: a User-Agent that names the crawler and the contact of the person who runs it."""

import logging

from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler import __version__
from crawler.arguments import Mode, arguments_of

logger = logging.getLogger(__name__)


class Identity:
    """Reads `KOMPAS_CONTACT`; a live crawl without a contact logs one warning."""

    def __init__(self, contact: str) -> None:
        self.contact = contact
        self.user_agent = f"kompas_global/{__version__} (research crawler; {contact or 'no contact given'})"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Identity":
        identity = cls(crawler.settings["KOMPAS_CONTACT"])
        if arguments_of(crawler).mode is Mode.LIVE:
            crawler.signals.connect(identity.ask_for_contact, signals.spider_opened)
        return identity

    def ask_for_contact(self) -> None:
        """Log a warning if there is no contact."""
        if not self.contact:
            logger.warning("Tell the site who you are: -s KOMPAS_CONTACT=your e-mail or page")

    def process_request(self, request: Request) -> None:
        request.headers["User-Agent"] = self.user_agent
