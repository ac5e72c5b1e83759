"""White space and characters that print nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.kompas.text.whitespace import collapse, printable


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" \n\t\u00a0 ", ""),
        ("  Presiden \u00a0 Lautania\n", "Presiden Lautania"),
        ("Presiden\u2003Lautania", "Presiden Lautania"),
        ("baris satu\r\nbaris dua", "baris satu baris dua"),
        ("Lau\u200btania", "Lautania"),
        ("Lau\u00adtania", "Lautania"),
        ("\ufeffLautania", "Lautania"),
        ("Lau\x00tania\x7f", "Lautania"),
        ("\x93Damai\x94 \x96 begitu kata\x85", "“Damai” – begitu kata…"),
        ("\u00e2\u0080\u009csungai ini\u00e2\u0080\u009d", "“sungai ini”"),
        ("tiba \u00f0\u009f\u0098\u0080", "tiba 😀"),
        ("São Tomé Â© ½", "São Tomé Â© ½"),
        ("caf\u00e9\u0094", "café”"),
        ("Rp 5 juta – separuhnya", "Rp 5 juta – separuhnya"),
        ("naïve 日本 🌊", "naïve 日本 🌊"),
    ],
)
def test_a_line_has_single_spaces_and_only_what_prints(text: str, line: str) -> None:
    """Without it a search for two words misses them because of an invisible character between them."""
    assert collapse(text) == line


@pytest.mark.parametrize("space", ["\x0b", "\x0c"])
def test_a_word_processors_line_break_parts_words(space: str) -> None:
    """Without it the last word of a pasted line and the first of the next become one."""
    assert collapse(f"kapal{space}nelayan") == "kapal nelayan"


@given(st.text())
@settings(deadline=None)
def test_collapsing_settles_at_once(text: str) -> None:
    """Without it the same page gives another text, and another content hash, when it is read again."""
    once = collapse(text)
    assert collapse(once) == once
    assert once == once.strip()
    assert "  " not in once


@given(st.text())
@settings(deadline=None)
def test_nothing_unprinted_is_left(text: str) -> None:
    """Without it control characters reach the user's files, where other programs choke on them."""
    assert not any(ord(character) < 32 and character not in "\t\n\r" for character in printable(text))
    assert not any(0x7F <= ord(character) < 0xA0 for character in printable(text))
