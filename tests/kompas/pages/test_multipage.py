"""One story out of its pages: every sentence once, in order, and never page 1 alone for the whole."""

import pytest

from crawler.errors import MissingBody
from crawler.items import Block, Embed, Image, Link
from crawler.kompas.cleaning import Body, Removal
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
    letters = "abcdefghij"
    return " ".join(name + "".join(letters[int(digit)] for digit in str(n)) for n in range(count))


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
        blocks=[Block("paragraph", "Satu-dua 'tiga' 45"), Block("heading", "empat")],
        removed=[
            Removal("related/line", "Baca juga: Delapan"),
            Removal("dateline/opening", "NARA, KOMPAS.com -"),
            Removal("photo/caption", "tidak dihitung"),
            Removal("box/form", "tidak dihitung"),
        ],
    )
    assert counted_words(body) == 2 + 1 + 3 + 4


def test_a_story_of_one_page_is_whole_and_asks_for_nothing() -> None:
    """Without it every short story costs a second request, or counts as cut."""
    story = _story(_page(None, "a b c"))
    assert (story.page_count, story.next_page(), story.complete) == (1, None, True)


def test_the_pages_are_requested_one_after_the_other() -> None:
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
    [(88, 100, True), (87, 100, False), (1950, 2000, True), (1949, 2000, False), (100, 50, True)],
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


def test_a_refused_page_is_not_requested_again() -> None:
    """Without it the crawl requests a refused page without end."""
    story = _story(_page(1, "a", last=3))
    story.unavailable.add(2)
    assert story.next_page() == 3
    story.add(_page(3, "c", last=3), 3)
    assert (story.next_page(), story.complete) == (None, False)


def test_a_page_that_led_to_another_counts_as_the_other() -> None:
    """Without it a request that the site redirects to page 1 is repeated without end, or page 1 is stored as page 2."""
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
    """Without it one mistyped link makes the crawl request a thousand pages of a story, and its memory run out."""
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


PARAGRAPHS = (
    "NARA, KOMPAS.com - Rakit bambu itu tiba di dermaga pada Kamis pagi.",
    "Puluhan warga menonton &quot;dari tepi&quot;&nbsp;sungai sampai siang.",
    "Nakhoda berjanji akan kembali bulan depan dengan muatan garam.",
)
TAIL = "Dapatkan update berita pilihan dan breaking news setiap hari dari Kompas.com. Mari bergabung di Grup Telegram."


def _stated(shown: str, stated: str, declared: int | str | None, number: int | None = None, last: int = 1) -> ReadPage:
    """A page that shows one text, and states another as that of the whole story."""
    page = _page(number, last=last, words=declared).document
    escaped = stated.replace("&", "&amp;")
    body = f'<div class="read__content">{shown}</div><script>\n  var keywordBrandSafety = "{escaped}";</script>'
    links = "".join(f'<a class="paging__link" href="{STORY}?page={n}">{n}</a>' for n in range(2, last + 1))
    meta = "" if declared is None else f'<meta name="content_total_words" content="{declared}">'
    html = f"<html><head>{meta}</head><body>{body}<div class='read__paging'>{links}</div></body></html>"
    return ReadPage(Document(page.url, html.encode()))


def _shown(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


WHOLE = "".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("shown", "stated", "declared", "complete"),
    [
        pytest.param(_shown(*PARAGRAPHS), WHOLE, 33, True, id="all of it, with names of entities counted"),
        pytest.param(_shown(*PARAGRAPHS, TAIL), WHOLE + TAIL, 50, True, id="promotion on both sides"),
        pytest.param(_shown(*PARAGRAPHS), WHOLE + TAIL, 50, True, id="promotion in the stated text only"),
        pytest.param(_shown(*PARAGRAPHS), WHOLE, None, True, id="no declared count"),
        pytest.param(_shown(*PARAGRAPHS).upper(), WHOLE, 33, True, id="in capitals"),
        pytest.param("<p>" + "<br>".join(PARAGRAPHS) + "</p>", WHOLE, 33, True, id="one paragraph of lines"),
        pytest.param(_shown(*PARAGRAPHS[:2]), WHOLE, 33, False, id="without the last paragraph"),
        pytest.param(_shown(*PARAGRAPHS[:2], TAIL), WHOLE + TAIL, 50, False, id="without the last, with promotion"),
        pytest.param(_shown(PARAGRAPHS[0], PARAGRAPHS[2]), WHOLE, 33, False, id="without the middle"),
        pytest.param(_shown(*PARAGRAPHS[:2]), WHOLE, None, False, id="cut, no declared count"),
        pytest.param(
            _shown(*PARAGRAPHS[:2]) + f"<form>{PARAGRAPHS[2]}</form>", WHOLE, 33, False, id="the last in a removed box"
        ),
        pytest.param(
            _shown(*PARAGRAPHS[:2], _words(50)), WHOLE, 33, False, id="as many words of another story in its place"
        ),
        pytest.param(
            _shown(*PARAGRAPHS), PARAGRAPHS[0], 33, True, id="a stated text that is a part: the count decides"
        ),
        pytest.param(_shown(PARAGRAPHS[0]), PARAGRAPHS[0], 33, False, id="a part on both sides"),
        pytest.param(_shown(*PARAGRAPHS), "", 33, True, id="an empty one"),
    ],
)
def test_a_story_is_compared_with_the_text_that_its_page_states(
    shown: str, stated: str, declared: int | None, complete: bool
) -> None:
    """Without it one whole story of twenty counts as cut, or a cut one as whole."""
    assert _story(_stated(shown, stated, declared)).complete is complete


def test_the_stated_text_shows_whether_the_whole_on_one_page_is_complete() -> None:
    """Without it every long story costs all its pages, or ends with the first."""
    cut = _story(_stated(_shown(*PARAGRAPHS[:2]), WHOLE, None, ALL_PAGES, last=2))
    assert (cut.next_page(), cut.complete) == (2, False)
    cut.add(_stated(_shown(PARAGRAPHS[2]), WHOLE, None, 2, last=2), 2)
    assert (cut.next_page(), cut.complete) == (None, True)
    whole = _story(_stated(_shown(*PARAGRAPHS), WHOLE, None, ALL_PAGES, last=2))
    assert (whole.next_page(), whole.complete) == (None, True)


def test_a_stated_text_does_not_stand_in_for_pages() -> None:
    """Without it page 1 alone counts as the story where the site states the text of that page only."""
    story = _story(_stated(_shown(*PARAGRAPHS), WHOLE, None, 1, last=2))
    assert (story.next_page(), story.complete) == (2, False)
