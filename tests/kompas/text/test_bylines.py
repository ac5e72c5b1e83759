"""Names of people and agencies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.kompas.text.bylines import Byline, read_byline, split_names, split_sources
from crawler.kompas.text.whitespace import collapse

NAMES = [
    ("Rara Melati", ["Rara Melati"]),
    (" Rara\u00a0 Melati\n", ["Rara Melati"]),
    (": Rara Melati", ["Rara Melati"]),
    ("Rara Melati,", ["Rara Melati"]),
    ("Rara Melati, Bagus Taruna", ["Rara Melati", "Bagus Taruna"]),
    ("Rara Melati,Bagus Taruna", ["Rara Melati", "Bagus Taruna"]),
    ("Rara Melati dan Bagus Taruna", ["Rara Melati", "Bagus Taruna"]),
    ("Rara Melati & Bagus Taruna", ["Rara Melati", "Bagus Taruna"]),
    ("Rara Melati | Bagus Taruna", ["Rara Melati", "Bagus Taruna"]),
    ("Rara Melati, Bagus Taruna dan Citra Dahlan", ["Rara Melati", "Bagus Taruna", "Citra Dahlan"]),
    ("Rara Melati, Bagus Taruna, dan Citra Dahlan", ["Rara Melati", "Bagus Taruna", "Citra Dahlan"]),
    ("Rara Melati, Bagus Taruna, & Citra Dahlan", ["Rara Melati", "Bagus Taruna", "Citra Dahlan"]),
    ("Kontributor Ambon, Rara Melati", ["Rara Melati"]),
    ("Danang Dandia", ["Danang Dandia"]),
    ("Reuters/VOA Indonesia", ["Reuters/VOA Indonesia"]),
    ("Editor", []),
    ("Penulis:", []),
    ("", []),
    (" , ", []),
]

SOURCES = [
    ("Reuters", ["Reuters"]),
    ("Sumber", []),
    ("Sumber:", []),
    (": Koran Utara", ["Koran Utara"]),
    ("AFP,Politico", ["AFP", "Politico"]),
    ("BBC, AFP", ["BBC", "AFP"]),
    ("Kompas.com", ["Kompas.com"]),
    ("US Embassy/Kantor Kota/BBC", ["US Embassy/Kantor Kota/BBC"]),
    ("Sains & Laut", ["Sains & Laut"]),
    ("", []),
]

CREDITS = [
    ("Penulis: Rara Melati", Byline("author", ["Rara Melati"])),
    ("Penulis : VOA Indonesia", Byline("author", ["VOA Indonesia"])),
    ("Penulis: Reuters/VOA Indonesia", Byline("author", ["Reuters/VOA Indonesia"])),
    ("(Penulis: Rara Melati)", Byline("author", ["Rara Melati"])),
    ("PENULIS: RARA MELATI", Byline("author", ["RARA MELATI"])),
    ("Editor: Bagus Taruna", Byline("editor", ["Bagus Taruna"])),
    ("Oleh: Rara Melati, Bagus Taruna", Byline("author", ["Rara Melati", "Bagus Taruna"])),
    (
        "Oleh: Rara Melati, Bagus Taruna, & Citra Dahlan",
        Byline("author", ["Rara Melati", "Bagus Taruna", "Citra Dahlan"]),
    ),
    ("Reporter: Rara Melati", Byline("author", ["Rara Melati"])),
    ("Penulis: M. Rara Melati", Byline("author", ["M. Rara Melati"])),
    ("Oleh: Dr. Bagus Taruna", Byline("author", ["Dr. Bagus Taruna"])),
]

PROSE = [
    "Penulis buku itu berkata bahwa semua bab sudah selesai.",
    "Penulis: sebuah pekerjaan yang sepi, kata perempuan itu, tetapi menyenangkan.",
    "Editor koran itu: tidak ada yang berubah sejak pagi.",
    "Oleh karena itu, kapal ditahan di pelabuhan.",
    "Oleh: siapa pun yang pernah tinggal di pulau itu, cerita ini akan dikenang lama sekali",
    "Laporan itu dibacakan di depan dewan.",
    "Sumber itu menambahkan, dua kapal sudah berangkat.",
    "Penulis:",
    "",
]


@pytest.mark.parametrize(("printed", "names"), NAMES)
def test_a_credit_gives_its_people(printed: str, names: list[str]) -> None:
    """Without it a user who counts by author counts pairs of people, cities, or the word "dan"."""
    assert split_names(printed) == names


@pytest.mark.parametrize(("printed", "sources"), SOURCES)
def test_a_source_line_gives_its_agencies(printed: str, sources: list[str]) -> None:
    """Without it two agencies count as one, or one whose name has a slash as two."""
    assert split_sources(printed) == sources


@pytest.mark.parametrize(("line", "byline"), CREDITS)
def test_a_credit_line_in_the_body_is_read(line: str, byline: Byline) -> None:
    """Without it the writer of a translated story is a line of its text instead of its author."""
    assert read_byline(line) == byline


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_opens_like_a_credit_stays(line: str) -> None:
    """Without it a sentence is lost from the text and its words become the name of a person."""
    assert read_byline(line) is None


@given(st.text())
@settings(deadline=None)
def test_no_text_stops_the_reading_of_names(text: str) -> None:
    """Without it one odd credit costs a story, or a name has letters that its page does not."""
    byline = read_byline(text)
    for name in byline.names if byline else []:
        assert name in collapse(text)
    for name in [*split_names(text), *split_sources(text)]:
        assert name
        assert name == name.strip()
        assert name in collapse(text)


PEOPLE = st.lists(st.sampled_from(["Rara Melati", "M. Taruna", "Citra D'Ahlan", "São Danang"]), min_size=1, unique=True)


@given(PEOPLE, st.sampled_from([", ", ",", " dan ", " & ", " | ", ", dan "]))
@settings(deadline=None)
def test_people_parted_in_any_way_are_the_same_people(people: list[str], between: str) -> None:
    """Without it who wrote a story depends on how the editor parted the names."""
    assert split_names(between.join(people)) == people
