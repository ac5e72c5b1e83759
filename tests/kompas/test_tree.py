"""Queries over a page's marks find what the same queries find by looking through the whole page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import PageError, TooDeep
from crawler.kompas import marks, tree
from crawler.kompas.pages.document import Document
from tests.make import URL

NAMES = ("a", "b", "c")
TAGS = ("div", "p", "span")
QUERIES = (
    *(".a", "div.a", "#a", "p#b", ".a.b", "div"),
    *(".a .b", "div.a p", "div.a > p", ".a.b .c", "#a .b, .c", ".a, .b", ".a, [id]", "[id], [title$='b']"),
    *("div .a", ".a + .b", ".a ~ p", ".a:not(.b)", ".a p:not(.c) .b", "[class~=a]", "[id^=a] .b", ".a:first-child"),
    *(".a[id]", "p[title='teks.b']", ".a [title='teks.b'] .c", "[title*='.b']", ".a[title='teks.b']"),
)


def elements(depth: int) -> st.SearchStrategy[str]:
    inner = elements(depth - 1) if depth else st.just("teks")
    return st.builds(
        lambda tag, classes, name, children: (
            f"<{tag} title='teks.b' class='{' '.join(classes)}'{f' id={name}' if name else ''}>"
            f"{''.join(children)}</{tag}>"
        ),
        st.sampled_from(TAGS),
        st.lists(st.sampled_from(NAMES), max_size=3),
        st.sampled_from([None, *NAMES]),
        st.lists(inner, max_size=3),
    )


@given(st.lists(elements(3), min_size=1, max_size=4))
def test_marks_find_the_same(markup: list[str]) -> None:
    """Without it a layout is read from another element than the one its query names, on some pages only."""
    root = tree.parse(f"<html><body>{''.join(markup)}</body></html>")
    index = marks.marks_of(root)
    for query in QUERIES:
        assert marks.select(root, query, index) == tree.css(root, query), query


@pytest.mark.parametrize("query", [".tidak", "div.tidak a", ".ada .tidak, #tidak"])
def test_what_a_page_cannot_hold_is_not_looked_for(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it every page is searched for what other years have, which took most of the time."""
    document = Document(URL, b"<div class='ada'><p>teks</p></div>")
    monkeypatch.setattr(marks, "css", lambda *asked: pytest.fail(str(asked)))
    assert document.select(query) == []


TEXTS = [
    ("Rakit<br>tiba", "Rakit tiba"),
    ("Rakit <br/> tiba", "Rakit tiba"),
    ("<p>Rakit</p><p>tiba</p>", "Rakit tiba"),
    ("<div>Rakit</div>tiba", "Rakit tiba"),
    ("<ul><li>Rakit</li><li>tiba</li></ul>", "Rakit tiba"),
    ("Ra<b>kit</b> ti<i>ba</i>", "Rakit tiba"),
    ("Ra<!-- x -->kit tiba", "Rakit tiba"),
    ("<span>Rakit</span><span>tiba</span>", "Rakit tiba"),
    ("<span>Ra</span>kit <span>tiba</span>", "Rakit tiba"),
    ("Rakit tiba<script>var x = 1;</script>", "Rakit tiba"),
    ("<style>p {}</style>Rakit <noscript>x</noscript>tiba<template>y</template>", "Rakit tiba"),
    ("  Rakit\n&nbsp; tiba ", "Rakit tiba"),
    ("Rakit tiba", "Rakit tiba"),
    ("", None),
    ("<br><script>x</script>", None),
]


@pytest.mark.parametrize(("markup", "text"), TEXTS)
def test_the_text_of_a_label_has_its_words_apart_and_no_code(markup: str, text: str | None) -> None:
    """Without it a headline of two lines holds a word that is none, and a tag cannot be found."""
    (element,) = tree.css(tree.parse(f"<html><body><div id='x'>{markup}</div>sisa</body></html>"), "#x")
    assert tree.text_of(element) == text


def test_what_is_deeper_than_the_parser_reads_is_refused() -> None:
    """Without it a page with thousands of unclosed elements gives the first half of its story as the whole."""
    whole = tree.parse("<div>" * 2000 + "teks" + "</div>" * 2000 + "<p>akhir</p>")
    assert tree.xpath(whole, "//p/text()") == ["akhir"]
    for deep in ("<div>" * 2100 + "teks" + "</div>" * 2100 + "<p>akhir</p>", "<div><span>teks\n" * 1100):
        with pytest.raises(TooDeep, match="2,048"):
            tree.parse(deep)
    assert issubclass(TooDeep, PageError)
