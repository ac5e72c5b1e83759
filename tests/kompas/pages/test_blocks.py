"""Pages that came with a good status but are no articles."""

import pytest

from crawler.errors import Blocked, PageNotFound
from crawler.kompas.pages.refusals import CHALLENGE_MARKS, NOT_FOUND_MARKS, refuse_blocked

URL = "https://www.kompas.com/global/read/2021/04/22/160600870/judul"
ARTICLE = b"<html><title>Kapal Merapat</title><body><h1>Kapal</h1><p>Warga menyambutnya.</p></body></html>"


def test_an_article_passes() -> None:
    """Without it good pages are thrown away as blocked."""
    refuse_blocked(URL, 200, ARTICLE)
    refuse_blocked(f"{URL}?page=2", 200, ARTICLE)


def test_the_status_of_a_challenge_is_refused() -> None:
    """Without it the puzzle for visitors is stored as the text of a story."""
    with pytest.raises(Blocked, match="202"):
        refuse_blocked(URL, 202, ARTICLE)


@pytest.mark.parametrize("mark", CHALLENGE_MARKS)
def test_every_mark_of_a_challenge_is_refused(mark: bytes) -> None:
    """Without it the puzzle for visitors counts as a page of unknown markup, and nobody learns of the block."""
    with pytest.raises(Blocked, match="160600870"):
        refuse_blocked(URL, 200, b"<html><div " + mark + b"></div></html>")


@pytest.mark.parametrize("mark", CHALLENGE_MARKS)
def test_a_full_page_that_mentions_a_challenge_passes(mark: bytes) -> None:
    """Without it every story is refused once the site puts the script on its ordinary pages."""
    refuse_blocked(URL, 200, ARTICLE + mark + b" " * 30_000)
    refuse_blocked(URL, 200, ARTICLE + b" " * 30_000 + mark)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.kompas.com/checkpoint",
        "https://www.kompas.com/x/Checkpoint/1",
        "https://checkpoint.kompas.com/checkpoint?u=1",
    ],
)
def test_a_checkpoint_is_refused(url: str) -> None:
    """Without it the page that asks who the visitor is counts as the story he asked for."""
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
