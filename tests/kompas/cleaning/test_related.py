""" "Baca juga" in every form: links, never text; prose that looks like it stays."""

import re

import pytest

from tests.kompas.cleaning.reading import pairs, read, removals, texts

LEAD = "Kapal itu merapat pagi hari."
TITLE = "Mercusuar Tua Menyala Lagi"
URL = "https://www.kompas.com/global/read/2021/04/20/101500370/mercusuar"
LINK = f'<a href="{URL}" class="inner-link-baca-juga" target="_self">{TITLE}</a>'
OTHER_TITLE = "Pulau Kecil Itu Bernama Sunyi"
OTHER_URL = "https://www.kompas.com/global/read/2021/04/19/091500470/pulau"
OTHER = f'<a href="{OTHER_URL}">{OTHER_TITLE}</a>'

WHOLE_LINES = [
    f"<p><strong>Baca juga: {LINK}</strong></p>",
    f"<p><em><strong>Baca juga: {LINK}</strong></em></p>",
    f"<p><strong>Baca juga : {LINK}</strong></p>",
    f"<p>Baca juga : {LINK}</p>",
    f"<p>Baca: {LINK}</p>",
    f"<p>(Baca: {LINK})</p>",
    f"<p>(Baca juga: {LINK})</p>",
    f"<p>[Baca juga: {LINK}]</p>",
    f"<p>( Baca juga: {LINK} )</p>",
    f"<p>Baca juga: {LINK}.</p>",
    f"<p>BACA JUGA: {LINK}</p>",
    f"<p>Baca Juga:&nbsp;{LINK}</p>",
    f"<p>Baca pula: {LINK}</p>",
    f"<p>Lihat juga: {LINK}</p>",
    f"<p>Simak juga: {LINK}</p>",
    f'<p><a href="{URL}">Baca juga: {TITLE}</a></p>',
    f'<p><strong><a href="{URL}">Baca: {TITLE}</a></strong></p>',
    f"<h3>Baca juga: {LINK}</h3>",
    f"<div>Baca juga: {LINK}</div>",
    f"<ul><li>Baca juga: {LINK}</li></ul>",
    f"<p>Baca juga:<br>{LINK}</p>",
    f"<p>Baca juga:</p><p>{LINK}</p>",
    f"<p><strong>Baca juga:</strong></p><ul><li>{LINK}</li></ul>",
    f"<p>Baca juga</p><ul><li>{LINK}</li></ul>",
    f'<p>Baca juga: <a href="{URL}">Mercusuar Tua</a> <a href="{URL}">Menyala Lagi</a></p>',
    f'<p>Baca juga: <a href="{URL}?page=all#page2">{TITLE}</a></p>',
    f'<p>Baca juga: <a href="{URL}"></a>{LINK}</p>',
    f'<p>Baca juga: <a href="/global/read/2021/04/20/101500370/mercusuar">{TITLE}</a></p>',
    f'<div class="inject-baca-juga"><p>Baca juga:</p>{LINK}</div>',
    f"<p>Baca juga: “{LINK}”</p>",
    f'<p>Baca juga: "{LINK}"</p>',
    f"<p><strong>Baca juga {LINK}</strong></p>",
    f"<p>Baca juga - {LINK}</p>",
    f"<p>Baca juga – {LINK}</p>",
    f"<p>Baca juga— {LINK}</p>",
    f"<p>Baca juga; {LINK}</p>",
    f"<p>Baca juga：{LINK}</p>",
    f"<p>Baca：{LINK}</p>",
    f"<p>(Baca juga {LINK})</p>",
    f"<p>Baca juga {LINK}.</p>",
    f"<p>Baca juga<br>{LINK}</p>",
    f"<p>Baca juga -</p><p>{LINK}</p>",
    f'<p><a href="{URL}">Baca juga {TITLE}</a></p>',
    f'<p><a href="{URL}">Baca juga:</a> {LINK}</p>',
    f"<p>Baca juga » {LINK}</p>",
    f"<p>Baca juga | {LINK}</p>",
    f"<p>Baca juga &gt; {LINK}</p>",
    f"<p>Baca juga{LINK}</p>",
    f"<p>➡ Baca juga: {LINK}</p>",
    f"<p>• Baca juga: {LINK}</p>",
    f"<p>Tonton: {LINK}</p>",
    f'<p>Baca juga: <a href="{URL}">Mercusuar<img src="/a.jpg">Tua Menyala Lagi</a></p>',
    f"<p>Berita terkait: {LINK}</p>",
    f"<p>Artikel terkait:</p><ul><li>{LINK}</li></ul>",
    f"<p>Baca juga: {LINK}{LINK}</p>",
    f'<p>Baca juga: Mercusuar <a href="{URL}">Tua</a> Menyala Lagi</p>',
    f"<p>Tonton juga: {LINK}</p>",
    f"<p>Tonton juga {LINK}</p>",
    f"<p>Saksikan juga: {LINK}</p>",
    f"<p>Dengarkan juga: {LINK}</p>",
    f'<p>Baca juga: <a href="{URL}">M</a><a href="{URL}">ercusuar Tua Menyala Lagi</a></p>',
    f'<p>Baca juga: <strong><a href="{URL}">M</a></strong><strong><a href="{URL.replace("https", "http")}">ercusuar Tua'
    " Menyala Lagi</a></strong></p>",
    f'<p>Baca juga:</p><ul><li><a href="{URL}">Mercus</a><a href="/lain">uar Tua Menyala Lagi</a></li></ul>',
    f"<p>Baca juga:</p><ul><li>{LINK} (Bagian 2)</li></ul>",
]

