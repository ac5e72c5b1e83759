"""Which sitemaps are read, and which undated index."""

from datetime import date

import pytest

from crawler.kompas.witnesses import SITEMAPS, is_sitemap, sitemaps_among, undated_index_urls


@pytest.mark.parametrize(
    ("url", "is_read"),
    [
        ("https://www.kompas.com/sitemap.xml", True),
        ("https://internasional.kompas.com/sitemap.xml", True),
        ("https://www.kompas.com/sitemap-news-global.xml", True),
        ("https://www.kompas.com/sitemap-news-internasional.xml", True),
        ("https://www.kompas.com/sitemap-news-news.xml", True),
        ("https://www.kompas.com/sitemap-news-tren.xml", False),
        ("https://www.kompas.com/sitemap-archive-global.xml", False),  # all years: a range run reads the index for them
        ("https://www.kompas.com/sitemap-basic.xml", False),
        ("https://bola.kompas.com/sitemap.xml", False),
        ("https://www.kompas.com/global", False),
        ("https://evil.example/sitemap-news-global.xml", False),
        ("http://[x", False),
    ],
)
def test_only_sitemaps_of_the_section_are_read(url: str, is_read: bool) -> None:
    """Without it a run requests fifty files of other kanals, or archives of ten years."""
    assert is_sitemap(url) is is_read


def test_each_sitemap_is_read_once_and_the_table_holds_only_such() -> None:
    """Without it the table names a file that is never read."""
    assert sitemaps_among([*SITEMAPS, *SITEMAPS]) == list(SITEMAPS)


def test_the_undated_index_has_the_names_of_its_day() -> None:
    """Without it the newest stories are requested under a name that is no longer used."""
    assert undated_index_urls(date(2026, 4, 17)) == ["https://indeks.kompas.com/?site=global"]
