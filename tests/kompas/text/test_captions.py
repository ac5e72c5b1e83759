"""Captions and credits of photos."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.kompas.text.captions import credit_name, without_credit
from crawler.kompas.text.whitespace import collapse

CREDITS = [
    "AP PHOTO/RARA MELATI",
    "AFP PHOTO / RARA MELATI",
    "AFP/Rara Melati/KCNA Via KNS",
    "RARA MELATI / AFP",
    "REUTERS via VOA INDONESIA",
    "THE LOCAL.SE",
    "PIXABAY",
    "DOK. KOMPAS",
    "dok.Koran",
    "Wikimedia Commons",
]


@pytest.mark.parametrize("credit", CREDITS)
def test_a_credit_loses_its_brackets_only(credit: str) -> None:
    """Without it one photographer is two in the data, with brackets and without."""
    assert credit_name(credit) == credit
    assert credit_name(f" ({credit}) ") == credit
    assert credit_name(f"( {credit} )\n") == credit
    assert credit_name(f"( ({credit}))") == credit


@pytest.mark.parametrize("text", ["", " ", "()", "( )", "\u00a0"])
def test_an_empty_credit_is_none(text: str) -> None:
    """Without it a photo without a credit seems to have one."""
    assert credit_name(text) is None


@pytest.mark.parametrize("credit", CREDITS)
def test_a_credit_in_brackets_at_either_end_is_cut_off(credit: str) -> None:
    """Without it the caption names the photographer, who has a field of his own."""
    caption = "Nelayan menjemur jala di tepi dermaga."
    for printed in (f"({credit}) {caption}", f"{caption}({credit})", f"{caption} ({credit})"):
        assert without_credit(printed, credit) == caption


@pytest.mark.parametrize(
    ("text", "credit", "caption"),
    [
        ("Nelayan menjemur jala.", None, "Nelayan menjemur jala."),
        ("Nelayan  menjemur\u00a0jala.", "AFP", "Nelayan menjemur jala."),
        ("Kantor AFP di kota itu.", "AFP", "Kantor AFP di kota itu."),
        ("()", "AFP", None),
        ("(AFP)", "AFP", None),
        ("", "AFP", None),
        ("", None, None),
    ],
)
def test_a_caption_keeps_what_is_its_own(text: str, credit: str | None, caption: str | None) -> None:
    """Without it captions are cut short or say the same twice."""
    assert without_credit(text, credit) == caption


@pytest.mark.parametrize(
    ("text", "credit", "caption"),
    [
        ("APEC digelar di tepi danau. (AP)", "AP", "APEC digelar di tepi danau."),
        ("AFP pertama kali menyiarkan foto lama ini", "AFP", "AFP pertama kali menyiarkan foto lama ini"),
    ],
)
def test_only_the_credit_itself_is_cut_off(text: str, credit: str, caption: str) -> None:
    """Without it a caption whose first or last word is spelled like the credit loses a piece of that word."""
    assert without_credit(text, credit) == caption


@given(st.text(), st.none() | st.text())
@settings(deadline=None)
def test_a_caption_never_gains_text(text: str, credit: str | None) -> None:
    """Without it captions may hold words that their page does not."""
    caption = without_credit(text, credit)
    assert caption is None or (caption and caption in collapse(text))
    name = credit_name(text)
    assert name is None or (name and name in collapse(text))
