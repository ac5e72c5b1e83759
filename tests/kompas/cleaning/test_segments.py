"""Text into blocks, wherever it stands, with words neither glued nor parted."""

import pytest
from parsel import Selector

from crawler.kompas.cleaning import clean
from tests.kompas.cleaning.reading import PAGE, texts, typed

ONE, TWO, THREE = "Kapal merapat.", "Penumpang turun.", "Hujan reda."

PARTED = [
    f"<p>{ONE}</p><p>{TWO}</p>",
    f"<p>{ONE}<p>{TWO}",
    f"<div>{ONE}</div><div>{TWO}</div>",
    f"<div><div><p>{ONE}</p></div></div><section><p>{TWO}</p></section>",
    f"{ONE}<p>{TWO}</p>",
    f"<p>{ONE}</p>{TWO}",
    f"{ONE}<br /><br />{TWO}",
    f"{ONE}<br> \n&nbsp;<br>{TWO}",
    f"{ONE}<br><br><br><br>{TWO}",
    f"<p>{ONE}<br><br>{TWO}</p>",
    f"<p><span>{ONE}<br></span><br>{TWO}</p>",
    f"<br><br>{ONE}<br><br>{TWO}<br><br>",
    f"<p></p><p>{ONE}</p></p><p>{TWO}</p>",
    f"<p>{ONE}</p><!-- (ads.paragraph.4) --><p>&nbsp;</p>{TWO}</p>",
    f"<center>{ONE}</center><div>{TWO}</div>",
    f"{ONE}<hr>{TWO}",
    f"<p>{ONE}</p>\n\n\u00a0\n<p>\u200b</p><p>{TWO}</p>",
    f"<span>{ONE}<div>{TWO}</div></span>",
]


@pytest.mark.parametrize("markup", PARTED)
def test_text_is_parted_into_paragraphs_wherever_it_stands(markup: str) -> None:
    """Without it stories of some years come out as one block, or lose what stands outside a paragraph."""
    assert typed(markup) == [("paragraph", ONE), ("paragraph", TWO)]


def test_a_single_break_parts_lines_of_one_paragraph() -> None:
    """Without it the lines of a list or a poem are glued together, or become stories of one-line paragraphs."""
    assert texts(f"<p>{ONE}<br>{TWO}<br />\n{THREE}</p>") == [f"{ONE}\n{TWO}\n{THREE}"]


def test_text_between_and_behind_blocks_keeps_its_order() -> None:
    """Without it the sentences of a story come out shuffled."""
    assert texts(f"a {ONE}<div>b {TWO}<p>c {THREE}</p>d {ONE}</div>e {TWO}") == [
        f"a {ONE}",
        f"b {TWO}",
        f"c {THREE}",
        f"d {ONE}",
        f"e {TWO}",
    ]


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "h4", "h5", "h6"])
def test_a_heading_is_a_heading(tag: str) -> None:
    """Without it subheads are lost or read as sentences."""
    assert typed(f"<{tag}>Dua <em>kali</em> karam</{tag}><p>{ONE}</p>") == [
        ("heading", "Dua kali karam"),
        ("paragraph", ONE),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<p><strong>1. Serangan gudang</strong></p>",
        "<p><b>1. Serangan gudang</b></p>",
        "<p> <em><strong>1. Serangan</strong></em> <strong>gudang</strong>&nbsp;</p>",
        '<p><strong>1. <a href="/x">Serangan</a> gudang</strong><br></p>',
        "<strong>1. Serangan gudang</strong><br><br>",
        "<p><strong><span>1. Serangan gudang</span></strong></p>",
    ],
)
def test_a_paragraph_that_is_wholly_bold_is_a_heading(markup: str) -> None:
    """Without it the numbered subheads of round-ups are dropped or read as sentences."""
    assert typed(f"{markup}<p>{ONE}</p>") == [("heading", "1. Serangan gudang"), ("paragraph", ONE)]


@pytest.mark.parametrize(
    "markup",
    ["<p><strong>Kapal</strong> merapat.</p>", "<p>Kapal <b>merapat.</b></p>", "<p><em>Kapal merapat.</em></p>"],
)
def test_a_paragraph_that_is_bold_in_part_is_a_paragraph(markup: str) -> None:
    """Without it the lead of a story, whose first words are bold, is taken for a subhead."""
    assert typed(markup) == [("paragraph", ONE)]


