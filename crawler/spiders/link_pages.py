"""Pages that only name stories: section fronts, the undated index, sitemaps."""

from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import Final

from lxml.etree import XMLSyntaxError
from scrapy.utils.sitemap import Sitemap

from crawler.errors import BadStatus, UnknownLayout
from crawler.kompas.links import SECTION, front_links_of, sitemap_links_of, undated_links_of
from crawler.kompas.pages.refusals import refuse_blocked
from crawler.kompas.response import SiteResponse
from crawler.kompas.urls import canonical
from crawler.kompas.witnesses import SITEMAP, UNDATED, sitemaps_among
from crawler.ledger_facts import Links

MOST_LOCATIONS: Final = 10_000
"""Addresses that are read of a sitemap: twenty times a news sitemap of one day of the whole site."""
OPTIONAL: Final = (SITEMAP, UNDATED)
"""Pages that a run can do without: their failures are logged and counted only."""


def read_link_page(response: SiteResponse, via: str, since: date) -> tuple[Links, list[str]]:
    """Return the stories that a page names, and the sitemaps that it names.

    :param via: which kind of page it is: `section`, `undated` or `sitemap`.
    :param since: first day of the stories for which the undated index and sitemaps are read.
    :raises PageError: the response is no such page.
    """
    return _READERS[via](response, since)


def _read_front(response: SiteResponse, _: date) -> tuple[Links, list[str]]:
    return front_links_of(response), []


def _read_undated(response: SiteResponse, since: date) -> tuple[Links, list[str]]:
    return undated_links_of(response, since), []


def _read_sitemap(response: SiteResponse, since: date) -> tuple[Links, list[str]]:
    refuse_blocked(response.url, response.status, response.body)
    if response.status != 200:
        raise BadStatus(response.url, response.status)
    try:
        sitemap = Sitemap(response.body)
        named = [str(entry["loc"]) for entry in islice(sitemap, MOST_LOCATIONS)]
    except (XMLSyntaxError, StopIteration) as error:
        raise UnknownLayout(f"{response.url} is no sitemap ({error})") from error
    if sitemap.type == "sitemapindex":
        return sitemap_links_of(response, (), since), sitemaps_among(named)
    if sitemap.type != "urlset":
        raise UnknownLayout(f"{response.url} is no sitemap (its root is <{sitemap.type}>)")
    return sitemap_links_of(response, map(canonical, named), since), []


_READERS: Final[dict[str, Callable[[SiteResponse, date], tuple[Links, list[str]]]]] = {
    SECTION: _read_front,
    UNDATED: _read_undated,
    SITEMAP: _read_sitemap,
}
