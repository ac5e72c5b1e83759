"""Cleaning of any small tree: it never fails, never invents, never loses without a record."""

import html
import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, fromstring

from crawler.kompas.cleaning import Body, clean
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from tests.fuzz.pages import article_pages
from tests.kompas.cleaning.reading import PAGE, texts

WORDS = st.sampled_from(
    [
        *(" ", "  ", "\n", "\u00a0", "\u200b", "(", ")", ",", ".", "“", "”", '"', "–", "&", "<", "1.", "2021"),
        *("kapal", "merapat", "Nara", "Ratu", "baca", "juga", "Halaman:", "Kompas.com mencatat ", "Oke", "日本", "é"),
    ]
)
TEXT = st.lists(WORDS, max_size=6).map("".join).map(html.escape)


def _wrap(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element round some children; `a` with an address, as the site writes tag links."""
    inside = st.lists(children, max_size=4).map("".join)
    tags = st.sampled_from(["p", "div", "strong", "em", "ul", "li", "a"])
    return st.builds(
        lambda tag, text: f'<{tag} href="/tag/x">{text}</{tag}>' if tag == "a" else f"<{tag}>{text}</{tag}>",
        tags,
        inside,
    )


TREES = st.lists(st.recursive(TEXT | st.just("<br>"), _wrap, max_leaves=14), max_size=5).map("".join)
INLINE = frozenset(("strong", "em", "a"))
WORD = re.compile(r"\w+")


def _tree(markup: str) -> HtmlElement:
    return fromstring(f"<div>{markup}</div>")


def _plain(element: HtmlElement) -> str:
    """The element's text as a reader sees it: a break wherever a block or a line ends."""
    parts: list[str] = []
    edge = "" if element.tag in INLINE else "\n"
    parts.append(edge + (element.text or ""))
    for child in element:
        parts += [_plain(child), child.tail or ""]
    return "".join(parts).replace("\u200b", "") + edge


def _wrapped(body: Body) -> str:
    return "".join(f"<p>{html.escape(block.text).replace(chr(10), '<br>')}</p>" for block in body.blocks)


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_no_tree_stops_the_cleaning(markup: str) -> None:
    """Without it one page with odd markup is lost with a traceback."""
    for block in clean(_tree(markup), PAGE).blocks:
        assert block.type in {"paragraph", "heading", "list_item", "quote"}
        assert block.text
        assert all(line == line.strip() and line for line in block.text.split("\n"))


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_no_word_is_invented_glued_or_cut(markup: str) -> None:
    """Without it the text may hold words that the page does not: two glued together, or the half of one."""
    tree = _tree(markup)
    known = set(WORD.findall(_plain(tree)))
    for block in clean(tree, PAGE).blocks:
        assert set(WORD.findall(block.text)) <= known


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_the_text_never_grows(markup: str) -> None:
    """Without it sentences may stand twice in a story, or in another order than the page has them."""
    tree = _tree(markup)
    page = iter(WORD.findall(_plain(tree)))
    for block in clean(tree, PAGE).blocks:
        for word in WORD.findall(block.text):
            assert word in page, f"{word} does not follow on the page"


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost_without_a_record(markup: str) -> None:
    """Without it sentences disappear from stories without a record of the rule."""
    tree = _tree(markup)
    body = clean(tree, PAGE)
    kept = " ".join([*(block.text for block in body.blocks), *(removal.text for removal in body.removed)])
    assert Counter(WORD.findall(_plain(tree))) <= Counter(WORD.findall(kept))


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_cleaning_its_own_text_changes_nothing(markup: str) -> None:
    """Without it a story changes every time it is read again, and counts as revised."""
    body = clean(_tree(markup), PAGE)
    again = clean(_tree(_wrapped(body)), PAGE)
    assert [block.text for block in again.blocks] == [block.text for block in body.blocks]


def test_cleaning_the_text_of_a_whole_page_changes_nothing() -> None:
    """Without it a rule may take away what another has just made, and only on pages longer than those above."""
    stories = [page for name, page in article_pages().items() if "/" in name]
    for page in stories:
        body = read_article(Document(page.url, page.body)).body
        texts_of_blocks = [
            block.text.strip() for block in body.blocks
        ]  # an empty cell opens or ends a row with a blank
        assert [text.strip() for text in texts(_wrapped(body))] == texts_of_blocks, page.url
    assert len(stories) >= 25


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_any_text_between_tags_is_read(text: str) -> None:
    """Without it a page with unexpected characters is lost."""
    element = fromstring("<div><p>kapal</p></div>")
    element[0].tail = re.sub(r"[^\t\n\r\x20-\ud7ff\ue002-\ufffd\U00010000-\U0010ffff]", "", text)
    assert clean(element, PAGE).blocks[0].text == "kapal"