LEADS = [
    ("<p><strong>NARA, KOMPAS.com - Kapal merapat.</strong></p>", ONE),
    ("<p><b>NARA, KOMPAS.com – Kapal merapat</b></p>", "Kapal merapat"),
    ("<p><strong>NARA, KOMPAS.com</strong> - <strong>Kapal merapat.</strong></p>", ONE),
    (f"<p><strong>{ONE}</strong></p>", ONE),
    ("<p><strong>“Kapal merapat.”</strong></p>", "“Kapal merapat.”"),
    (f"<p></p><p><strong> </strong></p><div><b>{ONE}</b></div>", ONE),
    (f"<p><strong>{'kapal ' * 20}</strong></p>", ("kapal " * 20).strip()),
]


@pytest.mark.parametrize(("markup", "text"), LEADS)
def test_a_lead_that_is_wholly_bold_is_a_paragraph(markup: str, text: str) -> None:
    """Without it the first sentence of a story is taken for a subhead."""
    assert typed(f"{markup}<p>{TWO}</p>") == [("paragraph", text), ("paragraph", TWO)]


def test_a_bold_line_in_the_middle_is_a_heading_even_with_a_full_stop() -> None:
    """Without it the subheads of some editors are read as sentences."""
    assert typed(f"<p>{ONE}</p><p><strong>{TWO}</strong></p>")[1] == ("heading", TWO)


def test_lists_give_one_block_an_item_however_deep() -> None:
    """Without it the points of a list are glued into one sentence or lost."""
    markup = f"<ul><li>{ONE}<ol><li><p>{TWO}</p></li></ol>sisa</li><li><strong>{THREE}</strong></li></ul><p>{ONE}</p>"
    assert typed(markup) == [
        ("list_item", ONE),
        ("list_item", TWO),
        ("list_item", "sisa"),
        ("list_item", THREE),
        ("paragraph", ONE),
    ]
    assert typed(f"<dl><dt>{ONE}</dt><dd>{TWO}</dd></dl>") == [("list_item", ONE), ("list_item", TWO)]


def test_quotations_are_quotes() -> None:
    """Without it a quoted speech looks like the reporter's words."""
    markup = f"<blockquote><p>{ONE}</p><p>{TWO}</p></blockquote>{THREE}"
    assert typed(markup) == [("quote", ONE), ("quote", TWO), ("paragraph", THREE)]


SPACED = [
    ('Presiden  <a href="/t">Lautania</a> tiba.', "Presiden Lautania tiba."),
    ('Presiden <a href="/t">Lautania </a>tiba.', "Presiden Lautania tiba."),
    ('Presiden<a href="/t"> Lautania</a> tiba.', "Presiden Lautania tiba."),
    ('Negeri itu ( <a href="/t">AS</a>) tiba.', "Negeri itu (AS) tiba."),
    ('Negeri itu (<a href="/t"> AS </a> ) tiba.', "Negeri itu (AS) tiba."),
    ('Negeri itu [ <a href="/t">AS</a> ] tiba.', "Negeri itu [AS] tiba."),
    ('Ke  <a href="/t">Rusia </a>, lalu pulang.', "Ke Rusia, lalu pulang."),
    ('Ke  <a href="/t">Rusia</a> .', "Ke Rusia."),
    ('Ke  <a href="/t">Rusia</a> ; pulang.', "Ke Rusia; pulang."),
    ('Ke  <a href="/t">Rusia</a> !', "Ke Rusia!"),
    ('Ke  <a href="/t">Rusia</a> ?', "Ke Rusia?"),
    ('Ke “ <a href="/t">Rusia</a> ” itu.', "Ke “Rusia” itu."),
    ('Ke ‘ <a href="/t">Rusia</a> ’ itu.', "Ke ‘Rusia’ itu."),
    ('Ke " <a href="/t">Rusia</a> " itu.', 'Ke "Rusia" itu.'),
    ('Kata "ya" <a href="/t">Rusia</a> "tidak" lagi.', 'Kata "ya" Rusia "tidak" lagi.'),
    (' <a href="/t">Rusia</a>  <a href="/t">Ukraina</a> damai.', "Rusia Ukraina damai."),
    ('<a href="/t">Rusia</a>,  <a href="/t">Ukraina</a>', "Rusia, Ukraina"),
    ('<a href="/t">Rusia</a>-<a href="/t">Ukraina</a>', "Rusia-Ukraina"),
    ('Kapal <a href="/t"><em>Laut</em>ania</a>nya', "Kapal Lautanianya"),
    ('Tahun <a href="/t">1998</a> (<a href="/t">dua</a> kali)', "Tahun 1998 (dua kali)"),
    ("Kirgis<em>tan</em> dan <strong>Kaza</strong>khstan", "Kirgistan dan Kazakhstan"),
    ("<em>Laut </em><strong>Utara</strong>", "Laut Utara"),
    ("Laut<span> </span>Utara", "Laut Utara"),
    ("Laut\n   Utara&nbsp;&nbsp;itu", "Laut Utara itu"),
    ("Satu <!-- x -->dua<!-- y --> tiga", "Satu dua tiga"),
    ("Rp 5 . 000 ( lima ribu )", "Rp 5 . 000 ( lima ribu )"),
    ("Jarak 10<sup>6</sup> km", "Jarak 10⁶ km"),
    ("Jarak 10<sup>-3</sup> km", "Jarak 10⁻³ km"),
    ("Luas 9 m<sup>2</sup>", "Luas 9 m2"),
    ("Tahun 2021<sup>1</sup>", "Tahun 2021¹"),
    ("Gas CO<sub>2</sub>", "Gas CO2"),
    ("Pada 19<sup>th</sup> Street", "Pada 19th Street"),
    ("Kapal<img src='/a.jpg'>nelayan", "Kapal nelayan"),
    ("Kapal<img src='/a.jpg'>, nelayan", "Kapal, nelayan"),
    ("Kapal<label>Surel</label>nelayan", "Kapal nelayan"),
    ("Ka<span class='ads-on-body'><!-- x --></span>pal", "Kapal"),
    ("Ka<span class='liftdown_v2_tanda'></span>pal", "Kapal"),
    ("Ka<wbr>pal", "Kapal"),
    ("Ka<script>x</script>pal", "Kapal"),
]