PAIRS_OF_LINKS = [
    f"<p>Baca juga:</p><ul><li>{LINK}</li><li>{OTHER}</li></ul>",
    f"<p>Baca juga:</p><p>{LINK}</p><p>{OTHER}</p>",
    f"<p>Baca juga: {LINK}<br>Baca juga: {OTHER}</p>",
    f"<p>Baca: {LINK}</p><p>Baca juga : {OTHER}</p>",
    f"<p>Baca juga: {LINK}, {OTHER}</p>",
    f"<p>Baca juga: {LINK} | {OTHER}</p>",
    f"<p><strong>Baca juga: {LINK}</strong> <strong>Baca juga: {OTHER}</strong></p>",
    f'<div class="inject-baca-juga"><ul><li>{LINK}</li><li>{OTHER}</li></ul></div>',
    f"<p>Baca juga {LINK}, {OTHER}</p>",
    f"<p>Tonton juga - {LINK}<br>Simak juga; {OTHER}</p>",
]

PROSE = [
    f'Tanggapannya silakan Anda baca selengkapnya <a href="{URL}" class="inner-link-baca-juga">di sini</a>.',
    f'Penasaran? Baca selengkapnya <a href="{URL}" class="inner-link-baca-juga">di sini</a>',
    f'Kapal itu <a href="{URL}" class="inner-link-baca-juga">pernah karam</a> dua kali.',
    f"Buku itu dijual di seluruh dunia - baca: {LINK} - dan laku keras.",
    "Baca: begitulah perintah guru tua itu setiap pagi.",
    "Baca juga peta sebelum berlayar, pesan sang kapten.",
    "Warga baca juga: koran lama yang ditempel di dinding.",
    f"Kapten itu berkata, ({OTHER}) sebelum pergi.",
    f"Baca juga {LINK} sebelum berlayar, pesan sang kapten.",
    "Baca juga - begitu pesannya - peta lama itu.",
    "Baca juga; lalu tulis, kata guru itu.",
    f"Ia menunggu. Baca juga {LINK} sebelum pergi.",
    "Tonton juga: begitu bunyi poster di dinding itu.",
    "Lihat juga peta di halaman muka.",
    "Tonton: kata itu tertulis pada tiket.",
    "Berita terkait: gempa dan ombak besar, kata penyiar itu.",
    f"Berita terkait {LINK} menyebar cepat.",
    "Baca jugalah buku itu, kata sang ratu.",
    f"Kapal itu (baca: {LINK} dan kawan-kawan) tiba.",
    "Kapal itu (baca: perahu) tiba.",
]


@pytest.mark.parametrize("markup", WHOLE_LINES)
def test_every_form_of_the_pointer_becomes_a_link(markup: str) -> None:
    """Without it headlines of other stories stand in the text, or the links between stories are lost."""
    markup = f"<p>{LEAD}</p>{markup}<p>{LEAD}</p>"
    assert texts(markup) == [LEAD, LEAD]
    assert pairs(markup) == [(TITLE, URL)]


@pytest.mark.parametrize("markup", PAIRS_OF_LINKS)
def test_two_pointers_become_two_links_in_order(markup: str) -> None:
    """Without it the second of two headlines stays in the text, or its link is lost."""
    markup = f"<p>{LEAD}</p>{markup}<p>{LEAD}</p>"
    assert texts(markup) == [LEAD, LEAD]
    assert pairs(markup) == [(TITLE, URL), (OTHER_TITLE, OTHER_URL)]


