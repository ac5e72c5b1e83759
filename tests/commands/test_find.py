"""Articles by their words and facts: `scrapy search`, and the same filters in `scrapy export`."""

import csv
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest

from crawler.items import Block
from crawler.storage import Store
from tests.commands.in_process import run
from tests.make import make_article, story_url

GEMPA, KAPAL, TARI = (f"2021/04/22/{digits}070" for digits in ("010000", "020000", "030000"))
FIELDS: Final[dict[str, dict[str, Any]]] = {
    GEMPA: {
        "title": "Gempa di Türkiye",
        "body": [Block("paragraph", "Gedung runtuh. Kata Sari, “Gempa itu kuat.” Sekolah tutup.")],
        "agencies": ["Reuters", "AFP"],
        "countries": ["TR"],
        "tags": ["Gempa Turkiye", "COVID-19", "Covid-19"],
        "authors": ["Sari, Melati"],
    },
    KAPAL: {
        "title": "Kapal Ukraina Berlayar",
        "body": [Block("paragraph", "Kapal itu menuju Odesa.")],
        "agencies": ["AFP"],
        "countries": ["UA"],
        "tags": ["kapal"],
        "authors": ["Bram"],
        "section": "Internasional",
    },
    TARI: {
        "title": "Tari di Desa",
        "body": [Block("paragraph", "Penari menari.")],
        "kind": "digest",
        "agencies": [],
        "tags": [],
        "authors": [],
    },
}
Told = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def found_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("find") / "s.db"
    with closing(Store(str(path))) as store:
        for story, fields in FIELDS.items():
            store.save(make_article(id=story, url=story_url(story), **fields))
        moment = make_article().fetched_at.replace(year=2022)
        body = [Block("paragraph", "Kapal itu menuju Odesa. Cuaca cerah.")]
        again = {**FIELDS[KAPAL], "title": "Kapal Ukraina Berlabuh", "body": body}
        store.save(make_article(id=KAPAL, url=story_url(KAPAL), fetched_at=moment, **again))
    return path


@pytest.fixture
def told(
    found_store: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Told:
    """Runs a command in a folder of its own; returns status, stdout and stderr with short paths."""
    monkeypatch.chdir(tmp_path)

    def told(*words: str) -> tuple[int, str, str]:
        status = run(*words, KOMPAS_DB=str(found_store))
        out, err = capsys.readouterr()
        return status, out, err.replace(str(found_store), "s.db").replace("kompas_global: ", "").strip()

    return told


def test_search_prints_date_title_address_and_the_sentences(told: Told) -> None:
    """Without it a word is found and cannot be judged without opening each page."""
    assert told("search", "GEMPA", "turkiye") == (
        0,
        f"2021-04-22 16:06  Gempa di Türkiye\n    {story_url(GEMPA)}\n    Kata Sari, “Gempa itu kuat.”\n\n",
        "1 article",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("badai",), "no article in the store s.db has badai"),
        (("gempa", "--kind", "digest"), "no article in the store s.db has gempa with --kind digest"),
        (("berlayar",), "no article in the store s.db has berlayar"),  # only an earlier revision has it
    ],
)
def test_a_search_that_finds_nothing_says_so(told: Told, words: tuple[str, ...], said: str) -> None:
    """Without it a user cannot see that the search ran."""
    assert told("search", *words) == (0, "", said)


