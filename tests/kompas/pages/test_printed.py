"""The text that an element prints on one line."""

import pytest

from crawler.kompas.pages.document import Document
from crawler.kompas.pages.listing import read_index
from crawler.kompas.pages.printed import BETWEEN_NAMES, printed
from tests.make import URL, make_story, read_page


def element(markup: str, tag: str = "h1") -> str | None:
    return printed(Document(URL, f"<{tag}>{markup}</{tag}>".encode()).first(tag))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Kapal <em>Sri Lestari</em>, si <b>pe</b>nyelamat", "Kapal Sri Lestari, si penyelamat"),
        ('Nelayan: "<i>Laut</i>  kami"\n', 'Nelayan: "Laut kami"'),
        ("Rakit tiba<br>warga menonton", "Rakit tiba warga menonton"),
        ("Rakit tiba<br/> <br/>warga menonton", "Rakit tiba warga menonton"),
        ("<div>Rakit tiba</div><div>warga menonton</div>", "Rakit tiba warga menonton"),
        ("Rakit<p>tiba</p>siang", "Rakit tiba siang"),
        ("<span>rakit</span><span>bambu</span>", "rakit bambu"),
        ("<span>rakit</span>-<span>rakit</span>", "rakit-rakit"),
        ("<b>ra</b><i>kit</i>", "rakit"),
        ("<b>ra</b><b>kit</b>", "rakit"),
        ("Rakit<!-- iklan --> tiba", "Rakit tiba"),
        ("Rakit<script>var x = 1;</script> tiba", "Rakit tiba"),
        ("<style>h1 {}</style>Rakit<noscript>x</noscript><template>y</template>", "Rakit"),
        ("Rakit <span hidden>siang</span>tiba", "Rakit tiba"),
        ('Rakit <i style="color: red; display: NONE">siang</i>tiba', "Rakit tiba"),
        ("Rak\u00adit\u200b tiba\ufeff", "Rakit tiba"),
        ("Rakit\u00a0 tiba", "Rakit tiba"),
        ("  ", None),
        ("<br><i></i>", None),
    ],
)
def test_words_are_neither_parted_nor_glued(markup: str, text: str | None) -> None:
    """Without it a headline cannot be found by its words, or holds code."""
    assert element(markup, tag="section") == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<a>Rara</a> <a>Bagus</a>", "Rara , Bagus"),
        ("<a>Rara</a><a>Bagus</a>", "Rara, Bagus"),
        ("<a>Rara</a> dan <a>Bagus</a>", "Rara dan Bagus"),
        ("Rara<br>Bagus", "Rara, Bagus"),
        ("<span>Rara</span><span>Melati</span>", "Rara Melati"),
    ],
)
def test_names_are_parted_where_words_are_not(markup: str, text: str) -> None:
    """Without it two writers in two links are one person with a long name."""
    assert printed(Document(URL, f"<section>{markup}</section>".encode()).first("section"), BETWEEN_NAMES) == text


def test_nothing_prints_nothing() -> None:
    """Without it a page without a headline costs a traceback instead of a named failure."""
    assert printed(None) is None


def test_headline_time_line_and_breadcrumb_of_a_page_are_read_so() -> None:
    """Without it the fields of a record hold glued words though the text is right."""
    markup = read_page(title="JUDUL", line="WAKTU").decode()
    markup = markup.replace("JUDUL", "Rakit<br>tiba").replace(
        "WAKTU", "<span>22/04/2021,</span><span>16:06 WITA</span>"
    )
    page = make_story(markup.encode()).front
    assert (page.title(), page.time_line()) == ("Rakit tiba", "22/04/2021, 16:06 WITA")


def test_titles_in_lists_are_read_so() -> None:
    """Without it the ledger holds other headlines than the pages."""
    item = f'<h3 class="article__title"><a class="article__link" href="{URL}">Rakit<br>tiba</a></h3>'
    page = f'<div class="latest--indeks"><div class="article__list">{item}</div></div>'
    assert [entry.title for entry in read_index(Document(URL, page.encode())).entries] == ["Rakit tiba"]
