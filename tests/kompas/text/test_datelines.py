"""The dateline at the start of a story, and the sentences that look like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.kompas.text.datelines import split_dateline

REST = "Warga kota pelabuhan itu menanam bakau sejak subuh."

WITH_PLACE = [
    ("KABUL, KOMPAS.com - ", "KABUL"),
    ("KABUL, KOMPAS.com — ", "KABUL"),
    ("NARA, KOMPAS.com – ", "NARA"),
    ("BANGKOK, KOMPAS.com  — ", "BANGKOK"),
    ("PONTIANAK, KOMPAS.com -- ", "PONTIANAK"),
    ("PERTH, KOMPAS.COM - ", "PERTH"),
    ("NIAGARA FALLS,KOMPAS.com-", "NIAGARA FALLS"),
    ("JALUR GAZA-YERUSALEM, KOMPAS.com - ", "JALUR GAZA-YERUSALEM"),
    ("WASHINGTON DC, KOMPAS.com - ", "WASHINGTON DC"),
    ("WASHINGTON, D.C., KOMPAS.com - ", "WASHINGTON, D.C."),
    ("ST. JOHN'S, KOMPAS.com - ", "ST. JOHN'S"),
    ("SANA’A, KOMPAS.com – ", "SANA’A"),
    ("SÃO PAULO, KOMPAS.com – ", "SÃO PAULO"),
    ("TRIPOLI, KOMPAS.com ", "TRIPOLI"),
    ("OSLO, KOMPAS.com &ndash; ", "OSLO"),
    ("Baghdad, Kamis - ", "Baghdad"),
    ("Ramadi, Senin - ", "Ramadi"),
    ("Jakarta, Kompas - ", "Jakarta"),
    ("WASHINGTON,RABU-", "WASHINGTON"),
    ("BEIJING, SENIN - ", "BEIJING"),
    ("NARA, KOMPAS.com ― ", "NARA"),
    ("NARA, KOMPAS.com − ", "NARA"),
    ("NARA, KOMPAS.com ‑ ", "NARA"),
    ("NARA, KOMPAS.com ‒ ", "NARA"),
    ("NARA, KOMPAS.com －", "NARA"),
    ("NARA, KOMPAS.com &mdash; ", "NARA"),
    ("NARA, KOMPAS.com: ", "NARA"),
    ("NARA, KOMPAS.com : ", "NARA"),
    ("NARA, KOMPAS.com： ", "NARA"),
    ("NARA, KOMPAS.com | ", "NARA"),
    ("(NARA, KOMPAS.com) - ", "NARA"),
    ("[NARA, KOMPAS.com] - ", "NARA"),
    ("(NARA, KOMPAS.com) ", "NARA"),
    ("NARA (KOMPAS.com) - ", "NARA"),
    ("NARA, (KOMPAS.com) – ", "NARA"),
    ("NARA (KOMPAS.com) ", "NARA"),
    ("NARA – KOMPAS.com – ", "NARA"),
]

WITHOUT_PLACE = [
    *("KOMPAS.com - ", "KOMPAS.com – ", "KOMPAS.com — ", "KOMPAS.com  - ", "KOMPAS.COM - ", "KOMPAS.com-"),
    *("KOMPAS.com ― ", "KOMPAS.com − ", "KOMPAS.com: ", "KOMPAS.com | ", "(KOMPAS.com) - ", "[KOMPAS.com] – "),
]

LOOK_ALIKES = [
    "Kompas.com mencatat tiga topan pada pekan itu.",
    "KOMPAS.com mencatat tiga topan - dua di antaranya besar.",
    "Menurut KOMPAS.com - media itu - harga gandum turun lagi.",
    "Harian Kompas - koran pagi itu - memuat peta lama di halaman muka.",
    "Kompas.com-lah yang pertama memuat wawancara itu.",
    "Dikutip dari Kompas.com, kapal itu sudah merapat - tanpa muatan.",
    "Diberitakan Kompas.com, 9 September 2022, ratu itu berkunjung.",
    "Berdasarkan pantauan Kompas.com, massa datang pukul 15.12.",
    "Kepada Kompas.com, Minggu (26/4/2015), ia bercerita tentang panen.",
    "Ulang tahun ke-24 situs itu dirayakan di redaksi KOMPAS.com - sebuah gedung tua di Palmerah.",
    "Redaksi yang menerima surat pembaca dari tiga benua itu adalah redaksi KOMPAS.com - bukan yang lain.",
    "Warga menunggu dua jam di dermaga lama sebelum kapal itu datang, tulis KOMPAS.com - dan pulang lagi.",
    "FAKSI Harapan menang tipis di parlemen.",
    "Kompas.com: situs berita yang berdiri pada 1995.",
    "Menurut KOMPAS.com: Kapal itu sudah merapat.",
    "Ulang Tahun Kompas.com: 25 tahun di jaringan.",
    "Situs (KOMPAS.com) melaporkan kapal itu sudah merapat.",
    "Harian (Kompas.com) Minggu itu memuat peta lama.",
    "ENTAH kenapa lampu kota itu padam.",
    "Kamis - hari ketiga - badai mereda.",
    "Pada hari itu, Kamis - hari pasar - jalan ditutup.",
    "Jakarta, kota yang besar - dan panas - ikut dalam lomba itu.",
    "",
    " - ",
]


@pytest.mark.parametrize(("opening", "place"), WITH_PLACE)
def test_every_form_of_a_dateline_is_taken_off_with_its_place(opening: str, place: str) -> None:
    """Without it the text of the story opens with the name of the site, and the place is lost."""
    dateline = split_dateline(opening + REST)
    assert dateline is not None
    assert (dateline.place, dateline.rest) == (place, REST)


@pytest.mark.parametrize("opening", WITHOUT_PLACE)
def test_a_dateline_without_a_place_gives_none(opening: str) -> None:
    """Without it a user finds stories "from KOMPAS.com", a place that is none."""
    dateline = split_dateline(opening + REST)
    assert dateline is not None
    assert (dateline.place, dateline.rest) == (None, REST)


@pytest.mark.parametrize("sentence", LOOK_ALIKES)
def test_a_sentence_that_looks_like_a_dateline_stays_whole(sentence: str) -> None:
    """Without it the first words of a real sentence are cut off and called a place."""
    assert split_dateline(sentence) is None


def test_only_the_first_mention_is_taken_off() -> None:
    """Without it a lead that names the site a second time loses everything up to there."""
    dateline = split_dateline("JAKARTA, KOMPAS.com - Rubrik baru KOMPAS.com - pagi ini - memuat kabar laut.")
    assert dateline is not None
    assert dateline.rest == "Rubrik baru KOMPAS.com - pagi ini - memuat kabar laut."


def test_a_dateline_may_stand_alone() -> None:
    """Without it a story whose dateline has a line of its own keeps it as its first paragraph."""
    dateline = split_dateline("KUPANG, KOMPAS.com - ")
    assert dateline is not None
    assert (dateline.place, dateline.rest) == ("KUPANG", "")


@given(
    st.text()
    | st.builds(
        "".join,
        st.lists(st.sampled_from(["KOMPAS.com", " - ", ", ", "Oslo", "LIMA", "Senin", "kata", "–"]), max_size=9),
    )
)
@settings(deadline=None)
def test_taking_a_dateline_off_never_adds_text(text: str) -> None:
    """Without it a story may hold words that its page does not."""
    dateline = split_dateline(text)
    if dateline is not None:
        assert text.endswith(dateline.rest)
        assert len(dateline.rest) < len(text)
        assert dateline.place is None or dateline.place in text


@given(
    st.lists(st.sampled_from(["OSLO", "Lima", "D.C.", "SÃO", "JOHN'S", "GAZA-NARA"]), min_size=1, max_size=3),
    st.sampled_from([", KOMPAS.com - ", ",KOMPAS.com–", ", KOMPAS.COM — ", ", Kompas - "]),
)
@settings(deadline=None)
def test_any_place_is_read_back(words: list[str], name: str) -> None:
    """Without it the place of some stories is cut short or runs into the text."""
    place = " ".join(words)
    dateline = split_dateline(f"{place}{name}{REST}")
    assert dateline is not None
    assert (dateline.place, dateline.rest) == (place, REST)
    assert split_dateline(dateline.rest) is None
