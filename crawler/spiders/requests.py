"""The requests of a crawl, one function for each kind of page."""

from collections.abc import Callable
from typing import Any

from scrapy import Request

from crawler.items import Discovery
from crawler.kompas.urls import ALL_PAGES, page_url
from crawler.plan import Conditions
from crawler.spiders.visits import NOT_MODIFIED

Callback = Callable[..., Any]


def story_request(url: str, discovery: Discovery, depth: int, read: Callback, failed: Callback) -> Request:
    """Return the request for a story: for the page with the whole of it, because most are divided into pages."""
    given = {"discovery": discovery, "depth": depth}
    return Request(page_url(url, ALL_PAGES), read, errback=failed, cb_kwargs=given)


def on(conditions: Conditions, request: Request) -> Request:
    """Return a request with conditions, to which the answer may be 304, and with their priority."""
    request.priority = conditions.priority
    if conditions.headers:
        request.headers.update(conditions.headers)
        request.meta["handle_httpstatus_list"] = [NOT_MODIFIED]
    return request


def link_page_request(url: str, via: str, read: Callback, failed: Callback) -> Request:
    """Return the request for a page that only names stories."""
    return Request(url, read, errback=failed, cb_kwargs={"via": via})
