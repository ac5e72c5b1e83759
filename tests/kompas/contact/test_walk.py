"""A first contact, held against the look-alike as it is, and with one assumption broken after another."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from crawler.kompas.contact.answers import Answer, Unanswered
from crawler.kompas.contact.assumptions import ASSUMPTIONS
from crawler.kompas.contact.findings import Finding, State
from crawler.kompas.contact.walk import Contact
from crawler.kompas.pages.refusals import blocked_by
from crawler.kompas.response import SiteResponse
from tests.kompas.pages.challenges import REFUSALS, Refusal
from tests.site.contacted import Change, ContactedSite, answers, on, renamed
from tests.site.site import Reply, Site

TODAY = date(2026, 11, 25)
INDEX = r"indeks\."
STORY = r"/read/"
MOST_REQUESTS = 16


def contact(change: Change | None = None, fail: Callable[[str], Unanswered | None] = lambda url: None) -> Contact:
    """Walk over the look-alike, without a network."""
    site, contact = ContactedSite(TODAY, change), Contact(TODAY)
    walk = contact.walk()
    url = next(walk)
    while True:
        try:
            url = walk.send(fail(url) or answer(site, url))
        except StopIteration:
            return contact


def answer(site: Site, url: str) -> Answer:
    """Return what the spider makes of an answer: a status that is no success is no response."""
    reply = site.respond(url)
    refusal = blocked_by(url, reply.status, reply.body, reply.headers)
    if reply.status >= 400 and refusal:
        return Unanswered(url, "Blocked", refusal)
    if reply.status >= 400:
        return Unanswered(url, f"HttpStatus {reply.status}", f"{url} answered {reply.status}")
    return SiteResponse(url, url, reply.status, reply.headers, reply.body, datetime(2026, 11, 25, tzinfo=UTC))


def differing(found: list[Finding]) -> dict[str, str]:
    return {one.assumption: one.found for one in found if one.state is State.DIFFERS}


def test_every_assumption_holds_for_the_look_alike() -> None:
    """Without it a user who runs it first gets alarms from a site that did not change."""
    walked = contact()
    found = walked.findings()
    assert [one.assumption for one in found] == list(ASSUMPTIONS)
    assert {one.assumption: one.state for one in found if one.state is not State.HOLDS} == {}
    assert len(walked.answers) <= MOST_REQUESTS
    assert not any(one.is_failure or one.change for one in found)


def without_credits(reply: Reply) -> Reply:
    page = re.sub(rb'<div class="read__credit.*?</div></div>', b"", reply.body, flags=re.DOTALL)
    page = re.sub(rb'<div class="credit-title-name">.*?</div>', b"", page, flags=re.DOTALL)
    page = page.replace(b"creditModal", b"x").replace(b"credit-author", b"x").replace(b"nameEditor", b"x")
    return Reply(reply.status, reply.headers, re.sub(rb"<h6.*?</h6>", b"", page, flags=re.DOTALL))


def page_1(reply: Reply) -> Reply:
    """Return page 1 of the story that an answer shows."""
    stated = re.search(rb'rel="canonical" href="([^"]+)"', reply.body)
    assert stated is not None
    return ContactedSite(TODAY).respond(stated[1].decode())


def repeated(reply: Reply) -> Reply:
    """Return page 1 of the index in place of page 2."""
    return ContactedSite(TODAY).respond("https://indeks.kompas.com/?site=global&date=2024-05-21")


def other_ids(reply: Reply) -> Reply:
    return Reply(200, reply.headers, re.sub(rb"(/read/\d{4}/\d\d/\d\d/\d{7})70/", rb"\g<1>99/", reply.body))


EMPTY = b'<html><body><div class="searchContent --emptyAlart">Tidak ada</div></body></html>'
ONLY_SITEMAP = b"Sitemap: https://www.kompas.com/sitemap.xml"
LOCKED = {"<body": '<body class="-locked"', "keywordBrandSafety": "kata", "content_total_words": "kata"}
BROKEN: dict[str, tuple[Change, str, str]] = {
    # what is broken: the change, the assumption that differs, and what is said of it
    "no robots.txt": (on(r"/robots\.txt", answers(404, b"")), "robots", "robots.txt answered 404"),
    "no rules": (on(r"/robots\.txt", answers(200, ONLY_SITEMAP)), "robots", "holds no rules"),
    "no sitemap named": (on(r"/robots\.txt", renamed({"Sitemap:": "#"})), "sitemap", "names no sitemap"),
    "no sitemap": (on("sitemap", answers(404, b"")), "sitemap", "HttpStatus 404"),
    "another sitemap": (on("sitemap", renamed({"www.kompas.com": "x.example"})), "sitemap", "lists 0 addresses"),
    "an empty day": (
        on("global&date=2024", answers(200, EMPTY)),
        "index",
        "2024-05-21: nothing is listed under site=g",
    ),
    "another index": (on(INDEX, renamed({"articleList": "x", "latest--indeks": "x"})), "index markup", "UnknownLayout"),
    "other entries": (on(INDEX, renamed({"articleItem": "x", "article__list": "x"})), "index markup", "unknown markup"),
    "other ids": (on(INDEX, other_ids), "ids", "2026-11-24: 0 of 5, not 201500399"),
    "repeated page": (on(f"{INDEX}.*page=2", repeated), "paging", "page 2 lists 0 entries"),
    "another layout": (on(STORY, renamed({"read__content": "isi"})), "layout", "; bodies = div.isi"),
    "no headline": (on(STORY, renamed({"read__title": "judul"})), "layout", "titles = h1.judul"),
    "no credits": (on(STORY, without_credits), "credits", ": none"),
    "no printed time": (on(STORY, renamed({"read__time": "jam"})), "times", "printed nowhere"),
    "no stated text": (on(STORY, renamed({"keywordBrandSafety": "kata"})), "stated text", "not in, or not whole in"),
    "page 1 for all": (on("page=all", page_1), "page=all", "words, "),
    "locked": (on(STORY, renamed(LOCKED)), "open text", "locked"),
}


@pytest.mark.parametrize(("change", "assumption", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_assumption_is_reported_with_the_table_to_change(change: Change, assumption: str, said: str) -> None:
    """Without it a change of the site is met in the first night, as a thousand failures."""
    found = contact(change).findings()
    assert said in differing(found)[assumption]
    (one,) = (one for one in found if one.assumption == assumption)
    assert (one.change, one.is_failure) == (ASSUMPTIONS[assumption].change, True)


def test_every_assumption_is_broken_once() -> None:
    """Without it a row of the table is checked by nothing. Text that no rule removes has no page here that shows it."""
    assert {assumption for _, assumption, _ in BROKEN.values()} == set(ASSUMPTIONS) - {"access", "accounting"}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_ends_the_walk_at_once(refusal: Refusal) -> None:
    """Without it the site is asked on and on after it has said no."""
    reply = answers(refusal.status, refusal.body, *refusal.headers)
    walked = contact(on(INDEX, reply))
    found = {one.assumption: one for one in walked.findings()}
    assert len(walked.answers) == 3
    assert found["access"].state is State.DIFFERS
    assert found["layout"].state is State.NOT_CHECKED
    assert found["layout"].is_failure
    assert found["robots"].state is State.HOLDS
    assert refusal.vendor in found["access"].found


@pytest.mark.parametrize(
    ("reason", "requests"), [("ConnectionFailed", 1), ("Timeout", 1), ("HttpStatus 500", 1), ("HttpStatus 403", 1)]
)
def test_without_an_answer_nothing_is_checked_and_that_is_a_failure(reason: str, requests: int) -> None:
    """Without it a machine without network reports that all checks hold."""
    walked = contact(fail=lambda url: Unanswered(url, reason, "tidak ada jawaban"))
    assert len(walked.answers) == requests
    assert all(one.is_failure for one in walked.findings())
    assert not any(one.state is State.HOLDS for one in walked.findings())


def test_one_missing_answer_leaves_the_other_assumptions() -> None:
    """Without it one slow page of fourteen hides the result of the others."""
    slow = f"{STORY}.*2026/11"
    walked = contact(fail=lambda url: Unanswered(url, "HttpStatus 502", "x") if re.search(slow, url) else None)
    found = {one.assumption: one for one in walked.findings()}
    assert (found["layout"].state, found["layout"].is_failure) == (State.NOT_CHECKED, True)
    assert "HttpStatus 502" in found["layout"].found
    assert found["credits"].state is State.HOLDS


def test_what_robots_forbids_is_reported_of_robots() -> None:
    """Without it the layout is blamed for a rule of robots.txt."""
    forbidden = "Forbidden by robots.txt"
    walked = contact(fail=lambda url: Unanswered(url, "RobotsTxt", forbidden) if re.search(STORY, url) else None)
    found = {one.assumption: one for one in walked.findings()}
    assert found["robots"].state is State.DIFFERS
    assert (found["layout"].state, found["layout"].is_failure) == (State.NOT_CHECKED, False)
