"""Bytes into a parsed document."""

import json

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


def _with_json(*scripts: str) -> Document:
    heads = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return _page(f"<html><head>{heads}</head><body><p>x</p></body></html>".encode())


ARTICLE = {"@type": "NewsArticle", "datePublished": "2020-10-18T05:57:24+00:00", "author": {"name": "Rara"}}
SITE = {"@type": "WebSite", "datePublished": "1999-01-01T00:00:00+00:00"}


@pytest.mark.parametrize(
    "scripts",
    [
        (json.dumps(ARTICLE),),
        (json.dumps(SITE), json.dumps(ARTICLE)),
        (json.dumps([SITE, ARTICLE]),),
        (json.dumps({"@context": "https://schema.org", "@graph": [SITE, ARTICLE]}),),
        ('{"@type": "NewsArticle", "headline": "Kata "rusak""}', json.dumps(ARTICLE)),
        ("", "null", "7", '"teks"', "[1, null, []]", json.dumps(ARTICLE)),
        ('{"@graph": null}', '{"@graph": []}', json.dumps(ARTICLE)),
        (json.dumps(ARTICLE).replace("Rara", "Rara\n\tMelati"),),
        (json.dumps(ARTICLE), json.dumps({**ARTICLE, "datePublished": "1970-01-01T00:00:00Z"})),
    ],
)
def test_the_first_news_article_is_found_in_any_arrangement(scripts: tuple[str, ...]) -> None:
    """Without it the machine-readable time of a story is lost whenever the page arranges it another way."""
    assert _with_json(*scripts).json_ld("datePublished") == "2020-10-18T05:57:24+00:00"


@pytest.mark.parametrize(
    "scripts", [(), ("{",), (json.dumps(SITE),), ('{"@graph": {"@type": "WebSite"}}',), (json.dumps("NewsArticle"),)]
)
def test_without_a_readable_news_article_there_are_no_facts(scripts: tuple[str, ...]) -> None:
    """Without it facts of the site as a whole are taken for facts of the story."""
    document = _with_json(*scripts)
    assert document.news_article == {}
    assert document.json_ld("datePublished") is None


@pytest.mark.parametrize(
    "script",
    [
        '{"@graph": 5}',
        '{"@graph": true}',
        "[" * 100_000,
        '{"@type": 5}',
        '[{"@type": true}]',
        '{"a": ' + "9" * 5000 + "}",
    ],
)
def test_absurd_json_does_not_cost_the_story(script: str) -> None:
    """Without it one odd script in the head of a page stops its reading with a traceback."""
    assert _with_json(script).news_article == {}


@pytest.mark.parametrize("kind", [["NewsArticle"], ["Article", "NewsArticle"]])
def test_a_list_of_types_counts_when_one_of_them_fits(kind: list[str]) -> None:
    """Without it the machine-readable time is lost on pages that name two types."""
    assert _with_json(json.dumps({**ARTICLE, "@type": kind})).json_ld("datePublished") is not None


def test_only_plain_strings_of_the_news_article_are_given() -> None:
    """Without it a structure or an empty string stands where a time should."""
    document = _with_json(json.dumps({**ARTICLE, "dateModified": "", "wordCount": 7}))
    assert document.json_ld("author") is None
    assert document.json_ld("dateModified") is None
    assert document.json_ld("wordCount") is None


def test_half_a_character_of_the_news_article_can_be_stored() -> None:
    """Without it a script cut in the middle of an escape costs the whole story when its record is written."""
    document = _with_json('{"@type": "NewsArticle", "datePublished": "2020-10-18T05:57:24\\ud83d"}')
    assert document.json_ld("datePublished") == "2020-10-18T05:57:24?"


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


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<h1>Kapal <em>Sri Lestari</em>, si <b>pe</b>nyelamat</h1>", "Kapal Sri Lestari, si penyelamat"),
        ('<h1>Nelayan: "<i>Laut</i>  kami"\n</h1>', 'Nelayan: "Laut kami"'),
        ("<h1>  </h1>", None),
    ],
)
def test_inline_markup_neither_parts_nor_glues_the_words_of_a_headline(markup: str, text: str | None) -> None:
    """Without it a word in italics stands apart from its own quotation marks."""
    assert text_of(Document(URL, markup.encode()).first("h1")) == text
