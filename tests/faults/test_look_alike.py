"""The look-alike itself: what it can be made to answer, beside what the crawls of these tests need."""

import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.message import Message
from email.utils import format_datetime
from http.client import HTTPSConnection
from urllib.parse import urlsplit

import pytest

from tests.site import faults
from tests.site.faults import Fault
from tests.site.server import LookAlike

ROBOTS = "https://www.kompas.com/robots.txt"
STORY = "2026/04/17/143000570"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


def ask(served: LookAlike, url: str, headers: Mapping[str, str] | None = None, timeout: float = 10) -> Answer:
    proxy, parts = urlsplit(served.proxy_url), urlsplit(url)
    context = ssl.create_default_context(cafile=served.ca_file)
    with closing(HTTPSConnection(proxy.hostname or "", proxy.port, timeout=timeout, context=context)) as connection:
        connection.set_tunnel(parts.hostname or "")
        connection.request("GET", parts.path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (faults.text("User-agent: *\nCrawl-delay: 7\n"), 200, b"Crawl-delay: 7"),
        (faults.status(404), 404, b"404"),
        (faults.status(403), 403, b"403"),
        (faults.status(500), 500, b"500"),
    ],
    ids=["text", "404", "403", "500"],
)
def test_robots_txt_can_say_and_be_anything(fault: Fault, status: int, words: bytes) -> None:
    """Without it a crawl cannot be tested against a host whose rules it cannot read."""
    with LookAlike(faults={"/robots.txt": fault}) as served:
        answer = ask(served, ROBOTS)
    assert (answer.status, words in answer.body) == (status, True)


def test_robots_txt_can_stay_away() -> None:
    """Without it a request without an answer keeps the look-alike from other answers, or from its end."""
    with LookAlike(faults={"/robots.txt": faults.never}) as served:
        with pytest.raises(TimeoutError):
            ask(served, ROBOTS, timeout=0.3)
        served.faults.laid = {}
        assert ask(served, ROBOTS).status == 200


def test_what_was_asked_is_kept_with_its_headers() -> None:
    """Without it tests of conditional requests cannot see what a crawl sent."""
    with LookAlike() as served:
        ask(served, ROBOTS, {"If-None-Match": '"abc"'})
    assert served.requests[0].headers["if-none-match"] == '"abc"'


def test_a_page_that_is_known_is_not_sent_again() -> None:
    """Without it the savings of a second run cannot be measured."""
    with LookAlike(validators=True) as served:
        story = served.site.stories[STORY]
        changed = (story.modified or story.published).astimezone(UTC)
        offered = ask(served, story.url).headers
        assert offered["Last-Modified"] == format_datetime(changed, usegmt=True)
        known = ask(served, story.url, {"If-None-Match": offered["ETag"]})
        assert (known.status, known.body) == (304, b"")
        assert ask(served, story.url, {"If-None-Match": '"lain"'}).status == 200
        for later, status in ((0, 304), (3600, 304), (-3600, 200)):
            since = format_datetime(changed + timedelta(seconds=later), usegmt=True)
            assert ask(served, story.url, {"If-Modified-Since": since}).status == status, later
        assert ask(served, ROBOTS, {"If-None-Match": "*"}).status == 200


def test_by_default_the_site_offers_no_validators() -> None:
    """Without it a crawl may depend on validators, which the live site is not known to offer."""
    with LookAlike() as served:
        headers = ask(served, served.site.stories[STORY].url).headers
        assert "ETag" not in headers
        assert "Last-Modified" not in headers
