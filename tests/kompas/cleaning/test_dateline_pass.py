"""The dateline is taken off the body, once, and nothing else with it."""

import pytest

from tests.kompas.cleaning.reading import read, removals, texts, typed

ONE, TWO = "Kapal merapat.", "Penumpang turun."

OPENINGS = [
    (f"<p><strong>NARA, KOMPAS.com</strong> - {ONE}</p>", "NARA", "NARA, KOMPAS.com -"),
    (f"<p><strong>NARA, KOMPAS.com</strong> &ndash; {ONE}</p>", "NARA", "NARA, KOMPAS.com –"),
    (f"<p></p><p><strong>NARA, KOMPAS.com -</strong> {ONE}</p>", "NARA", "NARA, KOMPAS.com -"),
    (f"<strong>NARA, KOMPAS.com</strong> &mdash; {ONE}<br /><br />", "NARA", "NARA, KOMPAS.com —"),
    (f"<p><strong>NARA</strong>, <strong>KOMPAS.com</strong> - {ONE}</p>", "NARA", "NARA, KOMPAS.com -"),
    (f'<p><a href="/tag/nara">NARA</a>, KOMPAS.com - {ONE}</p>', "NARA", "NARA, KOMPAS.com -"),
    (f"<p>NARA,&nbsp;KOMPAS.com&nbsp;-&nbsp;{ONE}</p>", "NARA", "NARA, KOMPAS.com -"),
    (f"<p>NARA, KOMPAS.com -</p><p>{ONE}</p>", "NARA", "NARA, KOMPAS.com -"),
    (f"<p>NARA, KOMPAS.com - <br>{ONE}</p>", "NARA", "NARA, KOMPAS.com -"),
    (f"<p><strong>KOMPAS.com</strong> - {ONE}</p>", None, "KOMPAS.com -"),
    (f"<p>KOMPAS.com – {ONE}</p>", None, "KOMPAS.com –"),
]


@pytest.mark.parametrize(("markup", "place", "printed"), OPENINGS)
def test_the_dateline_is_taken_off_and_kept(markup: str, place: str | None, printed: str) -> None:
    """Without it stories open with the name of the site, and the place of the report is lost."""
    body = read(f"{markup}<p>{TWO}</p>")
    assert [(block.type, block.text) for block in body.blocks] == [("paragraph", ONE), ("paragraph", TWO)]
    assert (body.dateline, body.dateline_text) == (place, printed)
    assert [(removal.rule, removal.text) for removal in body.removed] == [("dateline/opening", printed)]


def test_a_story_without_a_dateline_says_so() -> None:
    """Without it continuation pages and columns get a place that is not printed."""
    body = read(f"<p>{ONE}</p><p>{TWO}</p>")
    assert (body.dateline, body.dateline_text, body.removed) == (None, None, [])


def test_a_heading_or_two_may_stand_before_it() -> None:
    """Without it stories with a subhead at the top keep the dateline in their text."""
    markup = f"<h2>Kabar Laut</h2><p>Ringkasan pagi.</p><p>NARA, KOMPAS.com - {ONE}</p>"
    assert typed(markup) == [("heading", "Kabar Laut"), ("paragraph", "Ringkasan pagi."), ("paragraph", ONE)]
    assert read(markup).dateline == "NARA"


def test_only_the_first_one_is_taken_off() -> None:
    """Without it round-ups, which repeat the openings of other stories, lose words in their middle."""
    markup = f"<p>NARA, KOMPAS.com - {ONE}</p><p>OSLO, KOMPAS.com - {TWO}</p>"
    assert texts(markup) == [ONE, f"OSLO, KOMPAS.com - {TWO}"]
    assert read(markup).dateline == "NARA"


def test_one_far_from_the_start_stays() -> None:
    """Without it a paragraph deep in the text loses its opening and the story gets a wrong place."""
    far = f"NARA, KOMPAS.com - {ONE}"
    assert texts(f"<p>{TWO}</p>" * 3 + f"<p>{far}</p>") == [TWO, TWO, TWO, far]


@pytest.mark.parametrize("tag", ["h2", "li", "blockquote"])
def test_headings_lists_and_quotations_keep_theirs(tag: str) -> None:
    """Without it subheads and quoted passages lose their first words."""
    assert texts(f"<{tag}>NARA, KOMPAS.com - {ONE}</{tag}><p>{TWO}</p>") == [f"NARA, KOMPAS.com - {ONE}", TWO]


def test_furniture_before_it_does_not_hide_it() -> None:
    """Without it one promotion line at the top keeps the dateline in the text."""
    furniture = "<p>Baca berita tanpa iklan. Gabung Kompas.com+</p><p>Lihat Foto</p><p>Halaman:</p>"
    body = read(f"{furniture}<p>NARA, KOMPAS.com - {ONE}</p>")
    assert [block.text for block in body.blocks] == [ONE]
    assert body.dateline == "NARA"


def test_a_lead_that_names_the_site_again_keeps_that() -> None:
    """Without it the lead loses everything up to the second mention of the site."""
    lead = "Rubrik baru KOMPAS.com - pagi ini - memuat kabar laut."
    assert texts(f"<p><strong>JAKARTA, KOMPAS.com</strong> - {lead}</p>") == [lead]


def test_a_lead_that_mentions_the_site_stays_whole() -> None:
    """Without it a sentence about the site loses its subject."""
    lead = "Menurut KOMPAS.com - media itu - harga gandum turun."
    assert texts(f"<p>{lead}</p><p>{TWO}</p>") == [lead, TWO]
    assert removals(f"<p>{lead}</p><p>{TWO}</p>") == []
