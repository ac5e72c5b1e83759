"""Locked stories: what a login wall keeps back makes a story incomplete, what it only covers does not."""

import pytest

from crawler.kompas.pages.locks import LOCKS
from tests.make import load_page, read_page

BODY = "<p>Kapal riset itu berlabuh pada Kamis pagi.</p>"
MORE = "<p>Awaknya turun ke dermaga dan menyapa warga yang menunggu sejak subuh di bawah hujan.</p>"
SIGNS = {
    "body class -locked": lambda page: page.replace(b"<body>", b'<body class="theme -locked">'),
    "meta subscription": lambda page: page.replace(b"</head>", b'<meta name="subscription" content="True"></head>'),
    "login window": lambda page: page.replace(b"</body>", b'<div id="kgmModal-onetap"></div></body>'),
    "gate": lambda page: page.replace(b"</body>", b'<div class="gate-kgplus"></div></body>'),
}
PROOF = {lock.name for lock in LOCKS if lock.is_proof}


def test_every_sign_is_tried() -> None:
    """Without it a row of the table is tried by nothing."""
    assert set(SIGNS) == {lock.name for lock in LOCKS}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_lock_over_a_part_of_the_text_makes_the_story_incomplete(sign: str) -> None:
    """Without it a teaser of two sentences passes for an article."""
    page = SIGNS[sign](read_page(body=BODY, metas={"content_total_words": "300"}))
    article = load_page(page)
    assert (article.complete, article.incomplete_because) == (False, "locked")
    assert article.text == "Kapal riset itu berlabuh pada Kamis pagi."


@pytest.mark.parametrize("sign", SIGNS)
def test_a_lock_over_the_whole_text_keeps_nothing_back(sign: str) -> None:
    """Without it every story is incomplete once the site shows its login window on all pages."""
    article = load_page(SIGNS[sign](read_page(body=BODY + MORE, metas={"content_total_words": "20"})))
    assert (article.complete, article.incomplete_because) == (True, None)


@pytest.mark.parametrize("sign", SIGNS)
def test_where_nothing_states_the_text_only_the_pages_own_word_counts(sign: str) -> None:
    """Without it a banner makes stories incomplete, or a locked page without a word count is complete."""
    article = load_page(SIGNS[sign](read_page(body=BODY)))
    assert article.incomplete_because == ("locked" if sign in PROOF else None)


def test_a_word_in_the_text_is_no_lock() -> None:
    """Without it a story about locked doors is incomplete."""
    page = read_page(body='<p class="-locked">Pintu kapal itu -locked.</p><!-- gate-kgplus -->')
    assert load_page(page).complete
    assert load_page(page.replace(b"</head>", b'<meta name="subscription" content="False"></head>')).complete


def test_a_story_that_lacks_pages_or_text_says_which() -> None:
    """Without it pages to fetch again look like pages that the site cut."""
    paging = '<div class="read__paging"><a class="paging__link" href="?page=2">2</a></div>'
    missing = load_page(read_page(body=BODY, more=paging))
    cut = load_page(read_page(body=BODY, metas={"content_total_words": "300"}))
    assert (missing.complete, missing.incomplete_because) == (False, "pages_missing")
    assert (cut.complete, cut.incomplete_because) == (False, "cut_short")
