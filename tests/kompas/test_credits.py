"""Who made a story, in every markup that prints names, and in the meta tags where none does."""

import pytest

from crawler.kompas.credits import StoryCredits, read_credits
from tests.make import make_story

TEXT = "<p>Satu.</p><p>Dua.</p><p>Tiga.</p>"


def credits_of(head: str = "", header: str = "", body: str = TEXT, more: str = "") -> StoryCredits:
    """Return the credits of a page with this markup in its places."""
    page = f"""<html><head>{head}</head><body><h1 class="read__title">Rakit</h1>{header}
    <div class="read__content">{body}</div>{more}</body></html>"""
    return read_credits(make_story(page.encode()))


def kcm(rows: str) -> StoryCredits:
    """Return the credits of a page of 2014-2017 with these rows of its table."""
    page = f"""<html><body><div class="kcm-read-top"><h2>Rakit</h2></div>
    <div class="kcm-read-text">Satu.<br><br>Dua.</div>
    <div class="kcm-read-copy"><table>{rows}</table></div></body></html>"""
    return read_credits(make_story(page.encode()))


def item(markup: str, label: str = "Penulis") -> str:
    identity = {"Penulis": ' id="penulis"', "Editor": ' id="editor"'}.get(label, "")
    return (
        f'<div class="read__credit"><div class="read__credit__item"{identity}><span>{label}</span> {markup}</div></div>'
    )


NAMES = [
    ("<a>Rara Melati</a>", ["Rara Melati"]),
    ("<a><span>Rara Melati</span></a>", ["Rara Melati"]),
    ("<a><span>Rara</span><span>Melati</span></a>", ["Rara Melati"]),
    ("<a><b>Rara</b> Melati</a>", ["Rara Melati"]),
    ("<a>Rara<!-- --> Melati</a>", ["Rara Melati"]),
    ("<b>Tim Rakit Fakta</b>", ["Tim Rakit Fakta"]),
    ("Rara Melati", ["Rara Melati"]),
    (": Rara Melati", ["Rara Melati"]),
    ("<a>Rara Melati</a>, <a>Bagus Taruna</a>", ["Rara Melati", "Bagus Taruna"]),
    ("<a>Rara Melati</a> <a>Bagus Taruna</a>", ["Rara Melati", "Bagus Taruna"]),
    ("<a>Rara Melati</a><br><a>Bagus Taruna</a>", ["Rara Melati", "Bagus Taruna"]),
    ("Rara Melati<br>Bagus Taruna", ["Rara Melati", "Bagus Taruna"]),
    ("<a>Rara Melati</a> dan <a>Bagus Taruna</a>", ["Rara Melati", "Bagus Taruna"]),
    ("<a>Rara Melati, S.T., M.T.</a>", ["Rara Melati, S.T., M.T."]),
    ("<a>Rara Melati</a>, Ph.D", ["Rara Melati, Ph.D"]),
    ("<a>Rara Melati</a><script>track('x')</script>", ["Rara Melati"]),
    ("<a>Kontributor Tual, Rara Melati</a>", ["Rara Melati"]),
    ("<a></a>", []),
]


@pytest.mark.parametrize(("markup", "names"), NAMES)
def test_names_are_read_in_any_markup(markup: str, names: list[str]) -> None:
    """Without it a new tag round a name costs a year of authors."""
    assert credits_of(header=item(markup)).authors == names
    assert credits_of(header=item(markup, "Editor")).editors == names


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<span>Wartawan</span> <a>Rara Melati</a>, <a>Bagus Taruna</a>", ["Rara Melati", "Bagus Taruna"]),
        ("<a>Rara Melati</a>", ["Rara Melati"]),
        ("Rara Melati", ["Rara Melati"]),
    ],
)
def test_an_id_is_a_label_and_another_printed_word_no_name(markup: str, names: list[str]) -> None:
    """Without it a word that the site prints in place of "Penulis" becomes part of every name."""
    header = f'<div class="read__credit"><div class="read__credit__item" id="penulis">{markup}</div></div>'
    assert credits_of(header=header).authors == names


