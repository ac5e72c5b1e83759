"""One story out of its pages: every sentence once, in order, and never page 1 alone for the whole."""

import pytest

from crawler.errors import MissingBody
from crawler.items import Block, Embed, Image, Link
from crawler.kompas.cleaning import Body
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts.read import ReadPage
from crawler.kompas.pages.multipage import Story, counted_words, join_pages
from crawler.kompas.urls import ALL_PAGES

STORY = "https://www.kompas.com/global/read/2021/04/22/160600870/judul"


def _body(*texts: str) -> Body:
    return Body(blocks=[Block("paragraph", text) for text in texts])


def _texts(bodies: list[Body]) -> list[list[str]]:
    return [[block.text for block in body.blocks] for body in bodies]


def _page(number: int | None, *texts: str, last: int = 1, words: int | str | None = None) -> ReadPage:
    query = {None: "", ALL_PAGES: "?page=all"}.get(number, f"?page={number}")
    links = "".join(f'<a class="paging__link" href="{STORY}?page={n}">{n}</a>' for n in range(1, last + 1))
    paging = f'<div class="read__paging"><div class="paging">{links}</div></div>' if last > 1 else ""
    meta = "" if words is None else f'<meta name="content_total_words" content="{words}">'
    text = "".join(f"<p>{text}</p>" for text in texts)
    page = f'<html><head>{meta}</head><body><h1 class="read__title">Judul</h1>'
    page += f'<div class="read__content">{text}</div>{paging}</body></html>'
    return ReadPage(Document(STORY + query, page.encode()))


def _story(*pages: ReadPage) -> Story:
    story = Story()
    for page in pages:
        story.add(page, page.number)
    return story


def _words(count: int, name: str = "kata") -> str:
    return " ".join(f"{name}{n}" for n in range(count))


@pytest.mark.parametrize(
    ("pages", "joined"),
    [
        ([], []),
        ([["a", "b"]], [["a", "b"]]),
        ([["a", "b"], ["c", "d"]], [["a", "b"], ["c", "d"]]),
        ([["a", "b"], ["b", "c"]], [["a", "b"], ["c"]]),
        ([["a", "b", "c"], ["b", "c", "d"]], [["a", "b", "c"], ["d"]]),
        ([["a", "b"], ["a", "b"]], [["a", "b"], []]),
        ([["a", "b"], ["a", "b", "c"]], [["a", "b"], ["c"]]),
        ([["a", "b"], ["c"], ["a", "b", "c"]], [["a", "b"], ["c"], []]),
        ([["a", "b", "c"], ["b"], ["c"]], [["a", "b", "c"], [], []]),
        ([["a", "b", "a"]], [["a", "b", "a"]]),
        ([["a"], ["b", "b", "c"]], [["a"], ["b", "b", "c"]]),
        ([["a", "b"], ["c", "b", "d"]], [["a", "b"], ["c", "b", "d"]]),
        ([["a", "b"], []], [["a", "b"], []]),
        ([[], ["a"]], [[], ["a"]]),
        ([["a  b"], ["a b", "c"]], [["a  b"], ["c"]]),
    ],
)
def test_pages_are_joined_without_what_they_repeat(pages: list[list[str]], joined: list[list[str]]) -> None:
    """Without it long stories say paragraphs twice, or lose a sentence that the writer repeated."""
    assert _texts(join_pages([_body(*texts) for texts in pages])) == joined


def test_joining_keeps_each_picture_post_and_link_once() -> None:
    """Without it the photos and links of a story are listed once for every page that shows them."""
    image, embed, link = Image("u1", None, None, "inline"), Embed("twitter", "u2"), Link("Judul", "u3")
    other = Image("u4", None, None, "inline")
    first = Body(blocks=[Block("paragraph", "a")], images=[image], embeds=[embed], related=[link], dateline="NARA")
    second = Body(blocks=[Block("paragraph", "b")], images=[image, other], embeds=[embed], related=[link])
    joined = join_pages([first, second])
    assert [body.images for body in joined] == [[image], [other]]
    assert [body.embeds for body in joined] == [[embed], []]
    assert [body.related for body in joined] == [[link], []]
    assert joined[0].dateline == "NARA"


def test_words_are_counted_as_the_site_counts_them() -> None:
    """Without it whole stories are taken for cut ones, or the other way round."""
    body = Body(
        blocks=[Block("paragraph", "satu dua"), Block("heading", "tiga")],
        images=[Image("u", "empat lima", None, "inline"), Image("u", None, None, "inline")],
        related=[Link("delapan", "u")],
        dateline_text="NARA, KOMPAS.com –",
    )
    assert counted_words(body) == 3 + 2 + 3 + 3


def test_a_story_of_one_page_is_whole_and_asks_for_nothing() -> None:
    """Without it every short story costs a second request, or counts as cut."""
    story = _story(_page(None, "a b c"))
    assert (story.page_count, story.next_page(), story.complete) == (1, None, True)


def test_the_pages_are_asked_for_one_after_the_other() -> None:
    """Without it stories of several pages end after the first."""
    story = _story(_page(1, "a", last=3))
    assert (story.next_page(), story.complete) == (2, False)
    story.add(_page(2, "b", last=3), 2)
    assert (story.next_page(), story.complete) == (3, False)
    story.add(_page(3, "c", last=3), 3)
    assert (story.next_page(), story.complete) == (None, True)
    assert _texts(story.bodies()) == [["a"], ["b"], ["c"]]


