"""The JSON-LD of a page: the one NewsArticle that is about its story, in whatever envelope."""

import json
from typing import Any

import pytest

from crawler.kompas.pages.document import Document

STORY = "2021/04/22/160600870"
URL = f"https://www.kompas.com/global/read/{STORY}/judul"
OTHER = "https://www.kompas.com/global/read/2021/04/20/101010170/lain"


def _with_json(*scripts: str, kind: str = "application/ld+json", url: str = URL, head: str = "") -> Document:
    heads = "".join(f'<script type="{kind}">{script}</script>' for script in scripts)
    return Document(url, f"<html><head>{head}{heads}</head><body><p>x</p></body></html>".encode())


ARTICLE = {"@type": "NewsArticle", "datePublished": "2020-10-18T05:57:24+00:00", "author": {"name": "Rara"}}
SITE = {"@type": "WebSite", "datePublished": "1999-01-01T00:00:00+00:00"}


@pytest.mark.parametrize(
    "scripts",
    [
        (json.dumps(ARTICLE),),
        (json.dumps(SITE), json.dumps(ARTICLE)),
        (json.dumps([SITE, ARTICLE]),),
        (json.dumps({"@context": "https://schema.org", "@graph": [SITE, ARTICLE]}),),
        ('{"@type": "NewsArticle", "headline": "Kata "rusak""}', json.dumps(ARTICLE)),
        ("", "null", "7", '"teks"', "[1, null, []]", json.dumps(ARTICLE)),
        ('{"@graph": null}', '{"@graph": []}', json.dumps(ARTICLE)),
        (json.dumps(ARTICLE).replace("Rara", "Rara\n\tMelati"),),
        (json.dumps(ARTICLE), json.dumps({**ARTICLE, "datePublished": "1970-01-01T00:00:00Z"})),
    ],
)
def test_the_first_news_article_is_found_in_any_arrangement(scripts: tuple[str, ...]) -> None:
    """Without it the machine-readable time of a story is lost whenever the page arranges it another way."""
    assert _with_json(*scripts).json_ld("datePublished") == "2020-10-18T05:57:24+00:00"


@pytest.mark.parametrize(
    "scripts", [(), ("{",), (json.dumps(SITE),), ('{"@graph": {"@type": "WebSite"}}',), (json.dumps("NewsArticle"),)]
)
def test_without_a_readable_news_article_there_are_no_facts(scripts: tuple[str, ...]) -> None:
    """Without it facts of the site as a whole are taken for facts of the story."""
    document = _with_json(*scripts)
    assert document.news_article == {}
    assert document.json_ld("datePublished") is None


@pytest.mark.parametrize(
    "script",
    [
        '{"@graph": 5}',
        '{"@graph": true}',
        "[" * 100_000,
        '{"@type": 5}',
        '[{"@type": true}]',
        '{"a": ' + "9" * 5000 + "}",
    ],
)
def test_absurd_json_does_not_cost_the_story(script: str) -> None:
    """Without it one odd script in the head of a page stops its reading with a traceback."""
    assert _with_json(script).news_article == {}


@pytest.mark.parametrize("kind", [["NewsArticle"], ["Article", "NewsArticle"]])
def test_a_list_of_types_counts_when_one_of_them_fits(kind: list[str]) -> None:
    """Without it the machine-readable time is lost on pages that name two types."""
    assert _with_json(json.dumps({**ARTICLE, "@type": kind})).json_ld("datePublished") is not None


def test_only_plain_strings_of_the_news_article_are_given() -> None:
    """Without it a structure or an empty string stands where a time should."""
    document = _with_json(json.dumps({**ARTICLE, "dateModified": "", "wordCount": 7}))
    assert document.json_ld("author") is None
    assert document.json_ld("dateModified") is None
    assert document.json_ld("wordCount") is None


def test_half_a_character_of_the_news_article_can_be_stored() -> None:
    """Without it a script cut in the middle of an escape costs the whole story when its record is written."""
    document = _with_json('{"@type": "NewsArticle", "datePublished": "2020-10-18T05:57:24\\ud83d"}')
    assert document.json_ld("datePublished") == "2020-10-18T05:57:24?"


PLAIN = json.dumps(ARTICLE)


@pytest.mark.parametrize(
    "script",
    [
        f"//<![CDATA[\n{PLAIN}\n//]]>",
        f"<![CDATA[{PLAIN}]]>",
        f"/*<![CDATA[*/{PLAIN}/*]]>*/",
        f"<!-- {PLAIN} -->",
        f"<!--\n[{PLAIN}]\n//-->",
        f"{PLAIN};",
        f"\ufeff{PLAIN}",
        f" \n [{PLAIN}];\n",
        json.dumps([{"@graph": [SITE, ARTICLE]}]),
        json.dumps({"@graph": [{"@graph": [ARTICLE]}]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps({**ARTICLE, "@type": "https://schema.org/NewsArticle"}),
    ],
)
def test_every_envelope_of_the_script_is_opened(script: str) -> None:
    """Without it the time of a change is lost as soon as a template wraps its script."""
    assert _with_json(script).json_ld("datePublished") == "2020-10-18T05:57:24+00:00"


@pytest.mark.parametrize(
    "kind",
    ["application/ld+json", "APPLICATION/LD+JSON", "application/ld+json; charset=utf-8", "application/ld+json "],
)
def test_every_spelling_of_the_script_type_is_known(kind: str) -> None:
    """Without it the script is passed over for a capital letter."""
    assert _with_json(PLAIN, kind=kind).json_ld("datePublished")


def _named(**names: Any) -> dict[str, Any]:
    return {**ARTICLE, "datePublished": "2001-01-01T00:00:00+00:00", **names}


@pytest.mark.parametrize(
    "other",
    [
        {"url": OTHER},
        {"@id": f"{OTHER}#artikel"},
        {"mainEntityOfPage": OTHER},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": OTHER}},
        {"mainEntityOfPage": {"url": OTHER}},
    ],
)
def test_the_news_article_of_another_story_is_passed_over(other: dict[str, Any]) -> None:
    """Without it a story is dated by the first story that its page links to."""
    assert _with_json(json.dumps([_named(**other), ARTICLE])).json_ld("datePublished") == ARTICLE["datePublished"]
    assert _with_json(json.dumps(_named(**other))).news_article == {}


@pytest.mark.parametrize(
    "own",
    [
        {"url": URL.replace("www.", "amp.") + "?page=all"},
        {"mainEntityOfPage": {"@id": f"https://internasional.kompas.com/read/{STORY}/lain#"}},
    ],
)
def test_the_news_article_that_names_the_story_comes_first(own: dict[str, Any]) -> None:
    """Without it an object that names no story is believed before the page's own."""
    nameless = {**ARTICLE, "datePublished": "2001-01-01T00:00:00+00:00", "url": "https://www.kompas.com/"}
    document = _with_json(json.dumps(nameless), json.dumps({**ARTICLE, **own}))
    assert document.json_ld("datePublished") == ARTICLE["datePublished"]


def test_the_canonical_link_names_the_story_too() -> None:
    """Without it a page that was found under an old address loses its JSON-LD."""
    head = f'<link rel="canonical" href="{URL}">'
    document = _with_json(json.dumps({**ARTICLE, "url": URL}), url=OTHER, head=head)
    assert document.json_ld("datePublished") == ARTICLE["datePublished"]