@pytest.mark.parametrize(("markup", "names"), NAMES[:10])
def test_names_in_the_table_of_2016_are_read(markup: str, names: list[str]) -> None:
    """Without it old stories have no authors as soon as one cell is marked up."""
    rows = f"<tr><td><strong>Penulis</strong></td><td>: {markup}</td></tr><tr><td>Editor</td><td>: Citra Dahlan"
    assert (kcm(rows).authors, kcm(rows).editors) == (names, ["Citra Dahlan"])


@pytest.mark.parametrize(
    ("markup", "sources"),
    [
        ("<a>Reuters</a>", ["Reuters"]),
        ("<a><em>Reuters</em></a>", ["Reuters"]),
        ("Reuters", ["Reuters"]),
        ("AFP,Politico", ["AFP", "Politico"]),
        ("<a>AFP</a>,<a>Politico</a>", ["AFP", "Politico"]),
        ("<a>AFP</a> <a>Politico</a>", ["AFP", "Politico"]),
        ("<a>Sains & Laut</a>", ["Sains & Laut"]),
    ],
)
def test_sources_are_read_with_and_without_links(markup: str, sources: list[str]) -> None:
    """Without it a study of agencies misses those that have no page of their own."""
    assert credits_of(more=item(markup, "Sumber")).sources == sources
    assert credits_of(header='<div class="photo__wrap"></div>', more=item(markup, "Sumber")).sources == sources
    assert kcm(f"<tr><td>Sumber</td><td>: {markup}</tr>").sources == sources


MODAL = """<div class="credit-title-name"><h6>{one},</h6><h6>{other}</h6></div><div id="creditModal">
<div class="credit-author"><h6 class="credit-author-name">{one}</h6><h6 class="credit-author-position">{role}<h6></div>
<div class="credit-author"><h6 class="credit-author-name"><b>{other}</b></h6>
<h6 class="credit-author-position">Editor<h6></div></div>"""


def test_the_dialog_states_who_is_who() -> None:
    """Without it the editor of a story of 2024 counts as its writer."""
    found = credits_of(header=MODAL.format(one="Rara Melati, M.Si.", other="Bagus Taruna", role="<i>Penulis</i>"))
    assert (found.authors, found.editors) == (["Rara Melati, M.Si."], ["Bagus Taruna"])


@pytest.mark.parametrize(
    ("label", "authors", "editors"),
    [("<p>Penulis</p>", ["Rara Melati"], []), ("<p><b>Editor</b></p>", [], ["Rara Melati"]), ("", ["Rara Melati"], [])],
)
def test_without_a_dialog_the_label_beside_the_name_decides(label: str, authors: list[str], editors: list[str]) -> None:
    """Without it pages of one person have an editor and no writer, or the other way round."""
    found = credits_of(
        header=f'<div class="credit-title"><div class="credit-title-name"><h6>Rara Melati</h6></div>{label}</div>'
    )
    assert (found.authors, found.editors) == (authors, editors)


COLUMN = '<div class="opinion__author">{}</div><div class="opinion__authortitle">Pelaut</div>'


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ('<a class="opinion__link">Rara Melati</a>', ["Rara Melati"]),
        ('<a class="opinion__link"><span>Rara Melati, MSc.</span></a>', ["Rara Melati, MSc."]),
        ("Rara Melati*", ["Rara Melati"]),
        ('<a class="opinion__link">Badan Cuaca dan Laut</a>', ["Badan Cuaca dan Laut"]),
    ],
)
def test_the_header_of_a_column_names_its_writer_beside_the_editor(markup: str, names: list[str]) -> None:
    """Without it a column has no author, because its editor is printed where other pages print both."""
    found = credits_of(header=COLUMN.format(markup) + item("<a>Bagus Taruna</a>", "Editor"))
    assert (found.authors, found.editors, found.fallbacks) == (names, ["Bagus Taruna"], [])


def test_an_oleh_line_adds_the_person_behind_an_institution() -> None:
    """Without it a column that an institution signs loses the person who wrote it."""
    body = "<p><strong>Oleh: Rara Melati*</strong></p><p>Satu.</p><p>Dua.</p><p>Tiga.</p>"
    found = credits_of(header=COLUMN.format("<a>Balai Laut</a>"), body=body)
    assert found.authors == ["Balai Laut", "Rara Melati"]


