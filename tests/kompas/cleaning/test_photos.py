"""Photos inside the body: address, caption and credit, apart, and nothing of it in the text."""

import pytest
from lxml.html import fromstring

from crawler.items import Image
from crawler.kompas.cleaning.photos import read_photo
from tests.kompas.cleaning.reading import PAGE, read, texts

ONE, TWO = "Kapal merapat.", "Penumpang turun."
CAPTION, CREDIT = "Nelayan menjemur jala.", "AFP/RARA MELATI"
SRC = "https://asset.kompas.com/crops/abc/780x390/data/photo/1.jpg"
PHOTO = Image(url=SRC, caption=CAPTION, credit=CREDIT, role="inline")

MARKUPS = [
    f'<div class="photo"><img src="{SRC}"><span class="pb_10 author">{CREDIT}</span>{CAPTION}</div>',
    f'<div class="photo"><img class="lozad" data-src="{SRC}"><span class="author">{CREDIT}</span> {CAPTION}</div>',
    f'<div class="photo"><img src="{SRC}"><span class="author">{CREDIT}</span><p>{CAPTION}</p></div>',
    f'<div class="photo__wrap"><img src="{SRC}"></div>'
    f'<div class="photo__caption">{CAPTION} <span>({CREDIT})</span></div>',
    f'<div class="photo__wrap"><img src="{SRC}"></div><!-- x --><div class="photo__caption">'
    f"<span>({CREDIT})</span> {CAPTION}</div>",
    f'<div class="photo__wrap"><img src="{SRC}">'
    f'<div class="photo__caption">{CAPTION}<span>({CREDIT})</span></div></div>',
    f'<figure><img src="{SRC}"><figcaption>{CAPTION} <span>({CREDIT})</span></figcaption></figure>',
    f'<figure><a href="/x"><img data-src="{SRC}" src="data:image/gif;base64,R0"></a>'
    f"<figcaption><span>{CREDIT}</span> {CAPTION}</figcaption></figure>",
]


@pytest.mark.parametrize("markup", MARKUPS)
def test_every_markup_gives_the_photo_and_leaves_no_caption_in_the_text(markup: str) -> None:
    """Without it captions are read as sentences of the story, or photos lose their caption and credit."""
    body = read(f"<p>{ONE}</p>{markup}<p>{TWO}</p>")
    assert body.images == [PHOTO]
    assert [block.text for block in body.blocks] == [ONE, TWO]


@pytest.mark.parametrize(
    ("src", "url"),
    [
        (SRC, SRC),
        (f"  {SRC}\n", SRC),
        (SRC.replace("https:", "http:"), SRC.replace("https:", "http:")),
        (SRC.replace("https:", ""), SRC),
        ("/data/1.jpg", "https://www.kompas.com/data/1.jpg"),
    ],
)
def test_the_address_of_a_photo_is_absolute(src: str, url: str) -> None:
    """Without it the user gets addresses that lead nowhere."""
    body = read(f'<p>{ONE}<img src="{src}"> {TWO}</p>')
    assert body.images == [Image(url=url, caption=None, credit=None, role="inline")]
    assert [block.text for block in body.blocks] == [f"{ONE} {TWO}"]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="">',
        "<img>",
        '<img src="data:image/gif;base64,R0lGOD">',
        '<img src="https://asset.kompas.com/pickwords/1.png">',
        '<img src="https://asset.kompas.com/data/wp/images/logo.png">',
        '<div class="photo"></div>',
        '<div class="photo__wrap"><p></p></div>',
    ],
)
def test_icons_and_empty_boxes_are_no_photos(markup: str) -> None:
    """Without it page decoration is listed among the photos of a story."""
    body = read(f"<p>{ONE}</p>{markup}<p>{TWO}</p>")
    assert body.images == []
    assert [block.text for block in body.blocks] == [ONE, TWO]


def test_photos_keep_their_order_and_their_own_captions() -> None:
    """Without it a caption stands under the wrong photo."""
    second = SRC.replace("1.jpg", "2.jpg")
    markup = (
        f'<div class="photo__wrap"><img src="{SRC}"></div><div class="photo__caption">Satu</div>'
        f'<div class="photo__wrap"><img src="{second}"></div><p>{ONE}</p><div class="photo__caption">Lepas</div>'
    )
    body = read(markup)
    assert [(image.url, image.caption) for image in body.images] == [(SRC, "Satu"), (second, None)]
    assert [block.text for block in body.blocks] == [ONE]


@pytest.mark.parametrize(
    ("caption", "credit"), [("APEC digelar di tepi danau.", "AP"), ("Foto ini disiarkan AFP", "AFP")]
)
def test_a_caption_that_is_spelled_like_its_credit_stays_whole(caption: str, credit: str) -> None:
    """Without it captions that begin or end with the letters of the agency lose them."""
    caption_after = f'<div class="photo__wrap"><img src="{SRC}"></div><div class="photo__caption">{{}}</div>'
    for printed in (f"{caption} <span>({credit})</span>", f"<span>{credit}</span> {caption}"):
        assert read(caption_after.format(printed)).images == [Image(SRC, caption, credit, "inline")]


def test_a_photo_without_a_credit_keeps_its_caption() -> None:
    """Without it captions are lost wherever the agency is not named."""
    photo = read_photo(fromstring(f'<div class="photo"><img src="{SRC}">{CAPTION}</div>'), PAGE, "lead")
    assert photo == Image(url=SRC, caption=CAPTION, credit=None, role="lead")


def test_a_mistyped_address_does_not_cost_the_story() -> None:
    """Without it one mistyped address of a photo stops the reading of its story with a traceback."""
    assert texts(f'<p>{ONE}</p><img src="https://[x/1.jpg">') == [ONE]
