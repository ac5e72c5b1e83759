"""Where each text of a story's container went, for a person who doubts a record."""

import gzip
from pathlib import Path

import pytest
from lxml.html import fromstring

from crawler.items import Block
from crawler.kompas.cleaning import Body, Removal, account_for, clean
from crawler.kompas.cleaning.account import UNACCOUNTED, account
from crawler.kompas.pages.document import Document
from crawler.kompas.pages.layouts import read_article
from tests.fuzz.pages import article_pages

URL = "https://www.kompas.com/global/read/2021/04/22/160600870/judul"


def places(markup: str) -> list[tuple[str, tuple[str, ...]]]:
    root = fromstring(f"<div>{markup}</div>")
    return [(one.text.strip(), one.places) for one in account_for(root, clean(root, URL))]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Kapal itu tiba.</p>", [("Kapal itu tiba.", ("body 1 (paragraph)",))]),
        (
            "<p><strong>NARA, KOMPAS.com</strong> - Kapal itu tiba.</p>",
            [
                ("NARA, KOMPAS.com", ("dateline (dateline/opening)",)),
                ("- Kapal itu tiba.", ("dateline (dateline/opening)", "body 1 (paragraph)")),
            ],
        ),
        (
            '<p>Kapal itu tiba.</p><p>Baca juga: <a href="/x">Judul</a></p><form>Kirim</form>',
            [
                ("Kapal itu tiba.", ("body 1 (paragraph)",)),
                ("Baca juga:", ("related (related/line)",)),
                ("Judul", ("related (related/line)",)),
                ("Kirim", ("removed (box/form)",)),
            ],
        ),
        (
            "<p>Kapal.</p><table><tr><td>satu</td><td>dua</td></tr></table>",
            [
                ("Kapal.", ("body 1 (paragraph)",)),
                ("satu", ("body 2 (table_row)",)),
                ("dua", ("body 2 (table_row)",)),
            ],
        ),
    ],
)
def test_each_text_says_where_it_went(markup: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """Without it a person cannot see what became of a line of the page."""
    assert places(markup) == expected


def test_a_text_that_went_nowhere_is_unaccounted() -> None:
    """Without it a lost sentence looks kept."""
    root = fromstring("<div><p>Kapal itu tiba.</p><p>Ia pulang.</p><form>Kirim</form></div>")
    body = Body(blocks=[Block("paragraph", "Kapal itu tiba.")], removed=[Removal("box/form", "Kirim")])
    found = account(root, body)
    assert [one.is_whole for one in found] == [True, False, True]
    assert UNACCOUNTED in found[1].places


def test_every_text_of_every_page_of_the_tests_is_accounted_for() -> None:
    """Without it `scrapy explain` doubts texts that are in the record."""
    for name, page in article_pages().items():
        if "/" in name:
            accounts = read_article(Document(page.url, page.body)).accounts()
            assert accounts, name
            assert [one for one in accounts if not one.is_whole] == [], name


def test_every_text_of_the_real_pages_is_accounted_for(real_pages: Path) -> None:
    """Without it text of real pages went nowhere, and `scrapy explain` does not say so."""
    lost: dict[str, list[str]] = {}
    pages = [*real_pages.glob("20*/*.html.gz"), *real_pages.glob("other_sections/*.gz")]
    for file in pages:
        read = read_article(Document(URL, gzip.decompress(file.read_bytes())))
        if found := [one.text for one in read.accounts() if not one.is_whole]:
            lost[file.name] = found
    assert len(pages) == 124
    assert lost == {}
