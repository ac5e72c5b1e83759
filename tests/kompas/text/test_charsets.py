"""Bytes that are not quite utf-8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.kompas.pages.document import decode
from crawler.kompas.text.charsets import decode_mended, is_mostly_utf_8

HTML = "text/html; charset={}"
DAMAGED = [
    (b"kata dia \xe2\x80", "kata dia "),
    (b'kata dia \xe2\x80"', 'kata dia "'),
    (b"kata dia \xe2\x80...", "kata dia ..."),
    (b"kata dia \xe2", "kata dia "),
    (b'tiba \xf0\x9f\x98"', 'tiba "'),
    (b"tiba \xf0\x9f lagi", "tiba  lagi"),
    (b"S\xe3o Tom\xe9 dan Sarajevo", "S\xe3o Tom\xe9 dan Sarajevo"),
    (b"\x93Damai\x94 \x96 lagi\x85", "\u201cDamai\u201d \u2013 lagi\u2026"),
    (b"Curi\xe2n", "Curi\xe2n"),
    (b"senyum \xed\xa0\xbd\xed\xb8\x80.", "senyum \U0001f600."),
    (b"senyum \xed\xa0\xbd.", "senyum ."),
    (b"rakit\xc0\x80bambu", "rakitbambu"),
]


@pytest.mark.parametrize(("body", "text"), DAMAGED)
def test_damage_costs_the_damaged_character_only(body: bytes, text: str) -> None:
    """Without it a description that was cut in a character ends in rubbish."""
    assert decode_mended(body) == text


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1", "latin1"])
@pytest.mark.parametrize("damage", [b"\xe2\x80", b"\xf0\x9f\x98", b"\x93"])
def test_one_damaged_place_does_not_spoil_a_page_with_a_wrong_charset(charset: str, damage: bytes) -> None:
    """Without it one torn character turns every quotation mark of a page into three letters."""
    page = "\u201cRakit\u201d \u2013 kata dia\u2026 ".encode() + damage + b" selesai"
    assert decode(page, HTML.format(charset)).startswith("\u201cRakit\u201d \u2013 kata dia\u2026 ")


@given(st.text(alphabet=st.characters(min_codepoint=0xC0, max_codepoint=0xFF), min_size=2))
def test_a_text_in_another_charset_is_not_taken_for_utf_8(text: str) -> None:
    """Without it old pages in Latin-1 lose their accents."""
    assert not is_mostly_utf_8(text.encode("latin-1"))


@given(st.binary())
def test_no_bytes_stop_the_decoding(body: bytes) -> None:
    """Without it one broken answer ends a run, or leaves half a character that nothing can store."""
    decode_mended(body).encode()
