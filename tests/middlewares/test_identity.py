"""The crawler says who it is."""

import logging
from datetime import UTC, datetime

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from crawler import __version__
from crawler.arguments import parse_arguments
from crawler.middlewares.identity import Identity
from crawler.spiders.kompas_global import KompasGlobalSpider

WARNING = "Tell the site who you are: -s KOMPAS_CONTACT=your e-mail or page"


def open_spider(archive: str = "", **settings: str) -> Identity:
    given = {"KOMPAS_CONTACT": "", "EXTENSIONS_BASE": {}, **settings}
    crawler: Crawler = get_crawler(settings_dict=given)
    arguments = {"archive": archive} if archive else {}
    crawler.spider = KompasGlobalSpider(parse_arguments(arguments, datetime.now(UTC)))
    identity = Identity.from_crawler(crawler)
    crawler.signals.send_catch_log(signals.spider_opened, spider=None)
    return identity


def test_every_request_carries_name_version_and_contact() -> None:
    """Without it the site cannot ask the user to slow down, and blocks instead."""
    request = Request("https://www.kompas.com/global", headers={"User-Agent": "lain"})
    open_spider(KOMPAS_CONTACT="saya@example.org").process_request(request)
    assert request.headers.getlist("User-Agent") == [
        f"kompas_global/{__version__} (research crawler; saya@example.org)".encode()
    ]


def test_a_missing_contact_is_said_honestly() -> None:
    """Without it the name has a hole in it that looks like a fault."""
    assert open_spider().user_agent.endswith("(research crawler; no contact given)")


def test_a_live_crawl_without_contact_warns_once(caplog: pytest.LogCaptureFixture) -> None:
    """Without it a user does not learn that the crawl is anonymous."""
    open_spider()
    warned = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [(record.levelno, record.getMessage()) for record in warned] == [(logging.WARNING, WARNING)]


@pytest.mark.parametrize("settings", [{"KOMPAS_CONTACT": "saya@example.org"}, {"archive": "a.warc.gz"}])
def test_a_run_with_a_contact_or_without_the_site_warns_of_nothing(
    settings: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """Without it the warning is noise, and is ignored."""
    open_spider(**settings)
    assert WARNING not in caplog.text
