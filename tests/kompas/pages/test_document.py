"""Bytes into a parsed document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import EmptyPage
from crawler.kompas.pages.document import Document, decode
from crawler.kompas.text.whitespace import collapse
from crawler.kompas.tree import text_of

URL = "https://www.kompas.com/global/read/2021/04/22/160600870/judul"
PROSE = "“Damai,” kata ratu – lalu pergi… ke São Tomé"

DECODED = [
    (PROSE.encode(), None),
    (PROSE.encode("utf-8-sig"), None),
    (PROSE.encode("utf-16"), None),
    (PROSE.encode("utf-8-sig"), "text/html; charset=windows-1252"),
    (PROSE.encode(), "text/html; charset=windows-1252"),
    (PROSE.encode(), "text/html; charset=iso-8859-1"),
    (PROSE.encode(), "text/html; charset=tidak-ada"),
    (PROSE.encode("cp1252"), "text/html; charset=windows-1252"),
    (PROSE.encode("cp1252"), "text/html; charset=ISO-8859-1"),
    (PROSE.encode("cp1252"), "text/html; charset=us-ascii"),
    (PROSE.encode("cp1252"), None),
    (PROSE.encode("cp1252"), "text/html; charset=utf-8"),
    (PROSE.encode("cp1252"), "text/html; charset=tidak-ada"),
    *((PROSE.encode("cp1252"), f"text/html; charset={name}") for name in ("hex", "zlib", "idna", "punycode", "utf-7")),
    *((PROSE.encode("cp1252"), f"text/html; charset={name}") for name in ("undefined", "unicode_escape")),
    (PROSE.encode()[:30] + PROSE[len(PROSE.encode()[:30].decode()) :].encode("cp1252"), "text/html; charset=utf-8"),
]


def _page(body: bytes, content_type: str | None = None) -> Document:
    return Document(URL, body, content_type)


def _text(document: Document) -> str:
    return text_of(document.first("p")) or ""


@pytest.mark.parametrize(("body", "content_type"), DECODED)
def test_every_charset_that_the_site_has_used_is_read(body: bytes, content_type: str | None) -> None:
    """Without it quotation marks and dashes of some years turn into rubbish."""
    assert decode(body, content_type) == PROSE


def test_a_charset_declared_in_the_page_is_used() -> None:
    """Without it archived pages without headers lose their letters."""
    page = f'<html><head><meta charset="windows-1251"></head><body><p>Мир {PROSE[1:6]}</p></body></html>'
    assert _text(_page(page.encode("cp1251"))) == f"Мир {PROSE[1:6]}"


def test_windows_bytes_inside_utf_8_become_their_characters() -> None:
    """Without it one quotation mark that an editor pasted spoils every other letter of the page."""
    body = "<p>Ratu é berkata ".encode() + b"\x93Damai\x94 \x96 lagi\x85 \x81" + " “ya” 日本</p>".encode()
    assert _text(_page(body, "text/html; charset=utf-8")).startswith("Ratu é berkata “Damai” – lagi…")
    assert _text(_page(body)).endswith("“ya” 日本")


def test_a_body_that_was_cut_off_in_a_character_is_read() -> None:
    """Without it a page whose transfer broke is lost with a traceback."""
    assert _text(_page(f"<p>{PROSE}".encode()[:-1])).startswith(PROSE[:-1])


def test_control_characters_and_nul_do_not_cut_the_page() -> None:
    """Without it a page with one stray byte ends there."""
    page = _page(b"<p>satu\x00 du\x01a\x02 ti\x1fga</p><p>empat</p>")
    assert collapse(str(page.root.xpath("string()"))) == "satu dua tigaempat"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n\t ",
        b"\xef\xbb\xbf",
        b"\x00\x00",
        b"<!-- kosong -->",
        b"<!DOCTYPE html>",
        b"<html><body></body></html>",
    ],
)
def test_a_page_without_an_element_is_empty(body: bytes) -> None:
    """Without it an empty answer of the server counts as a page of unknown markup, or as a story."""
    with pytest.raises(EmptyPage, match="160600870"):
        _page(body)


@pytest.mark.parametrize("slip", [b"na\x01me", b'"', b"{x}", b"a:b:c", b"=", b"\xc2\x85"])
def test_a_mistyped_attribute_does_not_cost_the_others(slip: bytes) -> None:
    """Without it a stray character in one meta tag of the head loses the story with a traceback."""
    document = _page(b'<meta name="content_category" ' + slip + b'="x" content="Global"><p>x</p>')
    assert document.meta("content_category") == "Global"


def test_metas_are_read_by_name_or_property_and_the_first_wins() -> None:
    """Without it the section, the count of words or the time that the page states is lost or replaced."""
    document = _page(
        b'<meta name="content_category" content=" Global "><meta property="og:title" content="Judul">'
        b'<meta name="content_category" content="News"><meta name="kosong" content=""><meta name="tanpa"><p>x</p>'
    )
    assert document.meta("content_category") == "Global"
    assert document.meta("og:title") == "Judul"
    assert document.meta("kosong") is None
    assert document.meta("tanpa") is None


@pytest.mark.parametrize(
    "metas",
    [
        b'<meta name="waktu" content=""><meta name="waktu" content="2021">',
        b'<meta name="waktu" content=" &nbsp; "><meta name="waktu" content="2021">',
        "<meta name='waktu' content='\u200b\ufeff'><meta name='Waktu' content='2021'>".encode(),
        b'<meta name="waktu"><meta property="waktu" content="2021">',
        b'<meta name="lain" property="waktu" content="2021">',
        b'<meta property="lain" name="waktu" content="2021">',
        b'<meta itemprop="waktu" content="2020"><meta name="waktu" content="2021">',
        b'<meta itemprop="waktu" content="2021">',
        b'<meta name="waktu" content="2021"><meta name="waktu" content="2020">',
        "<meta name='waktu' content='\ufeff2021\u200b '>".encode(),
    ],
)
def test_the_first_meta_that_says_something_is_read_under_all_its_names(metas: bytes) -> None:
    """Without it an empty tag in front hides the time of a story, or a second name hides the tag."""
    assert _page(metas + b"<p>x</p>").meta("waktu") == "2021"


@pytest.mark.parametrize(
    ("head", "base"),
    [
        (b"", URL),
        (b'<base href="https://internasional.kompas.com/">', "https://internasional.kompas.com/"),
        (b'<base target="_self"><base href="/lain/">', "https://www.kompas.com/lain/"),
        (b'<base href="https://[">', URL),
    ],
)
def test_relative_links_are_read_against_the_base_of_the_page(head: bytes, base: str) -> None:
    """Without it related links and pictures of a page with a base lead nowhere."""
    assert _page(b"<head>" + head + b"</head><p>x</p>").base_url == base


def test_the_first_element_that_prints_text_is_read() -> None:
    """Without it a page whose first headline is an empty mark has none."""
    document = _page(b"<h1 class='a'></h1><h1 class='a'><i> </i></h1><h1 class='a'>Dua</h1><h1 class='b'>Tiga</h1>")
    assert document.first_text(".a", ".b") == "Dua"
    assert document.first_text(".tidak", ".b") == "Tiga"
    assert document.first_text(".tidak") is None


def test_the_first_query_that_fits_gives_the_element() -> None:
    """Without it a page that has both the old and the new box is read from the wrong one."""
    document = _page(b"<div class='a'>1</div><p class='b'>2</p><p class='b'>3</p>")
    assert text_of(document.first(".tidak", ".b", ".a")) == "2"
    assert document.first(".tidak") is None


@given(st.binary(), st.sampled_from([None, "text/html", "text/html; charset=cp1252", "text/html; charset=x", ";;"]))
@settings(max_examples=200, deadline=None)
def test_no_bytes_stop_a_crawl(body: bytes, content_type: str | None) -> None:
    """Without it one broken answer ends a run."""
    try:
        document = _page(body, content_type)
    except EmptyPage:
        return
    assert document.news_article == {}
