"""Pages that came with a good status but are no articles: challenges, checkpoints, the site's own not-found page."""

from typing import Final
from urllib.parse import urlsplit

from crawler.errors import Blocked, PageNotFound
from crawler.kompas.urls import article_id

CHALLENGE_STATUS: Final = 202
"""AWS WAF answers a client that it wants to test with 202, which is a success to HTTP."""

SMALL_PAGE: Final = 20_000
"""Bytes: a challenge is a few kB; an article, which may well load the same scripts, has never been this small."""

CHALLENGE_MARKS: Final = (
    b"awsWafCookieDomainList",
    b"window.gokuProps",
    b"token.awswaf.com",
    b'id="challenge-container"',
)
CHECKPOINT: Final = "checkpoint"
"""In the path of an address that is no story: border checkpoints are in the news."""
NOT_FOUND_MARKS: Final = (b"<title>Halaman tidak ditemukan", b"MAAF KAMI TIDAK MENEMUKAN HALAMAN")


def refuse_blocked(url: str, status: int, body: bytes) -> None:
    """Refuse challenges, checkpoints and the not-found page.

    :raises Blocked: a challenge (202, or its script in a small page) or a redirect to a checkpoint.
    :raises PageNotFound: the not-found page, whatever the status.
    """
    if CHECKPOINT in urlsplit(url).path.lower() and article_id(url) is None:
        raise Blocked(f"sent to the checkpoint {url}")
    head = body[:SMALL_PAGE]
    if status == CHALLENGE_STATUS or (len(body) <= SMALL_PAGE and any(mark in head for mark in CHALLENGE_MARKS)):
        raise Blocked(f"a challenge page stands at {url} (status {status})")
    if any(mark in head for mark in NOT_FOUND_MARKS):
        raise PageNotFound(f"the site says that {url} does not exist")
