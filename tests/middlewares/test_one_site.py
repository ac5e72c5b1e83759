"""All hosts of Kompas are one site to be polite to, and no other is asked."""

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.middlewares.one_site import OneSite
from crawler.spiders.failures import reason_of


def test_every_host_of_the_site_shares_one_slot() -> None:
    """Without it the delay between requests holds for each host alone, and the site is asked three times as fast."""
    slots = set()
    for host in ("www.kompas.com", "indeks.kompas.com", "internasional.kompas.com", "kompas.com"):
        request = Request(f"https://{host}/robots.txt")
        OneSite().process_request(request)
        slots.add(request.meta["download_slot"])
    assert len(slots) == 1


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("http://www.kompas.com/global?page=2", "https://www.kompas.com/global?page=2"),
        ("http://www.kompas.com:80/global", "https://www.kompas.com/global"),
    ],
)
def test_nothing_is_asked_in_the_clear(address: str, asked: str) -> None:
    """Without it a redirect makes the crawl readable, and changeable, on its way."""
    request = OneSite().process_request(Request(address))
    assert request is not None
    assert request.url == asked
    assert OneSite().process_request(request) is None


HOSTS = (
    *("example.org", "kompas.com.example.org", "notkompas.com", "kompas.id"),
    *("user:secret@www.kompas.com", "www.kompas.com@example.org", "www.kompas.com:22", "www.kompas.com:8443"),
)


@pytest.mark.parametrize("host", HOSTS)
def test_another_site_is_never_asked_and_the_failure_has_a_name(host: str) -> None:
    """Without it a redirect leads the user's crawler to strangers, or a story vanishes without a word."""
    with pytest.raises(IgnoreRequest) as refusal:
        OneSite().process_request(Request(f"https://{host}/global"))
    assert reason_of(refusal.value)[0] == "OffSite"
