"""Photos inside the body: address, caption and credit, apart, and nothing of it in the text."""

from collections import Counter

import pytest
from lxml.html import fromstring

from crawler.items import Image
from crawler.kompas.cleaning.photos import read_photo
from tests.kompas.cleaning.reading import PAGE, read, removals, texts, typed

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


MARKUPS += [
    f'<div class="photo-infographic"><img class="img-infografis" src="{SRC}"><span class="pb_10 author">{CREDIT}</span>'
    f" {CAPTION}</div>",
    f'<figure><picture><source srcset="{SRC} 2x"><img></picture><figcaption>{CAPTION} <span>({CREDIT})</span>'
    "</figcaption></figure>",
    f'<div class="photo"><img src="{SRC}"><span class="author">{CREDIT}</span>Nelayan <a href="/t">menjemur</a>'
    " <i>ja</i>la.</div>",
    f'<div class="photo"><img src="{SRC}"><span class="author">{CREDIT}</span>Nelayan<br>menjemur jala.</div>',
    f'<div class="photo"><span class="ads-on-body">Iklan</span><img src="{SRC}"><span class="author">{CREDIT}</span>'
    f'{CAPTION}<span class="ads-on-body">Iklan</span></div>',
    f'<div class="photo"><img src="{SRC}"><!-- x --><span class="author">{CREDIT}</span><!-- y -->{CAPTION}</div>',
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


LATE = 'src="data:image/gif;base64,R0"'

ADDRESSES = [
    f'<img {LATE} data-src="{SRC}">',
    f'<img {LATE} data-original="{SRC}">',
    f'<img {LATE} data-lazy-src="{SRC}">',
    f'<img data-original="{SRC}">',
    f'<img srcset="{SRC}">',
    f'<img srcset="https://asset.kompas.com/kecil.jpg 390w, {SRC} 780w">',
    f'<img srcset="{SRC} 2x, https://asset.kompas.com/kecil.jpg">',
    f'<img {LATE} data-srcset="{SRC} 780w">',
    f'<picture><source srcset="{SRC}"><img {LATE}></picture>',
    f'<img {LATE}><noscript><img src="{SRC}"></noscript>',
    f'<img {LATE} data-src="{SRC}"><noscript><img src="{SRC}"></noscript>',
    f'<div class="photo"><img {LATE}><noscript><img src="{SRC}"></noscript></div>',
    f'<img {LATE} data-src="{SRC}"><noscript><img src="https://asset.kompas.com/kecil.jpg"></noscript>',
    f'<div class="photo"><img {LATE} data-src="{SRC}"><noscript><img src="/kecil.jpg"></noscript></div>',
]


@pytest.mark.parametrize("markup", ADDRESSES)
def test_a_picture_that_loads_late_is_found_once(markup: str) -> None:
    """Without it the photos of pages that load them by a script are lost, or listed twice."""
    body = read(f"<p>{ONE}</p>{markup}<p>{TWO}</p>")
    assert [image.url for image in body.images] == [SRC]
    assert [block.text for block in body.blocks] == [ONE, TWO]


def test_an_address_with_a_comma_is_one_address() -> None:
    """Without it the address of a photo with a watermark is cut at its first comma."""
    source = "https://asset.kompas.com/crops/a=/0x0:780x390/filters:watermark(cap.png,0,-0,1)/data/photo/1.jpg"
    assert [image.url for image in read(f'<img srcset="{source} 2x, /kecil.jpg 1x">').images] == [source]


@pytest.mark.parametrize(
    "markup",
    [
        f'<noscript><img src="{SRC}"></noscript>',
        f'<img width="1" height="1" src="{SRC}">',
        f'<img height="0" src="{SRC}">',
        f'<img style="display:none" src="{SRC}">',
    ],
)
def test_a_pixel_that_counts_readers_is_no_photo(markup: str) -> None:
    """Without it an invisible tracking pixel is listed among the photos of a story."""
    assert read(f"<p>{ONE}</p>{markup}<p>{TWO}</p>").images == []


CONTENT = [
    ('<figure class="table"><table><tr><td>Nara</td><td>12</td></tr></table></figure>', [("table_row", "Nara | 12")]),
    ("<figure><blockquote><p>Kami lega.</p></blockquote></figure>", [("quote", "Kami lega.")]),
    ("<figure><ul><li>satu</li><li>dua</li></ul></figure>", [("list_item", "satu"), ("list_item", "dua")]),
    ("<figure><figcaption>Catatan kaki.</figcaption></figure>", [("paragraph", "Catatan kaki.")]),
    (
        "<figure><table><tr><td>Nara</td><td>12</td></tr></table><figcaption>Suhu kota.</figcaption></figure>",
        [("table_row", "Nara | 12"), ("paragraph", "Suhu kota.")],
    ),
    (
        f'<figure><table><tr><td>Nara</td><td><img src="{SRC}">12</td></tr></table></figure>',
        [("table_row", "Nara | 12")],
    ),
    ('<div class="photo"><p>Ini bukan foto.</p></div>', [("paragraph", "Ini bukan foto.")]),
    ('<div class="photo__wrap"><p>Satu.</p><p>Dua.</p></div>', [("paragraph", "Satu."), ("paragraph", "Dua.")]),
]


@pytest.mark.parametrize(("markup", "blocks"), CONTENT)
def test_what_shows_no_picture_is_text(markup: str, blocks: list[tuple[str, str]]) -> None:
    """Without it tables and quotations that an editor's tool wraps into a figure vanish from stories."""
    assert typed(f"<p>{ONE}</p>{markup}<p>{TWO}</p>") == [("paragraph", ONE), *blocks, ("paragraph", TWO)]


def test_a_photo_whose_picture_is_lost_leaves_no_caption_in_the_text() -> None:
    """Without it the credit and the caption of a photo without an address are read as a sentence."""
    markup = f'<div class="photo"><img src=""><span class="author">{CREDIT}</span>{CAPTION}</div>'
    body = read(f"<p>{ONE}</p>{markup}")
    assert (body.images, [block.text for block in body.blocks]) == ([], [ONE])
    assert [(removal.rule, removal.text) for removal in body.removed] == [("photo/caption", f"{CREDIT}{CAPTION}")]


@pytest.mark.parametrize("markup", MARKUPS)
def test_the_words_of_a_caption_are_kept_with_the_rule(markup: str) -> None:
    """Without it a user cannot find where the words beside a photo have gone."""
    said = " ".join(text for rule, text in removals(f"<p>{ONE}</p>{markup}") if rule == "photo/caption")
    assert Counter(f"{CREDIT}{CAPTION}".replace(" ", "")) <= Counter(said)


CAPTIONS = [
    ('Nakhoda <a href="/t">Rara</a>, <i>Melati</i>, di <b>der</b>maga.', "Nakhoda Rara, Melati, di dermaga."),
    ('Kapal (<a href="/t"> AS </a>) tiba.', "Kapal (AS) tiba."),
    ("Kapal<br>tiba.", "Kapal tiba."),
    ("<p>Kapal</p><p>tiba.</p>", "Kapal tiba."),
    ("Kapal <!-- x -->tiba<script>x</script>.", "Kapal tiba."),
]


@pytest.mark.parametrize(("printed", "caption"), CAPTIONS)
@pytest.mark.parametrize("role", ["lead", "inline"])
def test_words_of_a_caption_are_neither_glued_nor_parted(printed: str, caption: str, role: str) -> None:
    """Without it a search for a name in captions misses it."""
    caption_behind = f'<div class="photo__caption">{printed} <span>(AFP)</span></div>'
    for markup in (
        f'<div class="photo__wrap"><img src="{SRC}"></div>{caption_behind}',
        f'<figure><img src="{SRC}"><figcaption>{printed}</figcaption></figure>',
    ):
        root = fromstring(f"<div>{markup}</div>")
        photo = read_photo(root[0], PAGE, role) if role == "lead" else read(markup).images[0]
        assert photo is not None
        assert (photo.caption, photo.role) == (caption, role)


def test_every_picture_of_a_figure_is_listed() -> None:
    """Without it only the first photo of a row is in the data."""
    second = SRC.replace("1.jpg", "2.jpg")
    body = read(f'<figure><img src="{SRC}"><img src="{second}"><figcaption>{CAPTION}</figcaption></figure>')
    assert [(image.url, image.caption) for image in body.images] == [(SRC, CAPTION), (second, None)]


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
