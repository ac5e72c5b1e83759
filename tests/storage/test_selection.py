"""Which articles a selection has, on both databases: one search, one filter, one meaning."""

from typing import Any, Final

import pytest

from crawler.items import Block
from crawler.storage import Revisions, Selection, Store, terms_of
from tests.make import make_article, story_url

STORIES: Final[dict[str, dict[str, Any]]] = {
    "010000070": {
        "title": "Gempa di Türkiye, Presiden Erdoğan Meninjau",
        "text": "Gedung runtuh. Bantuan AS-China tiba.",
        "agencies": ["Reuters", "AFP"],
        "countries": ["TR", "US", "CN"],
        "dateline_country": "TR",
        "tags": ["Gempa Turkiye", "bencana | alam"],
        "authors": ["Sari, Melati"],
    },
    "020000070": {
        "title": "Kapal Ukraina Berlayar",
        "text": "Kapal itu menuju Odesa. Selat Bosporus ramai; ÎLE dan ø.",
        "agencies": ["AFP"],
        "countries": ["UA"],
        "dateline_country": "TR",
        "tags": ["kapal"],
        "authors": ["Bram", "Sari, Melati"],
        "section": "Internasional",
    },
    "030000070": {
        "title": "Tari di Desa",
        "text": "Penari ukrainanya menari gempagempa. İstanbul, N'Djamena, Київ.",
        "kind": "digest",
    },
}

NOTHING: Final[dict[str, Any]] = {"agencies": [], "countries": [], "dateline_country": None, "tags": [], "authors": []}


@pytest.fixture
def filled(store: Store) -> Store:
    for digits, fields in STORIES.items():
        story = f"2021/04/22/{digits}"
        body = [Block("paragraph", fields["text"])]
        store.save(make_article(**{**NOTHING, "id": story, "url": story_url(story), "body": body, **fields}))
    return store


def found(store: Store, selection: Selection) -> str:
    """The first two digits of the stories."""
    ids = [record["id"][-9:-7] for record in store.records(selection)]
    assert len(ids) == store.count(selection)
    assert sorted(ids) == [story[-9:-7] for story in store.stories(selection)]
    return " ".join(ids)


@pytest.mark.parametrize(
    ("query", "stories"),
    [
        ("gempa", "01"),  # no part of a word
        ("GEMPA turkiye", "01"),
        ("erdogan", "01"),
        ("Erdoğan", "01"),
        ("gempa gedung", "01"),  # one in the title, one in the text
        ("gempa kapal", ""),
        ('"gedung runtuh"', "01"),
        ('"runtuh gedung"', ""),
        ('"tiba gempa"', ""),  # a phrase never goes from text to title
        ('"runtuh bantuan"', "01"),  # punctuation does not count
        ("AS-China", "01"),
        ("china-as", ""),
        ("ukraina", "02"),
        ("ukrain*", "02 03"),
        ('"penari ukr"*', "03"),
        ("île", "02"),
        ("ile", "02"),
        ("ø", "02"),
        ("o", ""),
        ("istanbul", "03"),
        ("n'djamena", "03"),
        ("київ", "03"),
        ("КИЇВ", "03"),
        ("100%", ""),
        ("a.*b", ""),
    ],
)
def test_words_are_found_in_title_and_text(filled: Store, query: str, stories: str) -> None:
    """Without it a search finds other stories in PostgreSQL than in SQLite, or parts of words."""
    assert found(filled, Selection(terms=terms_of(query))) == stories


@pytest.mark.parametrize("query", ["gempa", "ukrain*", '"gedung runtuh"', "KIEV", "київ", "île"])
def test_a_term_is_in_a_text_when_the_search_finds_it_there(filled: Store, query: str) -> None:
    """Without it a story is found and no sentence of it is shown."""
    (term,) = terms_of(query)
    wanted = [digits[:2] for digits, one in STORIES.items() if term.is_in(one["title"]) or term.is_in(one["text"])]
    assert found(filled, Selection(terms=(term,))) == " ".join(wanted)


@pytest.mark.parametrize("query", ["", " ", '"', "*", "- !", '""*'])
def test_a_search_without_words_has_no_terms(query: str) -> None:
    """Without it a slip selects every article."""
    assert terms_of(query) == ()


@pytest.mark.parametrize(
    ("selection", "stories"),
    [
        (Selection(agencies=frozenset(("AFP",))), "01 02"),
        (Selection(agencies=frozenset(("Reuters", "AP"))), "01"),
        (Selection(agencies=frozenset(("Reuter",))), ""),
        (Selection(tags=frozenset(("bencana | alam",))), "01"),
        (Selection(authors=frozenset(("Sari, Melati",))), "01 02"),
        (Selection(countries=frozenset(("UA",))), "02"),
        (Selection(countries=frozenset(("TR",))), "01 02"),  # mentioned, or reported from
        (Selection(countries=frozenset(("TR",)), agencies=frozenset(("Reuters",))), "01"),
        (Selection(kinds=frozenset(("digest",))), "03"),
        (Selection(sections=frozenset(("Internasional",)), terms=terms_of("kapal")), "02"),
    ],
)
def test_each_filter_keeps_the_stories_with_one_of_its_values(
    filled: Store, selection: Selection, stories: str
) -> None:
    """Without it an agency's share counts others, or a name that is part of another one."""
    assert found(filled, selection) == stories


def test_values_are_counted_by_article(filled: Store) -> None:
    """Without it a mistyped filter looks like one without articles."""
    assert filled.values("agencies") == {"AFP": 2, "Reuters": 1}
    assert filled.values("authors") == {"Sari, Melati": 2, "Bram": 1}
    assert filled.values("section") == {"Global": 2, "Internasional": 1}
    assert filled.values("countries", "dateline_country") == {"TR": 3, "US": 1, "CN": 1, "UA": 1}


def test_revisions_come_in_pairs(filled: Store) -> None:
    """Without it a change is compared with another story, or with a revision two before it."""
    first = make_article(id="2021/04/22/010000070")
    for day, title in ((1, "Kedua"), (2, "Ketiga")):
        moment = first.fetched_at.replace(year=2022, day=day)
        filled.save(make_article(id=first.id, title=title, fetched_at=moment))
    pairs = list(filled.revision_pairs(Selection(revisions=Revisions.ALL)))
    assert [(after["revision"], before["title"][:5], after["title"]) for after, before in pairs] == [
        (2, "Gempa", "Kedua"),
        (3, "Kedua", "Ketiga"),
    ]
    assert {len(after) for after, _ in pairs} == {len(before) for _, before in pairs}
    assert list(filled.revision_pairs(Selection(terms=terms_of("ketiga")))) == pairs[1:]
