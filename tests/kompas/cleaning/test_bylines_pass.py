"""Credit lines at both ends of a body are credits, not text."""

import pytest

from crawler.kompas.text.bylines import Byline
from tests.kompas.cleaning.reading import read, removals, texts

ONE, TWO, THREE = "Kapal merapat.", "Penumpang turun.", "Hujan reda."
STORY = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{ONE}</p><p>{TWO}</p>"
KEPT = [ONE, TWO, THREE, ONE, TWO]

LINES = [
    ("Penulis: Rara Melati", Byline(["Rara Melati"])),
    ("<strong>Penulis:</strong> <a href='/p'>Rara Melati</a>", Byline(["Rara Melati"])),
    ("(Penulis: VOA Indonesia)", Byline(["VOA Indonesia"])),
    ("Oleh: Rara Melati, Bagus Taruna", Byline(["Rara Melati", "Bagus Taruna"], is_own=True)),
    ("Editor: Bagus Taruna", Byline([], ["Bagus Taruna"])),
    ("<b>Penulis: Rara Melati | Editor: Bagus Taruna</b>", Byline(["Rara Melati"], ["Bagus Taruna"])),
    ("Penulis: Rara Melati, M.Si.", Byline(["Rara Melati, M.Si."])),
]


@pytest.mark.parametrize(("line", "byline"), LINES)
def test_a_credit_at_either_end_is_taken_off(line: str, byline: Byline) -> None:
    """Without it the writer named in the body is part of the text and not the author."""
    for markup in (f"<p>{line}</p>{STORY}", f"<p>{ONE}</p><p>{line}</p>{STORY}", f"{STORY}<div>{line}</div>"):
        body = read(markup)
        assert body.bylines == [byline]
        assert [block.text for block in body.blocks][-5:] == KEPT
        assert [removal.rule for removal in body.removed] == ["byline/line"]


def test_both_credits_at_the_end_are_taken_off() -> None:
    """Without it the second of two credit lines stays in the text."""
    body = read(f"{STORY}<p>Penulis: Rara Melati</p><p>Editor: Bagus Taruna</p>")
    assert body.bylines == [Byline(["Rara Melati"]), Byline([], ["Bagus Taruna"])]
    assert [block.text for block in body.blocks] == KEPT


def test_a_credit_in_the_middle_is_part_of_the_story() -> None:
    """Without it a story about a book loses the line that names its writer."""
    middle = "Penulis: Rara Melati"
    markup = f"{STORY}<p>{middle}</p>{STORY}"
    assert texts(markup) == [*KEPT, middle, *KEPT]
    assert read(markup).bylines == []


def test_a_body_that_is_nothing_but_a_credit_keeps_it() -> None:
    """Without it a page of one line has no text at all."""
    assert texts("<p>Penulis: Rara Melati</p>") == ["Penulis: Rara Melati"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Penulis buku itu berkata semua bab sudah selesai.",
        "Editor koran itu pulang lebih awal.",
        "Oleh karena itu, kapal ditahan.",
        "Sumber itu menambahkan, dua kapal sudah berangkat.",
    ],
)
def test_a_sentence_that_opens_like_a_credit_stays(sentence: str) -> None:
    """Without it first and last sentences of stories disappear and become names."""
    assert texts(f"<p>{sentence}</p>{STORY}<p>{sentence}</p>") == [sentence, *KEPT, sentence]
    assert removals(f"<p>{sentence}</p>{STORY}") == []


def test_a_credit_before_the_dateline_does_not_hide_it() -> None:
    """Without it columns keep the dateline in their text."""
    body = read(f"<p>Oleh: Rara Melati</p><p>NARA, KOMPAS.com - {ONE}</p><p>{TWO}</p>")
    assert body.dateline == "NARA"
    assert [block.text for block in body.blocks] == [ONE, TWO]
