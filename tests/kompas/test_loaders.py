"""Raw page facts into a record, and pages that make none."""

from typing import Any

import pytest

from crawler.errors import EmptyStory, MissingBody, MissingTitle, OtherSection, PageError
from crawler.items import Article
from crawler.kompas.content_hash import content_hash
from tests.make import STORY, URL, load_page, make_capture, read_page


def load(url: str = URL, **parts: Any) -> Article:
    return load_page(read_page(**parts), url)


def test_a_good_page_becomes_a_whole_record() -> None:
    """Without it nothing is stored at all, or half of each story."""
    article = load(metas={"description": "Ringkas. Halaman all", "content_total_words": "12"})
    assert (article.id, article.url, article.layout) == (STORY, URL, "read")
    assert (article.title, article.section, article.kind) == (
        "Kapal Riset Berlabuh di Pulau Terjauh",
        "Global",
        "article",
    )
    assert (article.authors, article.editors) == (["Sari Melati"], ["Bram Santoso"])
    assert article.dateline == "PULAU TERJAUH"
    assert article.text == "Kapal riset itu berlabuh pada Kamis pagi."
    assert (article.word_count, article.declared_word_count, article.summary) == (7, 12, "Ringkas.")
    assert (article.pages, article.complete, article.revision) == (1, True, 1)
    assert article.content_hash == content_hash(article.title, article.text)
    assert (article.fetched_at, article.discovery) == (make_capture().fetched_at, make_capture().discovery)
    assert article.provenance == make_capture().provenance


def test_a_page_that_says_it_belongs_elsewhere_is_another_section() -> None:
    """Without it a story that moved to another kanal is stored under an address that it does not have."""
    canonical = "https://www.kompas.com/tren/read/2021/04/22/160600865/judul"
    with pytest.raises(OtherSection, match=f"says that it is {canonical}"):
        load(canonical=canonical)


@pytest.mark.parametrize("canonical", ["", "https://www.kompas.com/global", "//["])
def test_a_page_that_names_no_story_is_known_by_where_it_was_found(canonical: str) -> None:
    """Without it older pages, which state no address of their own, are lost."""
    article = load(f"{URL}?page=all", canonical=canonical)
    assert (article.id, article.url) == (STORY, URL)


def test_a_page_without_headline_is_refused() -> None:
    """Without it a story is stored under an empty title."""
    with pytest.raises(MissingTitle, match=r"has no headline \(h1\.read__title\)"):
        load(title="")
    with pytest.raises(MissingTitle):
        load(title=" \u00a0 ")


READ_MORE = '<p><strong>Baca juga: <a href="/x">Lain</a></strong></p>'
NOTHING: dict[str, tuple[str, type[PageError], str]] = {
    "nothing": ("", EmptyStory, "prints nothing"),
    "blanks": ("<p> </p>", EmptyStory, "prints nothing"),
    "a script": ("<script>muat()</script><style>p {}</style>", EmptyStory, "prints nothing"),
    "furniture": (READ_MORE, MissingBody, "has a body element without text"),
}


@pytest.mark.parametrize(("body", "error", "words"), NOTHING.values(), ids=NOTHING)
def test_a_page_whose_body_holds_no_text_is_refused(body: str, error: type[PageError], words: str) -> None:
    """Without it empty stories count as read, or a page that the parser empties as one that the site serves empty."""
    with pytest.raises(error, match=words):
        load(body=body)


def test_a_headline_is_kept_whole() -> None:
    """Without it a user who searches for a printed headline does not find it."""
    title = "[POPULER GLOBAL] \"Kapal\" | 'Riset' & Pulau: 5 Hal…"
    assert load(title=title).title == title


@pytest.mark.parametrize(
    ("stated", "count"), [("440", 440), ("", None), ("banyak", None), ("-3", None), ("1.200", None)]
)
def test_a_declared_count_is_a_number_or_nothing(stated: str, count: int | None) -> None:
    """Without it a count that the site garbled stops the story, or becomes a made-up number."""
    assert load(metas={"content_total_words": stated}).declared_word_count == count
