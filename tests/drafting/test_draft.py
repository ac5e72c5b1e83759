"""A drafted page has the forms of its page and none of its sentences."""

import gzip
import json
import re
from pathlib import Path

import pytest

from crawler.drafting.fixture import draft, write_folder
from crawler.drafting.kept import is_kept, keeps_digits
from crawler.drafting.markup import without_code
from crawler.drafting.reading import outcome_of
from crawler.drafting.tokens import tokens_of
from tests.make import URL, read_page
from tests.site.special import GLOBAL
from tests.test_fixture_pages import FOLDERS, name

WORD = re.compile(r"[^\W\d_]+")
SENTENCES = (
    "Sebuah kapal riset yang lama hilang ditemukan kembali oleh nelayan di teluk sempit itu",
    "Menurut pejabat setempat penemuan tersebut akan diumumkan pada pertemuan tahunan bulan depan",
)
WHOLE = f"PULAU TERJAUH, KOMPAS.com - {SENTENCES[0]}.{SENTENCES[1]} pada 22 April 1987.Baca juga: Peta Lama Dipugar"
PAGE = read_page(
    title="Kapal Riset yang Hilang Ditemukan Kembali",
    metas={
        "description": SENTENCES[0],
        "content_type": "Standard",
        "content_author": "Sari Melati",
        "og:image": "https://asset.kompas.com/crops/aIA-wJ/750x500/data/photo/2021/04/22/kapal.jpg",
        "content_total_words": str(len(re.findall(r"[A-Za-z'-]+", WHOLE))),
    },
    body=f"""<p><strong>PULAU TERJAUH, KOMPAS.com</strong> - {SENTENCES[0].replace("riset", "ri<b>set</b>")}.</p>
<div class="photo"><img src="https://asset.kompas.com/crops/aIA-wJ/750x500/data/photo/2021/04/22/kapal.jpg">
<span class="pb_10 author">AFP/ARNE SOLBAKK</span>Nelayan yang menemukan kapal itu di teluk sempit</div>
<p onclick="laporkan('{SENTENCES[0]}')">{SENTENCES[1]} pada 22 April 1987.</p><!-- {SENTENCES[0]} -->
<p>Baca juga: <a href="{GLOBAL}2021/04/20/193000170/peta-lama-dipugar">Peta Lama Dipugar</a></p>
<blockquote class="embed">https://twitter.com/teluk/status/1384716848533382758</blockquote>
<p>Halaman Selanjutnya</p>""",
    more=f'<script>var keywordBrandSafety = "{WHOLE}"; lacak("{SENTENCES[1]}");</script><script>x = 1</script>',
)


def sequences(text: str, length: int = 5) -> set[tuple[str, ...]]:
    words = [word.lower() for word in WORD.findall(text)]
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def source_texts(page: bytes) -> set[tuple[str, ...]]:
    """Word sequences of texts, attributes and scripts, tag by tag, without addresses."""
    text = re.sub(r"https?:[^\"'<>\s]+|</?(?:b|strong|a)\b[^>]*>", "", page.decode())
    parts = [*re.split(r"<[^>]*>", text), *re.findall(r'"([^"]*)"', text), *re.findall(r"<!--(.*?)-->", text)]
    return set().union(*map(sequences, parts))


def test_no_five_words_in_a_row_are_left() -> None:
    """Without it a page that is attached to a report is a copy of an article."""
    assert sequences(SENTENCES[0]) <= source_texts(PAGE)
    made = draft(URL, PAGE)
    assert source_texts(made.page) & source_texts(PAGE) == set()
    assert not re.search(rb"[Kk]apal|[Nn]elayan|Sari|Melati|SOLBAKK|lacak|x = 1", made.page)


def test_the_draft_is_read_like_the_page() -> None:
    """Without it the fixture does not show what went wrong."""
    before, made = outcome_of(URL, PAGE).article, draft(URL, PAGE)
    after = made.outcome.article
    assert before is not None
    assert after is not None
    assert made.differing == []
    assert before.complete is after.complete is True
    assert [block.type for block in after.body] == [block.type for block in before.body]
    assert [len(block.text) for block in after.body] == [len(block.text) for block in before.body]
    assert (after.published_at, after.word_count) == (before.published_at, before.word_count)
    assert after.images[0].url.startswith("https://asset.kompas.com/crops/")
    assert after.embeds[0].url.startswith("https://twitter.com/")
    assert after.text != before.text


