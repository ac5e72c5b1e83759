"""What a release says of itself: editions, citation, the release before, and what --verify computes again."""

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from crawler.commands.releases import without_paths
from crawler.dataset.about import About, Creator, License, Related, read_about
from crawler.dataset.checksums import write_checksums
from crawler.dataset.delta import Earlier, read_earlier
from crawler.dataset.edition import COUNTS, PEOPLE, STAND_OFF, Edition, Extra, Text
from crawler.dataset.manifest import read_manifest
from crawler.dataset.monthly import CHANGES, WORDS
from crawler.dataset.reservation import reserved
from crawler.dataset.schema import DOCS
from crawler.dataset.splits import By, Plan
from crawler.dataset.verify import verify
from crawler.errors import BadArgument
from crawler.items import Block
from crawler.storage import Store
from tests.dataset.conftest import STORIES, fill
from tests.dataset.releases import SELECTION, Make, bundles, change_manifest, lines
from tests.make import make_article

ABOUT = About(
    creators=(Creator("Wirasena, Bagas", "Wirasena", "Bagas", "0000-0002-1825-0097", "Universitas Selat"),),
    publisher="Universitas Selat & Pulau",
    published=date(2026, 11, 26),
    version="2.0",
    doi="10.5281/zenodo.2",
    license=License("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    related=(Related("10.5281/zenodo.1", "DOI", "IsNewVersionOf"),),
    tool="https://code.example/kompas_global",
)
RUNS = [{"job": "daily", "healthy": True, "settings": {"mode": "live", "robotstxt_obey": True, "delay": 0.1}}]
STATED = {"host": "www.kompas.com", "last_seen": "2026-10-03", "lines": ["User-agent: GPTBot", "Disallow: /"]}
TEXT = " ".join(f"kata{number}" for number in range(60))


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Store, Make]]:
    """A store, and bundles of it."""
    with closing(Store(str(tmp_path / "store.db"))) as store:
        fill(store)
        yield store, bundles(store, tmp_path)


def test_names_and_words_are_published_only_if_the_user_asks(made: tuple[Store, Make]) -> None:
    """Without it a lab publishes personal data, or counts of protected texts, without a decision."""
    _, make = made
    plain, more = make(edition=Edition(Text.NONE)), make(edition=Edition(Text.NONE, frozenset(Extra)))
    assert {frozenset(record) for record in lines(plain)} == {STAND_OFF | COUNTS}
    assert {frozenset(record) for record in lines(more)} == {STAND_OFF | COUNTS | PEOPLE}
    assert not (plain / WORDS).exists()
    assert pq.read_table(more / WORDS).num_rows > 20
    assert "title_before" not in pq.read_schema(more / CHANGES).names
    assert pq.read_table(more / CHANGES).column("title_words_added").to_pylist() == [2]
    assert ("27/2022" in card_of(plain), "27/2022" in card_of(more)) == (False, True)
    assert "tables/words.parquet" in card_of(more)
    assert [verify(folder).faults for folder in (plain, more)] == [[], []]


def test_counts_are_those_of_the_text(made: tuple[Store, Make]) -> None:
    """Without it a table of a paper cannot be checked on what may be published."""
    _, make = made
    record = next(one for one in lines(make(edition=Edition(Text.NONE))) if one["id"] == STORIES[2])
    assert {name: record[name] for name in sorted(COUNTS)} == {
        "character_count": 43,
        "sentence_count": 2,
        "title_word_count": 2,
        "token_count": 8,
    }