@pytest.mark.parametrize("sentence", PROSE)
def test_prose_with_the_words_or_the_class_of_a_pointer_stays(sentence: str) -> None:
    """Without it sentences disappear because an editor's tool marked a link in them."""
    body = read(f"<p>{LEAD}</p><p>{sentence}</p>")
    assert [block.text for block in body.blocks] == [LEAD, re.sub(r"<[^>]+>", "", sentence)]
    assert body.related == []


def test_a_sentence_glued_behind_the_link_is_kept() -> None:
    """Without it the paragraph that an editor forgot to part from the pointer is lost."""
    markup = f"<p><strong>Baca juga: {LINK}</strong>{LEAD}</p>"
    assert texts(markup) == [LEAD]
    assert pairs(markup) == [(TITLE, URL)]


def test_a_pointer_on_a_line_of_its_own_leaves_the_other_lines() -> None:
    """Without it a paragraph that holds a pointer between two breaks is lost as a whole."""
    markup = f"<p>{LEAD}<br>Baca juga: {LINK}<br>Lampunya padam.</p>"
    assert texts(markup) == [f"{LEAD}\nLampunya padam."]
    assert pairs(markup) == [(TITLE, URL)]


@pytest.mark.parametrize(
    "tail",
    [
        f"Baca juga: {LINK}",
        f"Baca: {LINK}",
        f"(Baca juga: {LINK})",
        f"(Baca: {LINK}).",
        f"<strong>Baca juga: {LINK}</strong>",
        f"Baca juga {LINK}",
        f"Baca juga - {LINK}",
        f"Tonton juga: {LINK}",
    ],
)
@pytest.mark.parametrize("sentence", [LEAD, "“Kapal itu merapat,” katanya.", "Siapa kaptennya?", "Ia tiba (Kamis)."])
def test_a_pointer_at_the_end_of_a_paragraph_is_cut_off(sentence: str, tail: str) -> None:
    """Without it the headline of another story ends the sentence, or the sentence goes with it."""
    markup = f"<p>{sentence} {tail}</p>"
    assert texts(markup) == [sentence]
    assert pairs(markup) == [(TITLE, URL)]


@pytest.mark.parametrize(
    "title", ["Mercusuar Menyala (Bagian 2)", "Siapa Penjaganya?", "Lampu No. 7", "“Laut” Kata Ia"]
)
def test_a_pointer_is_cut_off_whatever_its_headline_ends_with(title: str) -> None:
    """Without it headlines that end with a bracket, a mark or a quotation stay in the text."""
    markup = f'<p>{LEAD} Baca juga: <a href="{URL}">{title}</a></p>'
    assert texts(markup) == [LEAD]
    assert pairs(markup) == [(title, URL)]


def test_a_label_without_links_goes_and_takes_nothing_along() -> None:
    """Without it a bare label stays in the text, or the paragraph behind it is lost."""
    markup = "<p>Baca juga:</p><p>Lampu itu menyala.</p>"
    assert texts(markup) == ["Lampu itu menyala."]
    assert pairs(markup) == []


def test_a_list_behind_ordinary_text_stays() -> None:
    """Without it lists of links that belong to the story are taken for pointers."""
    markup = f"<p>Tiga bacaan disebut ratu itu:</p><ul><li>{LINK}</li></ul>"
    assert texts(markup) == ["Tiga bacaan disebut ratu itu:", TITLE]
    assert pairs(markup) == []


@pytest.mark.parametrize(
    "label", ["Baca juga:", "Baca juga :", "Baca juga：", "Baca juga -", "Baca juga –", "Baca juga;", "Tonton juga:"]
)
def test_a_pointer_without_a_link_is_dropped_and_recorded(label: str) -> None:
    """Without it a headline whose link was lost stands in the text, or vanishes without a trace."""
    line = f"{label} {TITLE}"
    assert texts(f"<p>{LEAD}</p><p>{line}</p>") == [LEAD]
    assert removals(f"<p>{LEAD}</p><p>{line}</p>") == [("related/unlinked", line)]


def test_a_list_without_links_behind_a_label_is_dropped_and_recorded() -> None:
    """Without it headlines whose links were lost stand in the text as points of a list."""
    markup = f"<p>{LEAD}</p><p>Baca juga:</p><ul><li>{TITLE}</li><li>{OTHER}</li></ul><p>{LEAD}</p>"
    assert texts(markup) == [LEAD, LEAD]
    assert pairs(markup) == [(OTHER_TITLE, OTHER_URL)]
    assert ("related/unlinked", TITLE) in removals(markup)


