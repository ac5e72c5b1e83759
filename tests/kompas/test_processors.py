"""The small steps between a raw string and a value."""

from datetime import datetime

import pytest

from crawler.kompas.pages.listing import RawEntry
from crawler.kompas.processors import clean_string, kind_of, latest_link, unique
from crawler.kompas.text.numbers import whole_number
from tests.make import URL, WIB

ADDRESS = "https://www.kompas.com/global/read/2021/04/22/160600870/judul"


@pytest.mark.parametrize(
    ("raw", "clean"), [("  Kapal \n riset ", "Kapal riset"), ("\u00a0", None), ("", None), ("“Kapal”", "“Kapal”")]
)
def test_a_string_is_one_line_or_nothing(raw: str, clean: str | None) -> None:
    """Without it the same name counts as two, or an empty one counts as one."""
    assert clean_string(raw) == clean


@pytest.mark.parametrize(
    ("raw", "number"), [("0", 0), ("007", 7), ("²", None), ("1,5", None), ("", None), ("-1", None), ("9" * 5000, None)]
)
def test_only_digits_are_a_number(raw: str, number: int | None) -> None:
    """Without it an odd count ends the reading of a story."""
    assert whole_number(raw) == number


def test_repeats_go_and_the_order_stays() -> None:
    """Without it an author who is named twice on a page counts as two."""
    assert unique(["b", "a", "b"]) == ["b", "a"]


@pytest.mark.parametrize(
    ("time", "published"),
    [
        ("22/04/2021, 17:00 WIB", datetime(2021, 4, 22, 17, 0, tzinfo=WIB)),
        ("22/04/2021", datetime(2021, 4, 22, 16, 6, tzinfo=WIB)),
        (None, None),
    ],
)
def test_a_link_is_dated_by_what_the_box_prints(time: str | None, published: datetime | None) -> None:
    """Without it links without a time get a made-up one, or those with a day lose their hour."""
    link = latest_link(RawEntry(" Kapal  lain ", f"{URL}?source=terkini", "Global", time, "read"))
    assert (link.title, link.url, link.section, link.published_at) == ("Kapal lain", URL, "Global", published)


@pytest.mark.parametrize(
    ("title", "content_type", "url", "kind"),
    [
        ("[POPULER GLOBAL] Kapal | Pulau", None, ADDRESS, "digest"),
        ("(UNIK GLOBAL) Kapal: Pulau", None, ADDRESS, "digest"),
        ("Populer Internasional: Kapal", "Standard", ADDRESS, "digest"),
        ("Rangkuman Hari Ke-7 Pelayaran Kapal", None, ADDRESS, "digest"),
        ("Rangkuman Pelayaran Kapal", None, ADDRESS, "article"),
        ("Populer Global di Kalangan Pelaut", None, ADDRESS, "article"),
        ("[POPULER GLOBAL] Kapal", "kilas", ADDRESS, "advertorial"),
        ("Kapal", " VIDEO ", ADDRESS, "video"),
        ("Kapal", "galeri", ADDRESS, "gallery"),
        ("Kapal", None, "https://kolom.kompas.com/read/2021/04/22/160600870/judul", "column"),
        ("Kapal", None, "https://www.kompas.com/kolom/read/2021/04/22/160600870/judul", "column"),
        ("Kapal", "lainnya", ADDRESS, "article"),
    ],
)
def test_the_kind_of_a_piece(title: str, content_type: str | None, url: str, kind: str) -> None:
    """Without it a study of reports counts advertisements, or loses reports that merely sound like round-ups."""
    assert kind_of(title, content_type, url) == kind
