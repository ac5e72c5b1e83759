"""What an edit changed, as a person would count it."""

from typing import Any

import pytest

from crawler.dataset.changes import changes_of, compared
from crawler.kompas.text.sentences import sentences_of
from tests.make import make_article
from tests.torture.checks import record_of

BEFORE = "Kapal tiba pagi ini. Dua awak sakit. Cuaca cerah."


def change(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The one change between two revisions of a story."""
    first = make_article(text=BEFORE)
    earlier, later = record_of(first), record_of(first)
    earlier |= {"fetched_at": "2021-04-22T11:00:00+00:00", **before}
    later |= {"fetched_at": "2021-04-22T15:00:00+00:00", "revision": 2, **after}
    (found,) = changes_of([(later, earlier)])
    return found


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        (BEFORE, (0, 0, 0)),
        ("Kapal  tiba pagi ini.   Dua awak sakit. Cuaca cerah.", (0, 0, 0)),
        ("Kapal tiba pagi ini. Tiga awak sakit. Cuaca cerah.", (0, 0, 1)),
        ("Kapal tiba pagi ini. Dua awak sakit. Cuaca cerah. Sekian.", (1, 0, 0)),
        ("Kapal tiba pagi ini. Cuaca cerah.", (0, 1, 0)),
        ("Cuaca cerah. Kapal tiba pagi ini. Dua awak sakit.", (0, 0, 0)),  # moved
        ("Pelabuhan ditutup. Penumpang menunggu di luar. Kapten belum bicara.", (3, 3, 0)),
        ("Kapal tiba pagi ini. Kapal tiba pagi ini. Dua awak sakit. Cuaca cerah.", (1, 0, 0)),
        ("", (0, 3, 0)),
    ],
)
def test_sentences_are_added_removed_or_edited(after: str, counts: tuple[int, int, int]) -> None:
    """Without it a corrected number is a removed sentence and a new one, or a moved sentence is an edit."""
    assert compared(sentences_of(BEFORE), sentences_of(after)) == counts


@pytest.mark.parametrize(
    ("after", "cosmetic"),
    [
        ({"title": "KAPAL Riset berlabuh, di Pulau Terjauh!"}, True),
        ({"text": BEFORE.replace("pagi ini", "pagiini").replace(".", " –")}, True),
        ({"text": BEFORE.replace("Dua", "Tiga")}, False),
        ({"title": "Kapal Riset Berlabuh di Pulau Terdekat"}, False),
        ({"text": BEFORE + " 1.5 juta"}, False),
    ],
)
def test_a_change_without_other_letters_is_cosmetic(after: dict[str, Any], cosmetic: bool) -> None:
    """Without it a comma counts as much as a corrected number of victims."""
    assert change({}, after)["cosmetic"] is cosmetic


def test_a_sign_between_digits_is_no_punctuation() -> None:
    """Without it 1.5 million that became 15 million are a cosmetic change."""
    assert change({"text": "Ada 1.5 juta."}, {"text": "Ada 15 juta."})["cosmetic"] is False


@pytest.mark.parametrize(
    ("modified", "minutes"),
    [
        ("2021-04-22T20:06:00+07:00", 240),
        (None, None),
        ("2021-04-22T17:06:00+07:00", None),  # the earlier revision was captured after it
        ("2021-04-23T17:06:00+07:00", None),  # after the later revision was captured
    ],
)
def test_the_time_of_an_edit_is_the_pages_own_where_it_can_be_true(modified: str | None, minutes: int | None) -> None:
    """Without it the time to an edit is that of another one."""
    found = change({}, {"modified_at": modified})
    assert (found["minutes_to_edit"], found["minutes_at_least"], found["minutes_at_most"]) == (minutes, 114, 354)
    assert (found["edited_at"] is None) is (minutes is None)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Satu. Dua? Tiga!", ["Satu.", "Dua?", "Tiga!"]),
        ("Judul kecil\n\nIsi berita.", ["Judul kecil", "Isi berita."]),
        ("Prof. Dr. B. Santoso tiba. Ia lelah.", ["Prof. Dr. B. Santoso tiba.", "Ia lelah."]),
        ("Harganya Rp. 1.500 per kg. Murah.", ["Harganya Rp. 1.500 per kg.", "Murah."]),
        ("“Kami lega.” Ia tersenyum.", ["“Kami lega.”", "Ia tersenyum."]),
        ("“Benarkah?” tanya dia. Ya.", ["“Benarkah?” tanya dia.", "Ya."]),
        ("Ia berkata... lalu pergi. Tamat.", ["Ia berkata... lalu pergi.", "Tamat."]),
        ("Pukul 09.00 WIB. 12 orang datang.", ["Pukul 09.00 WIB.", "12 orang datang."]),
        ("Di Washington D.C. ia tinggal.", ["Di Washington D.C. ia tinggal."]),
        ("", []),
        ("Tanpa titik", ["Tanpa titik"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    """Without it a title before a name ends a sentence, and each edit of it counts twice."""
    assert sentences_of(text) == sentences
