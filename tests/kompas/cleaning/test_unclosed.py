"""Furniture that is never closed keeps its own words and gives back the story behind it, as a browser shows it."""

import pytest

from tests.kompas.cleaning.reading import body_of_page, read
from tests.kompas.cleaning.unclosed_markup import BY_CONTENT, OPENED

BEFORE = "Kapal bantuan merapat di dermaga pada Kamis pagi."
STORY = ["Penumpangnya turun satu demi satu.", "Syahbandar mencatat 42 nama.", "“Kami lega,” kata nakhoda."]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)

ENDS = {
    "2020": '<span class="liftdown_v2_tanda"></span> <div class="fb-quote"></div></div>',
    "first page of 2023": '<iframe class="darkMsg" src="https://widget.kompas.com/survey/39"></iframe>'
    '<span class="liftdown_v2_tanda"></span></div><div class="fb-quote"></div></div>',
    "last page of 2024": '<div id="EndOfArticle"></div><i>Simak saluran kami.</i><iframe id="widget-polling"></iframe>'
    '<span class="liftdown_v2_tanda"></span></div><div class="fb-quote"></div></div>',
}


def page(opened: str, end: str) -> str:
    """A page whose story stands behind the opened element."""
    inner = '<div class="clearfix">' if end.count("</div>") > 3 else ""
    return (
        f'<div class="container"><div class="read__content">{inner}<p>{BEFORE}</p>{opened}{PARAGRAPHS}{end}'
        '<div class="read__credit bottom"><span>Sumber</span> <a>Antara</a></div>'
        '<div class="read__tagging"><ul><li>dermaga</li></ul></div></div>'
    )


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("opened", OPENED.values(), ids=OPENED)
def test_the_story_behind_an_unclosed_element_stays(opened: str, end: str) -> None:
    """Without it one missing end tag costs the rest of a story, and the record says that it is whole."""
    body = body_of_page(page(opened, end))
    assert [block.text for block in body.blocks] == [BEFORE, *STORY]
    assert body.unaccounted == []


@pytest.mark.parametrize("name", BY_CONTENT)
def test_it_stays_without_a_mark_of_the_template_too(name: str) -> None:
    """Without it the oldest pages, and pages of a coming template, lose what stands behind an unclosed element."""
    assert [block.text for block in read(f"<p>{BEFORE}</p>{OPENED[name]}{PARAGRAPHS}").blocks] == [BEFORE, *STORY]


@pytest.mark.parametrize("name", ["photo", "caption of a figure", "photo with its caption inside", "infographic"])
def test_an_unclosed_photo_keeps_its_caption(name: str) -> None:
    """Without it the caption of a photo holds the rest of the story, or is read as a sentence of it."""
    (image,) = body_of_page(page(OPENED[name], ENDS["2020"])).images
    assert image.url == "https://asset.kompas.com/dermaga.jpg"
    assert image.caption == ("Peta arus." if name == "infographic" else "Dermaga lama.")


@pytest.mark.parametrize("name", ["tweet", "tweet with its script", "post with blocks", "player"])
def test_an_unclosed_post_keeps_its_address(name: str) -> None:
    """Without it a post is lost, or has the address of something behind it."""
    more = '<p>Lihat <a href="https://twitter.com/lain/status/9">cuitan lain</a>.</p>'
    body = body_of_page(page(OPENED[name] + more, ENDS["2020"]))
    (embed,) = body.embeds
    assert "7" in embed.url
    assert [block.text for block in body.blocks] == [BEFORE, "Lihat cuitan lain.", *STORY]


def test_a_link_in_the_story_is_not_the_end_of_an_unclosed_tweet() -> None:
    """Without it a tweet without its own link swallows the paragraphs before the next link to a post."""
    more = '<p>Lihat <a href="https://twitter.com/lain/status/9">cuitan lain</a>.</p>'
    body = body_of_page(page(f"{OPENED['tweet without a link']}<p>{STORY[0]}</p>{more}", ENDS["2020"]))
    assert [block.text for block in body.blocks] == [BEFORE, STORY[0], "Lihat cuitan lain.", *STORY]


def test_paragraphs_behind_an_unclosed_tweet_are_no_quotations() -> None:
    """Without it the reporter's words are stored as a quotation."""
    body = body_of_page(page(OPENED["tweet"], ENDS["2020"]))
    assert {block.type for block in body.blocks} == {"paragraph"}


def test_an_unclosed_bold_mark_makes_no_headings() -> None:
    """Without it every paragraph behind one missing end tag is a subhead."""
    body = read(f"<p>{BEFORE}</p><strong>{PARAGRAPHS}")
    assert [block.type for block in body.blocks] == ["paragraph"] * 4


@pytest.mark.parametrize("stray", ["</div>", "</p></div>", "</section></div>"])
def test_a_stray_end_tag_does_not_end_the_story(stray: str) -> None:
    """Without it a story ends in its middle, where an editor's tool left an end tag too many."""
    body = body_of_page(page(f"<p>{STORY[0]}</p>{stray}Kata dia.", ENDS["2020"]))
    assert [block.text for block in body.blocks] == [BEFORE, STORY[0], "Kata dia.", *STORY]


def test_a_closed_box_keeps_everything() -> None:
    """Without it the text of forms and side columns stands in stories, for fear that they are not closed."""
    box = "<aside><p>Ikuti kuis berhadiah.</p></aside><form><p>Isi surel Anda.</p></form>"
    body = read(f"<p>{BEFORE}</p>{box}<p>{STORY[0]}</p>")
    assert [block.text for block in body.blocks] == [BEFORE, STORY[0]]
