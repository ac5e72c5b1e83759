"""Raw page facts into a record: which clock is believed, what a change is, and what is no article."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.errors import MissingBody, MissingTime, MissingTitle, OtherSection
from crawler.items import Article
from crawler.kompas.content_hash import content_hash
from crawler.kompas.loaders import load_article
from tests.make import STORY, URL, WIB, WITA, make_capture, make_story, read_page

PUBLISHED = datetime(2021, 4, 22, 16, 6, tzinfo=WIB)


def load(url: str = URL, **parts: Any) -> Article:
    return load_article(make_story(read_page(**parts), url), make_capture())


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


@pytest.mark.parametrize(
    ("parts", "chosen", "published"),
    [
        ({"meta": "2021-04-22 16:06:41"}, "meta", PUBLISHED.replace(second=41)),
        ({"meta": "", "json_ld": "2021-04-22T09:06:42+00:00"}, "json_ld", PUBLISHED.replace(second=42)),
        ({"meta": "besok", "json_ld": "2021-04-22T09:06:42+00:00"}, "json_ld", PUBLISHED.replace(second=42)),
        ({"meta": "", "json_ld": ""}, "visible", PUBLISHED),
        ({"meta": "", "json_ld": "2021-04-22T09:06:42"}, "visible", PUBLISHED),
        ({"meta": "", "json_ld": "", "line": ""}, "url", PUBLISHED),
        ({"meta": "", "json_ld": "", "line": "Kompas.com - Kamis"}, "url", PUBLISHED),
        ({"meta": "", "json_ld": "", "line": "Diperbarui 23/04/2021, 08:00 WIB"}, "url", PUBLISHED),
    ],
)
def test_the_first_source_that_can_be_read_gives_the_time(
    parts: dict[str, str], chosen: str, published: datetime
) -> None:
    """Without it a page that lacks one clock is lost, or dated by a worse one."""
    article = load(**parts)
    assert (article.date_evidence.chosen, article.published_at) == (chosen, published)
    assert article.published_at.utcoffset() == timedelta(hours=7)


def test_the_evidence_is_what_the_page_says_word_for_word() -> None:
    """Without it a reader cannot check the choice."""
    evidence = load(json_ld_modified="2021-04-22T10:00:00+00:00").date_evidence
    assert evidence.url == STORY
    assert evidence.visible == "Kompas.com - 22/04/2021, 16:06 WIB"
    assert evidence.meta == "2021-04-22 16:06:00"
    assert evidence.json_ld == "2021-04-22T09:06:00+00:00"
    assert evidence.json_ld_modified == "2021-04-22T10:00:00+00:00"
    assert evidence.agree


def test_a_source_that_is_silent_leaves_no_evidence() -> None:
    """Without it made-up evidence hides that only one clock spoke."""
    evidence = load(meta="", json_ld="", line="").date_evidence
    assert (evidence.visible, evidence.meta, evidence.json_ld, evidence.json_ld_modified) == (None, None, None, None)
    assert (evidence.url, evidence.chosen, evidence.agree) == (STORY, "url", True)


@pytest.mark.parametrize(
    ("parts", "agree"),
    [
        ({"meta": "2021-04-22 16:06:59"}, True),
        ({"json_ld": "2021-04-22T09:06:30.500+00:00"}, True),
        ({"json_ld": "2021-04-22T16:06:00+07:00"}, True),
        ({"meta": "2021-04-22 16:07:00"}, False),
        ({"json_ld": "2021-04-22T16:06:00+00:00"}, False),
        ({"line": "Kompas.com - 22/04/2021, 16:30 WIB"}, False),
        ({"line": "Kompas.com - 23/04/2021, 16:06 WIB"}, False),
        (dict.fromkeys(("url", "canonical"), URL.replace("160600870", "160500870")), False),
        ({"json_ld_modified": "2021-05-01T09:06:00+00:00"}, True),
    ],
)
def test_clocks_agree_to_the_minute_or_are_told_to_disagree(parts: dict[str, str], agree: bool) -> None:
    """Without it a doubtful date looks like a sure one, or every date looks doubtful."""
    assert load(**parts).date_evidence.agree is agree


def test_a_page_in_the_zone_of_makassar_keeps_it() -> None:
    """Without it a story printed at 17:06 WITA is told as 17:06 in Jakarta, an hour late."""
    article = load(meta="", line="Kompas.com - 22/04/2021, 17:06 WITA")
    assert article.published_at == datetime(2021, 4, 22, 17, 6, tzinfo=WITA)
    assert article.published_at.utcoffset() == timedelta(hours=8)
    assert article.date_evidence.agree


@pytest.mark.parametrize(
    ("parts", "modified"),
    [
        ({}, None),
        ({"json_ld_modified": "2021-04-22T09:06:00+00:00"}, None),
        ({"json_ld_modified": "2021-04-22T09:06:59+00:00"}, None),
        ({"json_ld_modified": "2021-04-22T09:07:00+00:00"}, PUBLISHED + timedelta(minutes=1)),
        ({"json_ld_modified": "2021-04-23T01:00:00+00:00"}, datetime(2021, 4, 23, 8, 0, tzinfo=WIB)),
        ({"json_ld_modified": "kemarin"}, None),
        ({"line": "22/04/2021, 16:06 WIB Diperbarui 23/04/2021, 08:00 WIB"}, datetime(2021, 4, 23, 8, 0, tzinfo=WIB)),
        (
            {"line": "Diperbarui 23/04/2021, 08:00 WIB", "json_ld_modified": "2021-04-23T02:00:00+00:00"},
            datetime(2021, 4, 23, 8, 0, tzinfo=WIB),
        ),
        ({"line": "Diperbarui 23/04/2021, 09:00 WITA"}, datetime(2021, 4, 23, 9, 0, tzinfo=WITA)),
    ],
)
def test_a_change_is_told_only_where_the_page_states_another_time(
    parts: dict[str, str], modified: datetime | None
) -> None:
    """Without it every story counts as corrected, or no correction is ever told."""
    article = load(**parts)
    assert article.modified_at == modified
    if modified is not None and article.modified_at is not None:
        assert article.modified_at.utcoffset() == modified.utcoffset()


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


def test_a_page_without_any_time_is_refused() -> None:
    """Without it the hour of the crawl stands in for the hour of publication."""
    url = "https://www.kompas.com/global/read/2021/04/22/996600870/judul"
    with pytest.raises(MissingTime, match="says nowhere when it was published"):
        load(url, canonical=url, meta="", json_ld="", line="")


@pytest.mark.parametrize("body", ["", "<p> </p>", '<p><strong>Baca juga: <a href="/x">Lain</a></strong></p>'])
def test_a_page_whose_body_holds_no_text_is_refused(body: str) -> None:
    """Without it empty stories count as read."""
    with pytest.raises(MissingBody, match="has a body element without text"):
        load(body=body)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({}, "article"),
        ({"title": "[POPULER GLOBAL] Kapal Riset | Pulau"}, "digest"),
        ({"metas": {"content_type": "advertorial"}}, "advertorial"),
        ({"metas": {"content_type": "Video"}}, "video"),
        ({"metas": {"content_type": "foto"}}, "gallery"),
        ({"metas": {"content_type": "Standard"}}, "article"),
    ],
)
def test_the_kind_is_what_page_and_title_say(parts: dict[str, Any], kind: str) -> None:
    """Without it paid pieces and round-ups are counted as reports."""
    assert load(**parts).kind == kind


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