def test_what_a_page_says_twice_its_draft_says_twice() -> None:
    """Without it a draft contradicts itself where its page does not: another story, another writer."""
    made = draft(URL, PAGE)
    page, article = made.page.decode(), made.outcome.article
    assert article is not None
    assert article.url == made.url != URL
    assert article.id[:17] == "2021/04/22/160600"
    assert page.count(article.images[0].url) == 2
    assert f'name="content_author" content="{article.authors[0]}"' in page
    assert article.title in page
    assert article.related[0].url.rpartition("/")[2] == article.related[0].title.lower().replace(" ", "-")


def test_the_same_page_gives_the_same_bytes() -> None:
    """Without it a fixture that is drafted again differs in every line."""
    assert draft(URL, PAGE) == draft(URL, PAGE)


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_every_form_of_the_fixtures_survives(folder: Path) -> None:
    """Without it a form that the parser knows becomes another one in the draft."""
    url = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["url"]
    assert draft(url, (folder / "page.html").read_bytes()).differing == []


BROKEN = {
    "torn character": (b"<p>Rakit \xe2\x80 tiba di kota itu.</p>", b"\xe2\x80 "),
    "quote that is never closed": (b'<p title="a"b" class="c">Rakit tiba di kota itu.</p>', b'class="c"'),
    "tag that is never closed": (b"<form><p>Rakit tiba di kota itu.</p>", b"<form><p>"),
    "text of another alphabet": ("<p>Rakit Москва tiba.</p>".encode(), b"<p>"),
}


@pytest.mark.parametrize(("body", "staying"), BROKEN.values(), ids=BROKEN)
def test_broken_markup_stays_broken(body: bytes, staying: bytes) -> None:
    """Without it the draft of a page that breaks the parser no longer does."""
    made = draft(URL, read_page(body="TEKS").replace(b"TEKS", body))
    assert staying in made.page
    assert made.differing == []
    assert "Москва" not in made.page.decode(errors="replace")


@pytest.mark.parametrize(
    "word", ["Baca", "juga", "Penulis", "Editor", "Sumber", "KOMPAS", "Reuters", "AFP", "WIB", "SH"]
)
def test_words_that_a_rule_looks_at_stay(word: str) -> None:
    """Without it a "Baca juga" line becomes prose."""
    assert is_kept(word)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Kompas.com - 22/04/2021, 16:06 WIB", True),
        ("17 April 2026", True),
        ("Rakit itu tiba pada 22 hari.", False),
        (f"Pada 17 April 2026 {SENTENCES[0]} {SENTENCES[1]}", False),
    ],
)
def test_the_digits_of_a_time_line_stay(line: str, *, expected: bool) -> None:
    """Without it the draft has another time of publication."""
    assert keeps_digits(line) is expected


def test_pieces_make_up_the_page() -> None:
    """Without it parts of a page are lost before they are looked at."""
    assert "".join(token.text for token in tokens_of(PAGE.decode())) == PAGE.decode()
    assert "x = 1" not in "".join(token.text for token in without_code(tokens_of(PAGE.decode())))


def test_a_long_page_loses_what_its_reading_does_not_need() -> None:
    """Without it a fixture of one form is 400 kB of menus."""
    menu = "".join(f'<ul class="nav"><li><a href="/a{number}">Menu</a></li></ul>\n' for number in range(1500))
    made = draft(URL, PAGE.replace(b"</body>", f'<div class="menu">{menu}</div></body>'.encode()))
    assert b'class="nav"' not in made.page
    assert b'class="photo"' in made.page
    assert made.differing == []


def test_a_folder_says_that_it_is_not_reviewed(tmp_path: Path) -> None:
    """Without it the program's own output passes for what a person read on the page."""
    for folder, page in (("page", PAGE), ("error", read_page(body=""))):
        write_folder(draft(URL, page), tmp_path / folder)
    files = {folder.name: {path.name for path in folder.iterdir()} for folder in tmp_path.iterdir()}
    assert files == {
        "page": {"page.html", "article.json", "meta.json"},
        "error": {"page.html", "error.json", "meta.json"},
    }
    meta = json.loads((tmp_path / "page" / "meta.json").read_text(encoding="utf-8"))
    assert meta == {"url": draft(URL, PAGE).url, "why": "", "reviewed": False}
    error = json.loads((tmp_path / "error" / "error.json").read_text(encoding="utf-8"))
    assert error["reason"] == "EmptyStory"
    assert meta["url"] in error["detail"]


@pytest.mark.parametrize("file", ["2023-04/2022-07-20-191500570", "2024-04/2024-03-13-073000470"])
def test_a_real_page_survives(real_pages: Path, file: str) -> None:
    """Without it the drafts of invented pages are right and those of real ones are not."""
    page = gzip.decompress((real_pages / f"{file}.html.gz").read_bytes())
    found = re.search(rb'rel="canonical" href="([^"]+)"', page)
    assert found is not None
    assert draft(found[1].decode(), page).differing == []
