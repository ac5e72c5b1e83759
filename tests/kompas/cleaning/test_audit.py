"""Every character of a body is in a block or in a removal; the rest is reported."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fromstring

from crawler.items import Block
from crawler.kompas import tree
from crawler.kompas.cleaning import Body, Removal
from crawler.kompas.cleaning.audit import unaccounted
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from tests.fuzz.pages import article_pages
from tests.kompas.cleaning.box_markup import FURNITURE
from tests.kompas.cleaning.reading import read
from tests.kompas.cleaning.unclosed_markup import OPENED

ROOT = fromstring(
    "<div><p>Kapal <b>ban</b>tuan.</p><script>var x</script><form>Kirim</form><!-- x -->10<sup>6</sup></div>"
)
KEPT = [Block("paragraph", "Kapal bantuan."), Block("paragraph", "10⁶")]
REMOVED = [Removal("box/form", "Kirim")]


def test_a_body_whose_text_is_all_kept_or_removed_has_nothing_left_over() -> None:
    """Without it blanks, code and raised digits are reported as lost text on every page."""
    assert unaccounted(ROOT, Body(blocks=KEPT, removed=REMOVED)) == []


@pytest.mark.parametrize(
    ("blocks", "removed", "left"),
    [
        (KEPT, [], ["Kirim"]),
        (KEPT[:1], REMOVED, ["10", "6"]),
        (KEPT[1:], REMOVED, ["Kapal ", "ban", "tuan."]),
        ([Block("paragraph", "Kapal bantu."), KEPT[1]], REMOVED, ["tuan."]),
        ([], [], ["Kapal ", "ban", "tuan.", "Kirim", "10", "6"]),
    ],
)
def test_a_text_that_is_nowhere_is_reported(blocks: list[Block], removed: list[Removal], left: list[str]) -> None:
    """Without it a pass that drops a sentence is found by a reader, years later."""
    assert unaccounted(ROOT, Body(blocks=blocks, removed=removed)) == left


def test_a_text_that_is_printed_twice_and_kept_once_is_reported() -> None:
    """Without it a repeated line hides that one of its copies was lost."""
    root = fromstring("<div><p>Kapal.</p><p>Kapal.</p></div>")
    (left,) = unaccounted(root, Body(blocks=[Block("paragraph", "Kapal.")]))
    assert sorted(left) == sorted("Kapal.")


POINTER = 'Baca juga: <a href="/x">Judul</a>'
PIECES = [
    *(markup for markups in FURNITURE.values() for markup in markups),
    *OPENED.values(),
    *(f"<p>{POINTER}</p>", f"<p>Ia pulang. {POINTER}</p>", f"<p>{POINTER}Ia pulang.</p>", "<p>Baca juga:</p>"),
    *("<p>Kapal bantuan merapat.</p>", "NARA, KOMPAS.com - Kapal ", "Halaman:", "<p>Penulis: Rara Melati</p>"),
    *("<br>", "</div>", "</p>", "<strong>", "<b>1. Dua</b>", "<ul><li>satu", '" <a href="/t">AS</a> "'),
    *("<table><tr><td>a<td>b", "<figure><table><tr><td>a</table></figure>", "m<sup>2</sup>", "9<sub>2</sub>"),
    '<div class="fb-quote"></div>',
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


def _characters(texts: list[str]) -> Counter[str]:
    """Those that print, raised and lowered digits as digits, without the marks between cells."""
    return Counter("".join("".join(texts).split()).replace("|", "").translate(str.maketrans("⁶²₂", "622")))


@given(MARKUP)
@settings(max_examples=300, deadline=None)
def test_cleaning_any_markup_leaves_nothing_over_and_adds_nothing(markup: str) -> None:
    """Without it some mixture of rules loses text, or writes it twice."""
    body = read(markup)
    assert body.unaccounted == []
    printed = tree.xpath(fromstring(f"<div>{markup}</div>"), ".//text()[not(parent::script or parent::style)]")
    kept = [*(block.text for block in body.blocks), *(removal.text for removal in body.removed)]
    assert _characters(kept) == _characters(printed)


def test_no_page_of_the_tests_has_anything_left_over() -> None:
    """Without it text of real layouts is in no field and in no removal."""
    for name, page in article_pages().items():
        if "/" in name:
            assert read_article(Document(page.url, page.body)).body.unaccounted == [], name
