"""What kind of piece a page says that it is."""

from typing import Any

import pytest

from crawler.kompas.kinds import claim_of, kind_of
from tests.make import URL, load_page, read_page

BOX = '<div class="hoax__artikel"><h2 class="hoax__artikel__title">hoaks!</h2><p>Rakit itu tidak menyala.</p></div>'


@pytest.mark.parametrize(
    ("title", "content_type", "url", "kind"),
    [
        ("[POPULER GLOBAL] Kapal | Pulau", None, URL, "digest"),
        ("(UNIK GLOBAL) Kapal: Pulau", None, URL, "digest"),
        ("Populer Internasional: Kapal", "Standard", URL, "digest"),
        ("Rangkuman Hari Ke-7 Pelayaran Kapal", None, URL, "digest"),
        ("Rangkuman Pelayaran Kapal", None, URL, "article"),
        ("Populer Global di Kalangan Pelaut", None, URL, "article"),
        ("[POPULER GLOBAL] Kapal", "kilas", URL, "advertorial"),
        ("Kapal", "Brandzview", URL, "advertorial"),
        ("Kapal", "Advertorial", URL, "advertorial"),
        ("Kapal", "Kolom", URL, "column"),
        ("Kapal", " VIDEO ", URL, "video"),
        ("Kapal", "galeri", URL, "gallery"),
        ("Kapal", "Perumahan", URL, "article"),
        ("Kapal", None, "https://kolom.kompas.com/read/2021/04/22/160600870/judul", "column"),
        ("Kapal", None, "https://www.kompas.com/kolom/read/2021/04/22/160600870/judul", "column"),
        ("Kapal", "lainnya", URL, "article"),
    ],
)
def test_the_kind_of_a_piece(title: str, content_type: str | None, url: str, kind: str) -> None:
    """Without it a study of reports counts advertisements, or loses reports that merely sound like round-ups."""
    assert kind_of(title, content_type, url) == kind


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({}, "article"),
        ({"title": "[POPULER GLOBAL] Kapal Riset | Pulau"}, "digest"),
        ({"metas": {"content_type": "Brandzview"}}, "advertorial"),
        ({"metas": {"content_type": "Kolom"}}, "column"),
        ({"more": '<div class="opinion__author"><a class="opinion__link">Rara Melati</a></div>'}, "column"),
        ({"more": BOX}, "fact_check"),
        ({"more": BOX, "title": "[POPULER GLOBAL] Kapal"}, "fact_check"),
        ({"more": BOX, "metas": {"content_type": "Kilas"}}, "advertorial"),
        ({"more": '<div class="hoax__widget">Cek fakta lain</div>'}, "article"),
    ],
)
def test_page_and_title_say_the_kind(parts: dict[str, Any], kind: str) -> None:
    """Without it paid pieces, columns and fact checks are counted as reports."""
    assert load_page(read_page(**parts)).kind == kind


def test_a_fact_check_keeps_its_claim_and_its_verdict() -> None:
    """Without it a user of fact checks has to find out from the text what was found false."""
    page = read_page(title="[HOAKS] Rakit Menyala Sendiri", more=BOX)
    article = load_page(page)
    assert article.title == "[HOAKS] Rakit Menyala Sendiri"
    assert (article.claim, article.claim_verdict) == ("Rakit Menyala Sendiri", "hoaks! Rakit itu tidak menyala.")


def test_a_verdict_inside_the_body_is_no_text() -> None:
    """Without it the text of a fact check begins with the heading "hoaks!"."""
    article = load_page(read_page(body=f"{BOX}<p>Kapal itu merapat.</p>"))
    assert (article.kind, article.claim_verdict) == ("fact_check", "hoaks! Rakit itu tidak menyala.")
    assert (article.text, article.unaccounted) == ("Kapal itu merapat.", 0)


def test_other_kinds_have_neither_claim_nor_verdict() -> None:
    """Without it a round-up with a label in its headline looks like a checked claim."""
    article = load_page(read_page(title="[POPULER GLOBAL] Kapal"))
    assert (article.claim, article.claim_verdict) == (None, None)


@pytest.mark.parametrize(
    ("title", "claim"),
    [
        ("[KLARIFIKASI]Rakit Menyala", "Rakit Menyala"),
        ("Rakit Menyala [HOAKS]", None),
        ("[HOAKS]", None),
        ("Rakit Menyala", None),
    ],
)
def test_a_claim_is_what_stands_behind_a_label(title: str, claim: str | None) -> None:
    """Without it a claim is made up where the headline labels none."""
    assert claim_of(title) == claim