@pytest.mark.parametrize(
    ("options", "stories"),
    [
        (("--search", "kapal"), [KAPAL]),
        (("--agency", "reuters.com"), [GEMPA]),
        (("--agency", "AFP"), [GEMPA, KAPAL]),
        (("--agency", "AFP", "--country", "Ukraina"), [KAPAL]),
        (("--country", "ua", "--country", "Turki"), [GEMPA, KAPAL]),
        (("--country", "UA,TR"), [GEMPA, KAPAL]),
        (("--author", "sari, melati"), [GEMPA]),
        (("--author", "Bram,Sari, Melati"), None),
        (("--tag", "covid-19"), [GEMPA]),
        (("--section", "global"), [GEMPA, TARI]),
        (("--section", "Global,Internasional", "--kind", "article"), [GEMPA, KAPAL]),
        (("--since", "2021-04-22", "--until", "2021-04-22"), [GEMPA, KAPAL, TARI]),
    ],
)
def test_export_takes_the_filters(told: Told, options: tuple[str, ...], stories: list[str] | None) -> None:
    """Without it a student writes SQL to count an agency."""
    status, _, err = told("export", "out.jsonl", *options)
    assert status == (0 if stories else 2), err
    if stories:
        lines = Path("out.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in lines] == stories


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--agency", "Reutres"), "no article in the store s.db has the agency Reutres; there are Reuters, AFP"),
        (("--kind", "artikel"), "no article in the store s.db has the kind artikel; there are article, digest"),
        (("--tag", "kapal,badai"), "has the tag badai; there are"),
        (("--country", "Atlantis"), "has the country Atlantis; there are UA, TR"),
        (("--country", "Peru"), "has the country Peru; there are UA, TR"),
        (("--search", "!"), 'the search "!" has no word; give words, "a phrase" or beginnings, such as ukrain*'),
        (("--since", "kemarin"), "--since kemarin"),
        (("--split", "a=1,b=1"), "--split divides a release into parts: it needs --bundle DIR"),
        (("--seed", "0"), "--seed divides a release into parts: it needs --bundle DIR"),
        (("--about", "x.toml"), "--about describes a release: it needs --bundle DIR"),
        (("--since-release", "x"), "--since-release compares two releases: it needs --bundle DIR or --verify DIR"),
        (("--with", "names"), "--with names has no effect without --text none: the other edition has the names"),
        (("--with", "words"), "--with words is for --bundle; a file of words is written by --what words"),
        (("--what", "changes", "--revisions", "all"), "--revisions has no meaning for --what changes"),
        (("--what", "words", "--text", "none"), "--text none leaves nothing of --what words"),
        (("--format", "jsonl", "--no-bom"), "--no-bom is for .csv and .tsv"),
        (("--format", "sqlite", "--text", "none"), "--text needs another format: a store is not one without its texts"),
        (("--format", "sqlite", "--what", "words"), "--what needs another format: a store has articles"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(told: Told, options: tuple[str, ...], said: str) -> None:
    """Without it a mistyped filter gives an empty table, or one with all texts."""
    status, _, err = told("export", "out.csv", *options)
    assert (status, list(Path.cwd().iterdir())) == (2, [])
    assert said in err
    assert "\n" not in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--seed", "1"), "--seed needs --split, such as --split train=80,test=20"),
        (("--split", "a=1,b=1", "--seed", "1"), "--seed has no effect on --split-by time"),
        (("--what", "words"), "--what is for one file; a release has articles"),
        (("--format", "csv"), "--format is for one file; a release has JSON Lines and Parquet"),
    ],
)
def test_a_release_refuses_what_it_would_ignore(told: Told, options: tuple[str, ...], said: str) -> None:
    """Without it a split is reported with a seed that it does not have."""
    status, _, err = told("export", "--bundle", "rilis", *options)
    assert (status, list(Path.cwd().iterdir())) == (2, [])
    assert said in err


@pytest.mark.parametrize("out", [("out.csv",), ("out.db",), ("out.xlsx", "--what", "words"), ("--bundle", "rilis")])
def test_without_articles_nothing_is_written_and_the_status_says_so(told: Told, out: tuple[str, ...]) -> None:
    """Without it a script goes on with an empty table, or with no article of a whole year."""
    status, _, err = told("export", *out, "--search", "kapal gempa", "--until", "2021-04-30")
    name = out[0] if out[0] != "--bundle" else out[1]
    said = f"no article in the store s.db meets --until 2021-04-30 --search kapal gempa; {name} was not written"
    assert (status, err, list(Path.cwd().iterdir())) == (1, said, [])


def test_standard_output_is_a_hyphen(told: Told) -> None:
    """Without it a file with the name of a hyphen lies about, and no other program gets the table."""
    status, out, err = told("export", "-", "--format", "csv", "--agency", "Reuters", "--no-bom")
    assert (status, err) == (0, "1 record on standard output")
    assert [row["id"] for row in csv.DictReader(out.splitlines(keepends=True))] == [GEMPA]
    assert (
        told("export", "-")[2] == "standard output has no ending that says the format; give one, such as --format csv"
    )
    assert told("export", "-", "--format", "sqlite")[2] == "a store cannot be written to standard output; name a file"
    assert told("export", "-", "--format", "csv", "--search", "badai") == (
        1,
        "",
        "no article in the store s.db meets --search badai; nothing was written",
    )
    assert list(Path.cwd().iterdir()) == []


def test_changes_and_words_are_tables_of_their_own(told: Told) -> None:
    """Without it what editors change, and which words rise, is a program for each student to write."""
    assert told("export", "c.parquet", "--what", "changes")[0] == 0
    (change,) = pd.read_parquet("c.parquet").to_dict("records")
    assert (change["id"], change["revision"], change["title_after"]) == (KAPAL, 2, "Kapal Ukraina Berlabuh")
    assert (change["sentences_added"], change["sentences_removed"], change["cosmetic"]) == (1, 0, False)
    assert told("export", "c.csv", "--what", "changes", "--text", "none")[0] == 0
    assert {"title_before", "title_after"} & set(pd.read_csv("c.csv").columns) == set()
    assert told("export", "w.csv", "--what", "words", "--agency", "Reuters")[0] == 0
    words = pd.read_csv("w.csv").set_index("word")["count"]
    assert (words["gempa"], words["itu"], "kapal" in words.index) == (2, 1, False)