def test_a_person_who_stands_twice_is_one() -> None:
    """Without it a columnist counts twice, with titles and without."""
    body = "<p>Oleh: Dr. Rara Melati, M.Si.</p><p>Satu.</p><p>Dua.</p><p>Tiga.</p>"
    assert credits_of(header=item("<a>Rara Melati</a>"), body=body).authors == ["Rara Melati"]


LINE = "<p>Satu.</p><p>Dua.</p><p>Tiga.</p><p><strong>Penulis: Citra Dahlan | Editor: Danang Dandia</strong></p>"


@pytest.mark.parametrize(
    ("header", "authors", "editors"),
    [
        ("", ["Citra Dahlan"], ["Danang Dandia"]),
        (item("<a>Bagus Taruna</a>", "Editor"), ["Citra Dahlan"], ["Bagus Taruna"]),
        (item("<a>Rara Melati</a>") + item("<a>Bagus Taruna</a>", "Editor"), ["Rara Melati"], ["Bagus Taruna"]),
    ],
)
def test_a_credit_line_in_the_text_fills_only_an_empty_role(
    header: str, authors: list[str], editors: list[str]
) -> None:
    """Without it the people of a report that a story retells count as its own writers."""
    found = credits_of(header=header, body=LINE)
    assert (found.authors, found.editors, found.fallbacks) == (authors, editors, [])


METAS = """<meta name="content_author" content="Rara Melati, S.T., Citra Dahlan*">
<meta name="content_editor" content="Bagus Taruna">
<meta name="content_source" content="AFP,Koran Utara"><meta name="content_tags" content="rakit, sungai (Musi, Ogan)">"""


def test_meta_tags_speak_where_the_page_prints_no_credit() -> None:
    """Without it a renamed class costs a year of authors, sources and tags."""
    found = credits_of(head=METAS)
    assert found.authors == ["Rara Melati, S.T.", "Citra Dahlan"]
    assert (found.editors, found.sources) == (["Bagus Taruna"], ["AFP", "Koran Utara"])
    assert found.tags == ["rakit", "sungai (Musi, Ogan)"]
    assert found.fallbacks == ["authors", "editors", "sources", "tags"]


def test_printed_credits_are_believed_before_meta_tags() -> None:
    """Without it a meta tag that differs hides what readers see, and a change of the markup stays unseen."""
    tags = '<ul class="tag__article__wrap"><li><a class="tag__article__link">laut</a></li></ul>'
    printed = item("<a>Danang Dandia</a>") + item("<a>Danang Dandia</a>", "Editor")
    found = credits_of(head=METAS, header=printed, more=item("Reuters", "Sumber") + tags)
    assert (found.authors, found.editors) == (["Danang Dandia"], ["Danang Dandia"])
    assert (found.sources, found.tags, found.fallbacks) == (["Reuters"], ["laut"], [])


def test_the_json_ld_author_is_the_editor_and_never_taken() -> None:
    """Without it every story is written by its editor."""
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Bagus Taruna"}}</script>'
    found = credits_of(head=script)
    assert (found.authors, found.editors) == ([], [])


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        ("<a class='tag__article__link'>Rakit Bambu</a>", ["Rakit Bambu"]),
        ("<a class='tag__article__link'>rakit<br/>bambu</a>", ["rakit bambu"]),
        ("<a class='tag__article__link'><span>rakit</span><span>bambu</span></a>", ["rakit bambu"]),
        ("<a class='tag__article__link'>rakit<script>x()</script></a>", ["rakit"]),
        ("<a class='tag__article__link'>rakit</a><a class='tag__article__link'>rakit</a>", ["rakit"]),
        ("<a class='tag__article__link'>rakit</a><a class='tag__article__link'>Rakit</a>", ["rakit", "Rakit"]),
    ],
)
def test_tags_are_kept_as_printed(markup: str, tags: list[str]) -> None:
    """Without it two words of a tag become one, or its spelling becomes the project's."""
    assert credits_of(more=f"<ul class='tag__article__wrap'><li>{markup}</li></ul>").tags == tags