@pytest.mark.parametrize(
    ("sentence", "prose"),
    [
        ("Kapal itu tiba ({}) pagi hari.", "Kapal itu tiba pagi hari."),
        ("Kapal itu tiba ({}).", "Kapal itu tiba."),
        ("Kapal itu tiba [{}], lalu pergi.", "Kapal itu tiba, lalu pergi."),
        ("Kapal itu ( {} ) tiba.", "Kapal itu tiba."),
    ],
)
@pytest.mark.parametrize("label", ["Baca juga:", "baca:", "Baca juga", "lihat juga:"])
def test_a_pointer_in_brackets_is_cut_out_of_its_sentence(sentence: str, prose: str, label: str) -> None:
    """Without it the headline of another story stands in the middle of a sentence."""
    markup = f"<p>{sentence.format(f'{label} {LINK}')}</p>"
    assert texts(markup) == [prose]
    assert pairs(markup) == [(TITLE, URL)]


def test_a_quotation_behind_a_pointer_keeps_its_marks() -> None:
    """Without it the speech behind a pointer loses the mark that opens it."""
    assert texts(f'<p>Baca juga: "{LINK}" "Kami lega," katanya.</p>') == ['"Kami lega," katanya.']
    assert texts(f"<p>Baca juga: {LINK} “Kami lega,” katanya.</p>") == ["“Kami lega,” katanya."]


def test_a_pointer_between_two_sentences_of_a_line_is_cut_out() -> None:
    """Without it a pointer that an editor glued into a paragraph stays, or takes the paragraph along."""
    markup = f"<p>{LEAD} <strong>Baca juga: {LINK}</strong> Lampunya padam.</p>"
    assert texts(markup) == [f"{LEAD} Lampunya padam."]
    assert pairs(markup) == [(TITLE, URL)]


def test_a_sentence_behind_a_pointer_keeps_its_link() -> None:
    """Without it the link at the start of a sentence is taken for a second pointer."""
    markup = f"<p>Baca juga: {LINK}. {OTHER} adalah judul buku itu.</p>"
    assert texts(markup) == [f"{OTHER_TITLE} adalah judul buku itu."]
    assert pairs(markup) == [(TITLE, URL)]


@pytest.mark.parametrize("form", WHOLE_LINES)
def test_what_is_removed_is_what_is_missing(form: str) -> None:
    """Without it the record of a removal holds words that are still in the text, or lacks some that are not."""
    assert read(f"<p>{LEAD}</p>{form}").unaccounted == []


def test_a_pointer_as_the_last_line_is_a_link() -> None:
    """Without it stories end with the headline of another one."""
    assert texts(f"<p>{LEAD}</p><p>Baca juga: {LINK}</p><p>\u00a0</p>") == [LEAD]


@pytest.mark.parametrize("href", ["https://[", "http://[salah/read"])
@pytest.mark.parametrize(
    "form", ['<p>Baca juga: <a href="{}">J</a></p>', '<div class="inject-baca-juga"><a href="{}">J</a></div>']
)
def test_a_mistyped_address_does_not_cost_the_story(form: str, href: str) -> None:
    """Without it one mistyped link under a story stops its reading with a traceback."""
    assert texts(f"<p>{LEAD}</p>{form.format(href)}") == [LEAD]


def test_a_link_without_an_address_leads_nowhere() -> None:
    """Without it the story is related to itself."""
    body = read("<p>Satu dua tiga.</p><p><strong>Baca juga: <a>Tanpa Alamat</a></strong></p><p>Empat lima.</p>")
    assert body.related == []


@pytest.mark.parametrize(
    "title", ["Bunga Itu Mekar", "apel jatuh", "julang", "Guntur di Bukit", "cahaya", ": titik dua"]
)
@pytest.mark.parametrize("before", ["Baca juga: ", "Ia pulang. Baca juga: ", "  <b>Baca</b>\u00a0juga :  "])
def test_a_link_that_is_cut_behind_its_first_letter_is_one_title(title: str, before: str) -> None:
    """Without it a title that begins with a letter of "Baca juga" loses it, and the rest is text of the story."""
    link = f'<a href="{URL}">{title[:1]}</a><a href="{URL}">{title[1:]}</a>'
    body = read(f"<p>{LEAD}</p><p>{before}{link}</p>")
    assert [one.title for one in body.related] == [title]
    assert len(body.blocks) == 1 + before.startswith("Ia")