def test_a_release_says_who_made_it_and_how(made: tuple[Store, Make]) -> None:
    """Without it a dataset cannot be cited, or is cited by the e-mail address of an operator."""
    _, make = made
    folder = make(about=ABOUT, runs=RUNS, reservations=[STATED], edition=Edition(Text.NONE), tool=ABOUT.tool)
    cff = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cff["authors"][0]["family-names"], cff["version"], cff["doi"]) == ("Wirasena", "2.0", "10.5281/zenodo.2")
    stated = json.loads((folder / "datacite.json").read_text(encoding="utf-8"))
    assert (stated["publicationYear"], stated["types"]["resourceTypeGeneral"]) == (2026, "Dataset")
    assert stated["relatedIdentifiers"][0]["relationType"] == "IsNewVersionOf"
    assert "@misc{wirasena2026," in (folder / "citation.bib").read_text(encoding="utf-8")
    card = card_of(folder)
    header = yaml.safe_load(card.split("---\n")[1])
    assert (header["license_name"], header["task_categories"]) == ("cc-by-4.0", ["tabular-classification"])
    (split,) = header["dataset_info"][0]["splits"]
    assert (split["name"], split["num_examples"], split["num_bytes"] > 0) == ("train", 5, True)
    for words in (
        "| the site | obeyed | 0.1 |",
        "    User-agent: GPTBot",
        "git+https://code.example/kompas_global@v0.0",
    ):
        assert words in card
    croissant = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    assert croissant["usageInfo"][1]["text"] == "User-agent: GPTBot\nDisallow: /"
    assert croissant["prov:wasGeneratedBy"][0]["prov:label"] == "live: daily"
    graph = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    ids = {entity["@id"] for entity in graph}
    assert {part["@id"] for part in graph[1]["hasPart"]} <= ids
    assert {author["@id"] for author in graph[1]["author"]} <= ids
    assert verify(folder).faults == []


def test_without_creators_there_is_no_citation_file(made: tuple[Store, Make]) -> None:
    """Without it a citation names an author that the user did not give."""
    folder = made[1]()
    assert not [name for name in ("CITATION.cff", "citation.bib", "datacite.json") if (folder / name).exists()]
    assert "The makers gave no names for a citation" in card_of(folder)


def test_the_delta_of_two_releases_is_what_was_edited(made: tuple[Store, Make]) -> None:
    """Without it a reader of a second release does not know which results still hold."""
    store, make = made
    old = make()
    before = read_earlier(old, read_manifest(old))
    assert verify(make(earlier=before), before).faults == []
    newer = make_article().fetched_at + timedelta(days=900)
    store.save(make_article(id=STORIES[2], title="Judul Ketiga", fetched_at=newer))
    store.save(make_article(id="2021/05/02/120000070", title="Baru", fetched_at=newer))
    records = [record for record in store.records(SELECTION) if record["id"] != STORIES[3]]
    new = make(records=iter(records), earlier=before)
    with (new / "delta.csv").open(newline="") as file:
        rows = {row["id"]: row["change"] for row in csv.DictReader(file)}
    assert rows == {STORIES[3]: "removed", STORIES[2]: "edited", "2021/05/02/120000070": "added"}
    stated = json.loads((new / "manifest.json").read_text())["since_release"]
    assert (stated["added"], stated["removed"], stated["edited"]) == (1, 1, 1)
    assert "stories: 1 added, 1 removed, 1 edited" in card_of(new)
    assert verify(new, before).faults == []
    other = Earlier({**before.name, "content_digest": "sha256:0"}, before.hashes)
    assert verify(new, other).faults == ["the delta was made against another release than the one of --since-release"]
    (new / "delta.csv").write_text("id,change,url,hash_before,hash_after\n")
    write_checksums(new)
    assert any("other numbers than the manifest" in fault for fault in verify(new, before).faults)


def test_equal_texts_in_two_parts_are_found_in_both_editions(made: tuple[Store, Make]) -> None:
    """Without it a release proves a split with the same list of near-duplicates that made it."""
    store, make = made
    for month in (1, 2):
        published = make_article().published_at.replace(year=2019, month=month * 6, day=1)
        body = [Block("paragraph", TEXT)]
        store.save(make_article(id=f"2019/{month * 6:02}/01/120000070", published_at=published, body=body))
    plan = Plan({"train": 1, "test": 5}, By.TIME)
    for edition in (Edition(), Edition(Text.NONE)):
        faults = verify(make(plan=plan, edition=edition, pairs=[])).faults
        assert faults == [
            "2019/06/01/120000070 and 2019/12/01/120000070 have the same title and text and are in no common cluster, "
            "and they are in different parts"
        ]


