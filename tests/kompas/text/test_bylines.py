"""Names of people and agencies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.kompas.text.bylines import (
    Byline,
    bare_name,
    is_degree,
    read_byline,
    split_label,
    split_list,
    split_names,
    split_sources,
)
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
    ("KONTRIBUTOR AMBON, Rara Melati, S.H.", ["Rara Melati, S.H."]),
    ("Kontributor Ambon", ["Kontributor Ambon"]),
    ("Danang Dandia", ["Danang Dandia"]),
    ("Reuters/VOA Indonesia", ["Reuters/VOA Indonesia"]),
    ("Editor", []),
    ("Penulis:", []),
    ("Penulis: Rara Melati", ["Rara Melati"]),
    ("Editor Bahasa", ["Editor Bahasa"]),
    ("Rara Melati*", ["Rara Melati"]),
    ("Rara Melati**, Bagus Taruna †", ["Rara Melati", "Bagus Taruna"]),
    ("Rara Melati¹ dan Bagus Taruna²", ["Rara Melati", "Bagus Taruna"]),
    ("Badan Cuaca dan Laut Nasional", ["Badan Cuaca dan Laut Nasional"]),
    ("Pusat Rakit dan Perahu, Rara Melati", ["Pusat Rakit dan Perahu", "Rara Melati"]),
    ("", []),
    (" , ", []),
]

WITH_DEGREES = [
    ("Rara Melati, S.T.", ["Rara Melati, S.T."]),
    ("Prof. Dr. Rara Melati, M.Hum.", ["Prof. Dr. Rara Melati, M.Hum."]),
    ("Rara Melati, S.IP., M.A.", ["Rara Melati, S.IP., M.A."]),
    ("Rara Melati, MSc.", ["Rara Melati, MSc."]),
    ("Rara Melati, PhD", ["Rara Melati, PhD"]),
    ("dr. Rara Melati, Sp.A(K)", ["dr. Rara Melati, Sp.A(K)"]),
    ("Rara Melati, S. Sos., M. Si", ["Rara Melati, S. Sos., M. Si"]),
    ("Rara Melati, A.Md.Kom", ["Rara Melati, A.Md.Kom"]),
    ("Rara Melati,SE,MM,Bagus Taruna", ["Rara Melati,SE,MM", "Bagus Taruna"]),
    ("Rara Melati, Jr., Bagus Taruna, Sr", ["Rara Melati, Jr.", "Bagus Taruna, Sr"]),
    ("Rara Melati, M.M. dan Bagus Taruna, LL.M.", ["Rara Melati, M.M.", "Bagus Taruna, LL.M."]),
    ("S.H.", ["S.H."]),
]

NO_DEGREES = ["A. Putri", "B.J. Habibi", "AFP", "VOA Indonesia", "Laras", "M. Taruna", "Si Badang", "Mata Air", ""]

SOURCES = [
    ("Reuters", ["Reuters"]),
    ("Sumber", []),
    ("Sumber:", []),
    ("Sumber: Koran Utara", ["Koran Utara"]),
    (": Koran Utara", ["Koran Utara"]),
    ("AFP,Politico", ["AFP", "Politico"]),
    ("BBC, AFP", ["BBC", "AFP"]),
    ("Kompas.com", ["Kompas.com"]),
    ("US Embassy/Kantor Kota/BBC", ["US Embassy/Kantor Kota/BBC"]),
    ("Sains & Laut", ["Sains & Laut"]),
    ("Sumber Daya", ["Sumber Daya"]),
    ("", []),
]

LABELLED = [
    ("Penulis Rara Melati", ("author", "Rara Melati")),
    ("Penulis : Rara Melati", ("author", "Rara Melati")),
    ("EDITOR: Bagus Taruna", ("editor", "Bagus Taruna")),
    ("Sumber SehatQ", ("source", "SehatQ")),
    (", Sumber, , : Koran Utara, ", ("source", "Koran Utara,")),
    ("Sumberejo Pos", ("", "Sumberejo Pos")),
    ("Rara Melati", ("", "Rara Melati")),
    ("Editor", ("editor", "")),
]

CREDITS = [
    ("Penulis: Rara Melati", Byline(["Rara Melati"])),
    ("Penulis : VOA Indonesia", Byline(["VOA Indonesia"])),
    ("Penulis: Reuters/VOA Indonesia", Byline(["Reuters/VOA Indonesia"])),
    ("(Penulis: Rara Melati)", Byline(["Rara Melati"])),
    ("PENULIS: RARA MELATI", Byline(["RARA MELATI"])),
    ("Editor: Bagus Taruna", Byline([], ["Bagus Taruna"])),
    ("Oleh: Rara Melati, Bagus Taruna", Byline(["Rara Melati", "Bagus Taruna"], is_own=True)),
    ("Oleh: Rara Melati dan Bagus Taruna*", Byline(["Rara Melati", "Bagus Taruna"], is_own=True)),
    (
        "Oleh: Rara Melati, Bagus Taruna, & Citra Dahlan",
        Byline(["Rara Melati", "Bagus Taruna", "Citra Dahlan"], is_own=True),
    ),
    ("Reporter: Rara Melati", Byline(["Rara Melati"])),
    ("Penulis: M. Rara Melati", Byline(["M. Rara Melati"])),
    ("Oleh: Dr. Bagus Taruna", Byline(["Dr. Bagus Taruna"], is_own=True)),
    ("Penulis: Prof. Rara Melati, S.T., M.Si.", Byline(["Prof. Rara Melati, S.T., M.Si."])),
    ("Oleh: Bagus Taruna, Jr.", Byline(["Bagus Taruna, Jr."], is_own=True)),
    ("Penulis: Rara Melati | Editor: Bagus Taruna", Byline(["Rara Melati"], ["Bagus Taruna"])),
    ("Penulis: Rara Melati - Editor:\u00a0Bagus Taruna", Byline(["Rara Melati"], ["Bagus Taruna"])),
    (
        "(Penulis: Rara Melati, Citra Dahlan|Editor: Bagus Taruna)",
        Byline(["Rara Melati", "Citra Dahlan"], ["Bagus Taruna"]),
    ),
    ("Editor: Bagus Taruna – Penulis: Rara Melati", Byline(["Rara Melati"], ["Bagus Taruna"])),
    ("Penulis: Rara Melati Editor: Bagus Taruna", Byline(["Rara Melati"], ["Bagus Taruna"])),
]

PROSE = [
    "Penulis buku itu berkata bahwa semua bab sudah selesai.",
    "Penulis: sebuah pekerjaan yang sepi, kata perempuan itu, tetapi menyenangkan.",
    "Editor koran itu: tidak ada yang berubah sejak pagi.",
    "Oleh karena itu, kapal ditahan di pelabuhan.",
    "Oleh: siapa pun yang pernah tinggal di pulau itu, cerita ini akan dikenang lama sekali",
    "Penulis: Rara Melati pulang.",
    "Penulis: Rara Melati | Editor: ia berkata, pulanglah sekarang juga ke rumah",
    "Penulis: Rara Melati | Editor:",
    "Laporan itu dibacakan di depan dewan.",
    "Sumber itu menambahkan, dua kapal sudah berangkat.",
    "Penulis:",
    "",
]


@pytest.mark.parametrize(("printed", "names"), [*NAMES, *WITH_DEGREES])
def test_a_credit_gives_its_people(printed: str, names: list[str]) -> None:
    """Without it a user who counts by author counts pairs of people, cities, degrees, or the word "dan"."""
    assert split_names(printed) == names


@pytest.mark.parametrize("text", NO_DEGREES)
def test_a_name_is_no_degree(text: str) -> None:
    """Without it two people become one with an odd degree."""
    assert not is_degree(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rara Melati", "Dr. Rara Melati, M.Si.", True),
        ("Prof. Dr. Rara Melati", "RARA MELATI", True),
        ("H. Rara Melati", "Rara Melati", True),
        ("Rara Melati", "Rara Melati Putri", False),
        ("Dr", "Ir", False),
    ],
)
def test_titles_and_degrees_make_no_other_person(one: str, other: str, same: bool) -> None:
    """Without it a writer who stands beside a column and above its text counts twice."""
    assert (bare_name(one) == bare_name(other)) is same


@pytest.mark.parametrize(("printed", "sources"), SOURCES)
def test_a_source_line_gives_its_agencies(printed: str, sources: list[str]) -> None:
    """Without it two agencies count as one, or one whose name has a slash as two."""
    assert split_sources(printed) == sources


@pytest.mark.parametrize(("printed", "credit"), LABELLED)
def test_a_label_says_what_the_names_behind_it_are(printed: str, credit: tuple[str, str]) -> None:
    """Without it a credit without a link is lost, or its label becomes part of the name."""
    assert split_label(printed) == credit


@pytest.mark.parametrize(
    ("stated", "entries"),
    [
        ("kapal, laut", ["kapal", "laut"]),
        ("kapal,laut ,", ["kapal", "laut"]),
        ("kapal (Ambon, Tual), laut", ["kapal (Ambon, Tual)", "laut"]),
        (" ", []),
    ],
)
def test_a_meta_tag_gives_its_entries(stated: str, entries: list[str]) -> None:
    """Without it one tag with a comma inside brackets counts as several."""
    assert split_list(stated) == entries


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
    read_byline(text)
    for name in [*split_names(text), *split_sources(text), *split_list(text)]:
        assert name
        assert name == name.strip()
        assert set(name) <= set(collapse(text))


PEOPLE = st.lists(st.sampled_from(["Rara Melati", "M. Taruna", "Citra D'Ahlan", "São Danang"]), min_size=1, unique=True)


@given(PEOPLE, st.sampled_from([", ", ",", " dan ", " & ", " | ", ", dan "]))
@settings(deadline=None)
def test_people_parted_in_any_way_are_the_same_people(people: list[str], between: str) -> None:
    """Without it who wrote a story depends on how the editor parted the names."""
    assert split_names(between.join(people)) == people
