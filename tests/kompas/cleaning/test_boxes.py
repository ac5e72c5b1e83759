"""Boxes between the paragraphs are emptied, elements that look like them stay."""

import pytest
from lxml.html import fromstring, tostring

from crawler.kompas.cleaning import clean
from crawler.kompas.cleaning.rules import BOXES
from tests.kompas.cleaning.box_markup import FURNITURE, PROSE
from tests.kompas.cleaning.reading import read, removals, texts

BEFORE, AFTER = "Kapal itu merapat pagi hari.", "Penumpangnya turun satu demi satu."


def _cases(markups: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, markup) for name, those in markups.items() for markup in those]


def test_every_rule_has_markup_that_it_empties_and_markup_that_outlives_it() -> None:
    """Without it a new rule empties paragraphs that its author did not consider."""
    names = [rule.name for rule in BOXES]
    assert len(names) == len(set(names))
    for examples in (FURNITURE, PROSE):
        assert set(examples) == set(names)
        assert all(examples.values())


@pytest.mark.parametrize(("name", "markup"), _cases(FURNITURE))
def test_a_box_is_emptied_and_the_text_round_it_stays(name: str, markup: str) -> None:
    """Without it advertising, controls and code of the site stand in the text of stories."""
    assert texts(f"<p>{BEFORE}</p>{markup}<p>{AFTER}</p>") == [BEFORE, AFTER]
    assert "KATA" in markup, name


@pytest.mark.parametrize(("name", "markup"), _cases(FURNITURE))
def test_what_a_box_held_is_kept_with_the_rule(name: str, markup: str) -> None:
    """Without it a user cannot find the rule that removed a text."""
    rules = {rule for rule, text in removals(f"<p>{BEFORE}</p>{markup}") if "KATA" in text}
    silent = markup.startswith(("<script", "<style"))
    assert rules == (set() if silent else {f"box/{name}"})


@pytest.mark.parametrize(("name", "markup"), _cases(PROSE))
def test_markup_that_looks_like_a_box_stays(name: str, markup: str) -> None:
    """Without it paragraphs of real stories disappear because of the name of a class."""
    assert any("KATA" in text for text in texts(f"<p>{BEFORE}</p>{markup}<p>{AFTER}</p>")), name


def test_text_right_behind_a_box_stays() -> None:
    """Without it a sentence that follows an advertising slot in the same paragraph is lost."""
    slot = '<span class="ads-on-body">iklan</span>'
    assert texts(f"<p>{BEFORE}{slot} {AFTER}</p>") == [f"{BEFORE} {AFTER}"]
    assert texts(f"{BEFORE}<div class='advertisement'>iklan</div>{AFTER}") == [BEFORE, AFTER]


def test_comments_of_the_markup_are_no_text() -> None:
    """Without it the marks for advertising slots stand in the text, or take the text behind them along."""
    assert texts(f"<!-- (ads.paragraph.4) --><p>{BEFORE}<!-- x --> {AFTER}</p><?php x ?>") == [f"{BEFORE} {AFTER}"]


@pytest.mark.parametrize("mark", ['<div class="fb-quote"></div>', '<div id="EndOfArticle">x</div>'])
def test_everything_after_the_end_mark_is_cut(mark: str) -> None:
    """Without it promotion under the story counts as its last paragraph."""
    markup = f"<p>{BEFORE}</p>{mark}sisa teks<p>Tautan lain.</p><!-- y -->sisa<script>x</script>"
    assert texts(markup) == [BEFORE]
    assert ("cut/after_end", "Tautan lain.") in removals(markup)


def test_many_end_marks_are_one_end() -> None:
    """Without it a page that repeats the mark is gone through once for each, and the run stands still for an hour."""
    markup = f"<p>{BEFORE}</p>" + '<div id="EndOfArticle">x</div>' * 20_000
    assert texts(markup) == [BEFORE]


def test_the_end_mark_cuts_beyond_the_element_it_stands_in() -> None:
    """Without it promotion that follows the inner box of the story counts as its last paragraph."""
    markup = f'<div class="clearfix"><p>{BEFORE}</p><div class="fb-quote"></div></div><p>Tautan lain.</p>'
    assert texts(markup) == [BEFORE]


def test_text_before_the_end_mark_in_its_paragraph_stays() -> None:
    """Without it the last sentence of a story is lost with what follows it."""
    assert texts(f'<div>{BEFORE}<div class="fb-quote"></div>{AFTER}</div>') == [BEFORE]


def test_the_page_is_left_as_it_was() -> None:
    """Without it whatever is read after the body, such as the photo above it, finds an emptied page."""
    element = fromstring("<div><p>a</p><div class='photo'><img src='/x.jpg'></div><form>b</form></div>")
    before = tostring(element)
    clean(element, "https://www.kompas.com/")
    assert tostring(element) == before


def test_an_empty_body_gives_no_blocks() -> None:
    """Without it a page without text counts as a story."""
    body = read("<p></p><p>&nbsp;</p><br><div></div>")
    assert body.blocks == []
    assert body.removed == []
