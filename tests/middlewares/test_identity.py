"""The crawler says who it is."""

import logging
from pathlib import Path

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from crawler import __version__
from crawler.middlewares.identity import Identity

WARNING = "Tell the site who you are: -s KOMPAS_CONTACT=your e-mail or page"


def open_spider(**settings: str) -> Identity:
    given = {"KOMPAS_CONTACT": "", "KOMPAS_ARCHIVE": "", "EXTENSIONS_BASE": {}, **settings}
    crawler: Crawler = get_crawler(settings_dict=given)
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
    """Without it nobody learns that the site is asked anonymously."""
    open_spider()
    assert [(r.levelno, r.getMessage()) for r in caplog.records] == [(logging.WARNING, WARNING)]


@pytest.mark.parametrize("settings", [{"KOMPAS_CONTACT": "saya@example.org"}, {"KOMPAS_ARCHIVE": "a.warc.gz"}])
def test_whoever_gave_a_contact_or_asks_no_site_is_not_warned(
    settings: dict[str, str], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Without it the warning becomes noise that nobody reads."""
    open_spider(**settings)
    assert WARNING not in caplog.text
