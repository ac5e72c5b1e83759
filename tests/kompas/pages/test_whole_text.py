"""The text that a page states for its whole story, and the parts of it that a reading lacks."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.kompas.pages.document import Document
from crawler.kompas.pages.whole_text import count_words, missing_parts, stated_text

URL = "https://www.kompas.com/global/read/2021/04/22/160600870/judul"


def _document(script: str) -> Document:
    return Document(
        URL, f"<html><body><p>a</p><script>var a = 1;</script><script>{script}</script></body></html>".encode()
    )


@pytest.mark.parametrize(
    ("script", "declared", "text"),
    [
        ('var keywordBrandSafety = "Rakit tiba.";', 2, "Rakit tiba."),
        ('var keywordBrandSafety="Rakit tiba.";', None, "Rakit tiba."),
        ('var keywordBrandSafety = "Kata &amp;quot;tiba&amp;quot;&amp;nbsp;itu";', 6, 'Kata "tiba" itu'),
        (r'var keywordBrandSafety = "Kata \"tiba\" \u2013\n itu";', 3, 'Kata "tiba" – itu'),
        (r'var keywordBrandSafety = "It\'s tiba";', 2, r"It\'s tiba"),
        ('var keywordBrandSafety = "Rakit tiba.";', 3, None),
        ('var keywordBrandSafety = "";', None, None),
        ('var keywordBrandSafety = " ";', 0, None),
        ("var keywordBrandSafety = kata;", None, None),
        ('var keyword = "Rakit tiba.";', None, None),
        (
            'var keywordBrandSafety = "Rakit tiba.Baca berita tanpa iklan. Gabung Kompas.com+";',
            None,
            "Rakit tiba.",
        ),
    ],
)
def test_the_stated_text_is_read(script: str, declared: int | None, text: str | None) -> None:
    """Without it a page does not show whether its story is whole."""
    assert stated_text(_document(script), declared) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("12 kapal", 1), ("anak-anak", 1), ("NARA - Itu", 3), ("tiba.Warga", 2), ("Jum'at", 1), ("café", 1)],
)
def test_words_are_counted_as_php_does(text: str, words: int) -> None:
    """Without it the count of a whole story differs from the declared one."""
    assert count_words(text) == words


STATED = "Rakit bambu itu tiba di kota.1. Garam2. ApiPuluhan warga menonton dari dermaga."


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        (["Rakit bambu itu tiba di kota.", "1. Garam", "2. Api", "Puluhan warga menonton dari dermaga."], []),
        (["RAKIT BAMBU ITU\nTIBA DI KOTA", "1 Garam", "2 Api", "Puluhan “warga” menonton dari dermaga"], []),
        (["Puluhan warga menonton dari dermaga.", "Rakit bambu itu tiba di kota.", "1. Garam", "2. Api"], []),
        (["Rakit bambu itu tiba di kota.", "1. Garam"], ["2. ApiPuluhan warga menonton dari dermaga"]),
        (["Puluhan warga menonton dari dermaga."], ["Rakit bambu itu tiba di kota.1. Garam2. Api"]),
        (["Rakit bambu itu tiba", "1. Garam2. ApiPuluhan warga menonton dari dermaga."], ["di kota"]),
        ([], ["Rakit bambu itu tiba di kota.1. Garam2. ApiPuluhan warga menonton dari dermaga"]),
        (["", "a"], ["R", "kit bambu itu tiba di kota.1. Garam2. ApiPuluhan warga menonton dari dermaga"]),
    ],
)
def test_what_stands_in_no_text_is_missing(texts: list[str], missing: list[str]) -> None:
    """Without it a story without its last paragraphs passes for a whole one."""
    assert missing_parts(STATED, texts) == missing


@given(
    st.text("abcde", min_size=20, max_size=60),
    st.lists(st.tuples(st.integers(0, 40), st.integers(12, 30), st.sampled_from(("", "x"))), max_size=4),
)
@example("abcdefghijklmnopqrstuvwyz0123456789", [(0, 20, ""), (9, 12, "x")])
@example("abcdefghijklmnopqrstuvwyz0123456789", [(20, 20, ""), (19, 12, "x")])
@settings(deadline=None)
def test_twelve_letters_in_a_row_are_read_wherever_they_stand(whole: str, cuts: list[tuple[int, int, str]]) -> None:
    """Without it a whole story counts as cut where its paragraphs are parted otherwise than in the script."""
    texts = [text for at, size, more in cuts if len(text := whole[at : at + size] + more) >= 12]
    rows = [whole[start : start + 12] for start in range(len(whole) - 11)]
    read = {at + each for at, row in enumerate(rows) if any(row in text for text in texts) for each in range(12)}
    unread = "".join(" " if at in read else letter for at, letter in enumerate(whole))
    assert missing_parts(whole, texts) == unread.split()


def test_a_short_piece_counts_once() -> None:
    """Without it one item of a list stands for all items with its words."""
    assert missing_parts("Api.Api.Api", ["api", "Api"]) == ["Api"]
