"""What a reading shows besides its record: markup, and text that the page does not count as its own."""

from typing import Any

import pytest

from crawler.kompas.reading import ReadStory
from tests.make import make_reading, make_response, read_page

STORY = "<p><strong>PULAU TERJAUH, KOMPAS.com</strong> - Kapal riset itu berlabuh pada Kamis pagi.</p>"
LONG = "<p>Kapal riset itu membawa muatan yang berat dari pelabuhan di ujung utara negeri itu.</p>"
WORDS = "PULAU TERJAUH, KOMPAS.com - Kapal riset itu berlabuh pada Kamis pagi."
STATED = f'<script>var keywordBrandSafety = "{WORDS}";</script>'
LINKS = "".join(f'<a href="/{letter}">{letter}</a> ' for letter in "abcde")


def finished(body: str, **changes: Any) -> ReadStory:
    return make_reading(make_response(read_page(body=body, **changes))).finish()


@pytest.mark.parametrize(
    ("body", "changes", "sign"),
    [
        (STORY + "<p>Ikuti saluran kami sekarang juga.</p>", {"more": STATED}, "text/unstated"),
        (STORY + "<p>Ikuti kami hari ini</p>", {"metas": {"content_total_words": "10"}}, "text/surplus"),
        (STORY + LONG + LONG, {}, "text/doubled"),
        (STORY + '<p><a href="/x">Judul lain</a></p>', {}, "text/link_line"),
        (STORY + '<ul><li><a href="/x">Satu</a></li><li><a href="/y">Dua</a></li></ul>', {}, "text/link_list"),
        (STORY + '<div class="promo">Kapal</div>', {}, "has/div.promo"),
        (STORY + "<p>Kapal</p>" * 4, {}, "count/blocks x5"),
        (
            STORY + f"<p>Ia {LINKS}</p>",
            {},
            "count/links x5",
        ),
    ],
)
def test_an_addition_shows_a_sign_that_the_story_has_not(body: str, changes: dict[str, Any], sign: str) -> None:
    """Without it text that is not the story's stands in the record, and nothing says so."""
    assert sign in finished(body, **changes).signs
    assert sign not in finished(STORY, **changes).signs


def test_text_that_no_rule_accounts_for_is_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a fault of cleaning is only seen by who looks at the column."""
    monkeypatch.setattr("crawler.kompas.cleaning.unaccounted", lambda *_: ["Kapal"])
    read = finished(STORY)
    assert "text/unaccounted" in read.signs
    assert read.article.unaccounted == 5


def test_a_paragraph_that_the_page_counts_is_no_surplus() -> None:
    """Without it every story with a "Baca juga" has too many words."""
    related = '<p>Baca juga: <a href="/x">Judul berita yang lain</a></p>'
    assert "text/surplus" not in finished(STORY + related, metas={"content_total_words": "16"}).signs