@pytest.mark.parametrize(("markup", "line"), SPACED)
def test_words_are_neither_glued_nor_parted_by_markup(markup: str, line: str) -> None:
    """Without it a search for a name misses it, because it is glued to its neighbour or cut in two."""
    assert texts(f"<p>{markup}</p>") == [line]


def test_the_blank_before_an_apostrophe_that_opens_a_year_stays() -> None:
    """Without it a name and the decade behind it become one word."""
    assert texts('<p>Musik <a href="/t">Rusia</a> ’80-an.</p>') == ["Musik Rusia ’80-an."]


@pytest.mark.parametrize("tag", ["p", "div", "li", "h2", "blockquote", "dd", "section"])
def test_words_of_neighbouring_blocks_are_never_glued(tag: str) -> None:
    """Without it the last word of a paragraph and the first of the next become one."""
    assert " ".join(texts(f"satu<{tag}>dua</{tag}>tiga<{tag}>empat</{tag}><{tag}>lima</{tag}>")).split() == [
        "satu",
        "dua",
        "tiga",
        "empat",
        "lima",
    ]


def test_a_link_across_a_break_or_round_a_block_keeps_all_its_words() -> None:
    """Without it badly closed links swallow the text behind them."""
    assert texts(f'<p><a href="/x">{ONE}<br>{TWO}</a> {THREE}</p>') == [f"{ONE}\n{TWO} {THREE}"]
    assert texts(f'<a href="/x">{ONE}<p>{TWO}</p></a>{THREE}') == [ONE, TWO, THREE]


def test_very_deep_nesting_is_read() -> None:
    """Without it one page with thousands of unclosed elements ends the run."""
    depth = 2000
    selector = Selector(text="<div>" * depth + f"<p>{ONE}</p>" + "</div>" * depth, type="html")
    assert [block.text for block in clean(selector.css("div")[0].root, PAGE).blocks] == [ONE]


def test_a_table_is_read_row_by_row() -> None:
    """Without it the numbers of a table lose the names they belong to."""
    rows = "<tr><th>Kota</th><th>Suhu</th></tr><tr><td>Nordhavn</td><td><a href='/x'>12</a> derajat</td></tr>"
    assert typed(f"<p>{ONE}</p><table><tbody>{rows}</tbody></table>") == [
        ("paragraph", ONE),
        ("table_row", "Kota | Suhu"),
        ("table_row", "Nordhavn | 12 derajat"),
    ]
