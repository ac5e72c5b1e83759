"""Pages that came with a good status but are no articles."""

import pytest

from crawler.errors import Blocked, PageNotFound
from crawler.kompas.pages.refusals import BOT_PROTECTIONS, LARGEST_REFUSAL, NOT_FOUND_MARKS, refuse_blocked
from tests.kompas.pages.challenges import ORDINARY, REFUSALS, Refusal
from tests.make import read_page

URL = "https://www.kompas.com/global/read/2021/04/22/160600870/judul"
ARTICLE = read_page()
MARKS = [mark for one in BOT_PROTECTIONS for mark in one.marks]


def test_an_article_passes() -> None:
    """Without it good pages are thrown away as blocked."""
    refuse_blocked(URL, 200, ARTICLE)
    refuse_blocked(f"{URL}?page=2", 200, ARTICLE)


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_named_by_its_vendor(refusal: Refusal) -> None:
    """Without it the operator does not learn who refuses, and the crawl goes on asking."""
    with pytest.raises(Blocked, match=rf"160600870.*status {refusal.status}, {refusal.vendor}\)"):
        refuse_blocked(URL, refusal.status, refusal.body, refusal.headers)


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_under_another_status_and_without_its_header_is_one_too(refusal: Refusal) -> None:
    """Without it a challenge that comes with 200 is a page of unknown markup."""
    with pytest.raises(Blocked, match=refusal.vendor):
        refuse_blocked(URL, 200, refusal.body)


def test_every_vendor_has_a_refusal_and_an_ordinary_page() -> None:
    """Without it a row of the table is tried by nothing."""
    vendors = {one.vendor for one in BOT_PROTECTIONS}
    assert vendors == {one.vendor for one in REFUSALS.values()} == set(ORDINARY)


@pytest.mark.parametrize("vendor", ORDINARY)
@pytest.mark.parametrize("headers", [[], [("server", "cloudflare"), ("x-datadome", "protected"), ("x-iinfo", "1-2-0")]])
def test_an_ordinary_page_behind_a_vendor_passes(vendor: str, headers: list[tuple[str, str]]) -> None:
    """Without it every story is refused once the site buys a protection."""
    refuse_blocked(URL, 200, ARTICLE.replace(b"</head>", ORDINARY[vendor] + b"</head>"), headers)


@pytest.mark.parametrize("mark", MARKS, ids=str)
@pytest.mark.parametrize("status", [200, 403])
def test_a_mark_in_a_comment_or_in_a_text_does_not_count(mark: bytes, status: int) -> None:
    """Without it a story about a protection, and every page that names one, is refused."""
    told = b"<!-- " + mark + b" --><p>Penyedia itu menulis " + mark + b".</p></body>"
    refuse_blocked(URL, status, ARTICLE.replace(b"</body>", told))


@pytest.mark.parametrize("mark", MARKS, ids=str)
def test_a_mark_in_the_markup_of_an_article_counts_with_a_second_sign_only(mark: bytes) -> None:
    """Without it one script on every page ends all crawls."""
    page = ARTICLE.replace(b"</body>", b'<div id="' + mark + b'"></div></body>')
    (one,) = (one for one in BOT_PROTECTIONS if mark in one.marks)
    refuse_blocked(URL, 200, page)
    with pytest.raises(Blocked, match=one.vendor):
        refuse_blocked(URL, max(one.statuses), page)
    for name, value in (*one.headers, *one.server):
        with pytest.raises(Blocked, match=one.vendor):
            refuse_blocked(URL, 200, page, [(name.title(), value.title())])


@pytest.mark.parametrize("body", [b"", b"<html><p>Sebentar</p></html>", b"{}"])
def test_the_status_of_a_challenge_is_refused_without_an_article(body: bytes) -> None:
    """Without it an empty 202 counts as a fault of the parser. With an article, the status alone is no refusal."""
    with pytest.raises(Blocked, match="202, unknown vendor"):
        refuse_blocked(URL, 202, body)
    refuse_blocked(URL, 202, ARTICLE)


def test_an_outage_behind_a_vendor_is_no_refusal() -> None:
    """Without it a site that is down for a minute ends the crawl as one that refuses."""
    outage = REFUSALS["Akamai, denial"].body
    refuse_blocked(URL, 503, outage, [("Server", "AkamaiGHost")])
    refuse_blocked("https://www.kompas.com/robots.txt", 200, b"User-agent: *", [("Server", "AkamaiGHost")])


def test_the_lists_of_the_site_are_content() -> None:
    """Without it an index page with a vendor's script is a challenge, because it is no article."""
    links = b"".join(b'<a href="/global/read/2021/04/22/16060%d870/a">a</a>' % number for number in range(3))
    page = b'<html><body><div id="challenge-container"></div>' + links + b"</body></html>"
    refuse_blocked("https://indeks.kompas.com/?site=global", 200, page)


def test_a_large_page_is_no_challenge() -> None:
    """Without it every page of the site is searched for thirteen marks."""
    page = b'<html><body><div id="challenge-container"></div></body></html>' + b" " * LARGEST_REFUSAL
    refuse_blocked(URL, 200, page)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.kompas.com/checkpoint",
        "https://www.kompas.com/x/Checkpoint/1",
        "https://checkpoint.kompas.com/checkpoint?u=1",
    ],
)
def test_a_checkpoint_is_refused(url: str) -> None:
    """Without it the page that checks the visitor counts as the requested story."""
    with pytest.raises(Blocked, match=r"(?i)checkpoint"):
        refuse_blocked(url, 200, ARTICLE)


@pytest.mark.parametrize(
    "url",
    [
        f"{URL}?x=checkpoint",
        "https://www.kompas.com/global/read/2021/04/22/160600870/polisi-jaga-checkpoint-baru-di-perbatasan",
    ],
)
def test_a_story_about_a_checkpoint_is_a_story(url: str) -> None:
    """Without it stories whose address holds the word "checkpoint" can never be had."""
    refuse_blocked(url, 200, ARTICLE)


@pytest.mark.parametrize("mark", NOT_FOUND_MARKS)
@pytest.mark.parametrize("status", [200, 404])
def test_the_not_found_page_is_named_whatever_its_status(mark: bytes, status: int) -> None:
    """Without it a story that was taken down counts as a fault of the crawler."""
    with pytest.raises(PageNotFound, match="160600870"):
        refuse_blocked(URL, status, b"<html><head>" + mark + b"</head></html>" + b" " * 30_000)


def test_an_empty_answer_is_left_to_the_parser() -> None:
    """Without it an empty answer is reported as a block."""
    refuse_blocked(URL, 200, b"")