def test_a_story_met_on_its_second_page_asks_for_the_first() -> None:
    """Without it a story that was linked in its middle has no beginning."""
    story = _story(_page(2, "b", last=2))
    assert (story.next_page(), story.complete) == (1, False)
    story.add(_page(None, "a", last=2), 1)
    assert (story.next_page(), story.complete) == (None, True)
    assert _texts(story.bodies()) == [["a"], ["b"]]
    assert story.front.number == 1


def test_the_whole_on_one_page_needs_no_other() -> None:
    """Without it every long story costs all its pages although one request gave it whole."""
    story = _story(_page(ALL_PAGES, _words(100), last=3, words=100))
    assert (story.next_page(), story.complete) == (None, True)


def test_a_whole_that_is_cut_is_filled_up_from_the_pages() -> None:
    """Without it a story whose `page=all` shows page 1 only is stored as if that were all."""
    story = _story(_page(ALL_PAGES, _words(50, "a"), last=2, words=100))
    assert (story.next_page(), story.complete) == (2, False)
    story.add(_page(2, _words(50, "b"), last=2, words=100), 2)
    assert (story.next_page(), story.complete) == (None, True)
    assert _texts(story.bodies()) == [[_words(50, "a")], [_words(50, "b")]]


def test_without_a_declared_count_the_whole_is_not_trusted() -> None:
    """Without it a story is stored as whole although nothing says that it is."""
    story = _story(_page(ALL_PAGES, _words(50), last=2))
    assert (story.next_page(), story.complete) == (2, False)


@pytest.mark.parametrize(
    ("read", "declared", "complete"),
    [(100, 100, True), (100, 140, True), (100, 141, False), (850, 1000, True), (849, 1000, False), (100, 50, True)],
)
def test_a_story_that_falls_clearly_short_is_not_complete(read: int, declared: int, complete: bool) -> None:
    """Without it a story behind a paywall, cut after its first paragraphs, counts as whole."""
    story = _story(_page(None, _words(read), words=declared))
    assert story.complete is complete
    assert story.next_page() is None


@pytest.mark.parametrize("words", ["", "banyak", "0", "-5", "²", "1.000"])
def test_a_count_that_is_none_is_no_count(words: str) -> None:
    """Without it an odd head stops the reading of a story or marks it as cut."""
    story = _story(_page(None, "a", words=words))
    assert story.declared_words is None
    assert story.complete


def test_a_page_asked_for_in_vain_is_not_asked_for_again() -> None:
    """Without it the crawl asks for a page that the site refuses until somebody stops it."""
    story = _story(_page(1, "a", last=3))
    story.unavailable.add(2)
    assert story.next_page() == 3
    story.add(_page(3, "c", last=3), 3)
    assert (story.next_page(), story.complete) == (None, False)


def test_a_page_that_led_to_another_counts_as_the_other() -> None:
    """Without it a request that the site sent back to page 1 is repeated for ever, or page 1 stands for page 2."""
    story = _story(_page(1, "a", last=2))
    story.add(_page(None, "lain", last=2), 2)
    assert story.unavailable == {2}
    assert _texts(story.bodies()) == [["a"]]
    assert (story.next_page(), story.complete) == (None, False)


def test_the_whole_that_led_to_the_first_page_leaves_the_rest_to_ask_for() -> None:
    """Without it a story whose `page=all` is answered with page 1 ends there."""
    story = Story()
    story.add(_page(None, "a", last=2), ALL_PAGES)
    assert (story.next_page(), story.complete) == (2, False)


def test_a_page_beyond_the_last_adds_nothing() -> None:
    """Without it a story is stored twice in one record."""
    story = _story(_page(1, "a", "b", last=2), _page(2, "c", last=2), _page(3, "a", "b", last=2))
    assert _texts(story.bodies()) == [["a", "b"], ["c"], []]
    assert story.complete


def test_a_page_without_a_body_is_not_taken_in() -> None:
    """Without it a page that could not be read counts as read."""
    story = _story(_page(1, "a", last=2))
    empty = ReadPage(Document(f"{STORY}?page=2", b"<html><body><h1>Judul</h1></body></html>"))
    with pytest.raises(MissingBody, match="page=2"):
        story.add(empty, 2)
    assert story.next_page() == 2
    assert not story.complete


@pytest.mark.parametrize("number", ["101", "99999", "999999999", "9" * 5000])
def test_a_page_number_beyond_reason_is_a_slip(number: str) -> None:
    """Without it one mistyped link makes the crawl ask for a thousand pages of a story, and its memory run out."""
    paging = "".join(f'<a class="paging__link" href="{STORY}?page={n}">x</a>' for n in ("2", number))
    page = f'<div class="read__content"><p>satu</p></div><div class="read__paging">{paging}</div>'
    story = _story(ReadPage(Document(STORY, page.encode())))
    assert story.page_count == 2


@pytest.mark.parametrize("words", ["9" * 10, "9" * 400, "9" * 5000])
def test_a_count_beyond_reason_is_none(words: str) -> None:
    """Without it a slip in the declared count of words costs the story with a traceback."""
    story = _story(_page(None, "satu", words=words))
    assert story.declared_words is None
    assert story.complete
