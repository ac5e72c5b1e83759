"""Pages that name stories of a day without the dated index: sitemaps and the undated index.

They are the second witness of completeness: what they name and the index of that day does not list is fetched and
counted (`health.witness`). Section fronts and the boxes of articles are witnesses, too.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from crawler.kompas.sections import MIXED, front_urls, index_sites, is_collected
from crawler.kompas.urls import host_label

SITEMAP: Final = "sitemap"
UNDATED: Final = "undated"
"""`Discovery.via` of the stories that they name."""

SITEMAPS: Final = (
    "https://www.kompas.com/sitemap.xml",  # in the robots.txt of the site, 2023 and October 2026; an index of sitemaps
    "https://www.kompas.com/sitemap-news-global.xml",  # inferred from those of other kanals, never seen
)
"""Sitemaps to read if no robots.txt of the run names one."""
MOST_SITEMAPS: Final = 5
"""Sitemaps that a run reads, those inside others included."""

_UNDATED_INDEX: Final = "https://indeks.kompas.com/?site={site}"
_NEWS: Final = re.compile(r"/sitemap-news-(?P<kanal>[a-z]+)\.xml(?:$|\?)")
"""A news sitemap names the stories of the last two days. `sitemap-archive-*` and `sitemap-basic.xml` are not read."""


def undated_index_urls(day: date) -> list[str]:
    """Return the addresses of the index without a day, which lists the newest stories.

    :param day: today: its names of the kanals are used.
    """
    return [_UNDATED_INDEX.format(site=site) for site in index_sites(day)]


def is_sitemap(url: str) -> bool:
    """Return whether a sitemap on a host of the section may name its stories: its own, one of `MIXED`, or an index.

    >>> is_sitemap("https://www.kompas.com/sitemap-news-global.xml")
    True
    >>> is_sitemap("https://www.kompas.com/sitemap-news-tren.xml")
    False
    """
    host, news = host_label(url), _NEWS.search(url)
    if host is None or host not in set(map(host_label, front_urls())):
        return False  # the robots.txt of another host might be unreachable, which would end the run
    if news is None:
        return url.endswith("/sitemap.xml")
    return is_collected(news["kanal"]) or news["kanal"] in MIXED


def sitemaps_among(urls: Iterable[str]) -> list[str]:
    """Return the sitemaps among addresses that may name stories of the collected kanals, each once."""
    return [url for url in dict.fromkeys(urls) if is_sitemap(url)]