def test_nearly_equal_texts_in_no_cluster_are_found(made: tuple[Store, Make]) -> None:
    """Without it the claim on near-duplicates is not checked on the texts."""
    store, make = made
    for month, end in ((6, "akhir"), (12, "tamat")):
        published = make_article().published_at.replace(year=2019, month=month, day=1)
        body = [Block("paragraph", f"{TEXT} {end}")]
        store.save(make_article(id=f"2019/{month:02}/01/120000070", published_at=published, body=body))
    (fault,) = verify(make(pairs=[])).faults
    assert (
        fault == "2019/06/01/120000070 and 2019/12/01/120000070 have nearly the same text and are in no common cluster"
    )


def test_a_release_of_an_earlier_format_is_refused_in_one_sentence(made: tuple[Store, Make]) -> None:
    """Without it old releases fail with faults that they do not have."""
    folder = made[1]()
    change_manifest(folder, format=1)
    with pytest.raises(BadArgument, match="is a bundle of format 1; this version reads format 2: make it again"):
        verify(folder)


GOOD = """
title = "Berita"
publisher = "Universitas"
published = 2026-11-26
[license]
name = "CC-BY-4.0"
url = "https://x.example"
[[creators]]
name = "Laboratorium"
"""


def test_the_file_about_a_release_is_read(tmp_path: Path) -> None:
    """Without it the maker cannot say who made it."""
    (tmp_path / "about.toml").write_text(GOOD)
    about = read_about(tmp_path / "about.toml")
    assert tomllib.loads(GOOD)["published"] == about.published
    assert (about.creators[0].name, about.license) == ("Laboratorium", License("CC-BY-4.0", "https://x.example"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel = 'x'", "titel is unknown; did you mean title"),
        ("publisher = 'x'", "lacks creators and published"),
        ("[[creators]]\norcid = 'x'", "lacks name"),
        ("title = 3", "title has a value of another kind"),
        ("published = 2026", "published has a value of another kind"),
        ("[[related]]\nidentifier='1'\ntype='DOI'\nrelation='Follows'", "the relation Follows; give one of"),
        ("title", "cannot be read"),
    ],
)
def test_a_slip_in_that_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    """Without it a release is published without its creators because of a letter."""
    (tmp_path / "about.toml").write_text(text)
    with pytest.raises(BadArgument, match=told):
        read_about(tmp_path / "about.toml")


@pytest.mark.parametrize(
    ("robots", "lines_"),
    [
        ("User-agent: *\nDisallow: /copy/\n", []),
        ("User-agent: GPTBot\nUser-agent: lain\nDisallow: /\n\nUser-agent: *\nDisallow: /x", None),
        ("# Untuk pelatihan AI hubungi kami\nUser-agent: *\nAllow: /", ["# Untuk pelatihan AI hubungi kami"]),
        ("User-agent: *\nContent-Signal: ai-train=no", ["Content-Signal: ai-train=no"]),
    ],
)
def test_a_robots_txt_is_quoted_where_it_speaks_of_ai(robots: str, lines_: list[str] | None) -> None:
    """Without it a dataset says nothing of what its publisher reserved, or makes words for it."""
    assert reserved(robots) == (["User-agent: GPTBot", "Disallow: /"] if lines_ is None else lines_)


def test_no_path_of_the_machine_is_published() -> None:
    """Without it the manifest shows names of users and folders."""
    assert without_paths("replay=/home/ani/a b.warc.gz") == "replay=a b.warc.gz"
    assert without_paths("/srv/data/x.db cannot be read; 22/04/2021") == "x.db cannot be read; 22/04/2021"


def card_of(folder: Path) -> str:
    return (folder / "README.md").read_text(encoding="utf-8")


def test_the_file_that_the_document_shows_is_read(tmp_path: Path) -> None:
    """Without it a lab copies a file that is refused."""
    document = (DOCS / "datasets.md").read_text(encoding="utf-8")
    shown = re.search(r"```toml\n(.*?)```", document, re.DOTALL)
    assert shown
    (tmp_path / "about.toml").write_text(shown[1], encoding="utf-8")
    about = read_about(tmp_path / "about.toml")
    assert (about.contact, about.creators[0].family_name, about.related[0].type) == ("", "Wirasena", "DOI")
