"""Which kind of piece a page says that it is."""

import re
from typing import Final

FACT_CHECK: Final = "fact_check"

_CONTENT_TYPES: Final = {
    **dict.fromkeys(("advertorial", "brandzview", "kilas"), "advertorial"),
    "kolom": "column",
    "video": "video",
    **dict.fromkeys(("foto", "galeri"), "gallery"),
}
"""`content_type` -> kind. Brandzview and Kilas are paid. "Standard", and the topics that stand there in 2020, state no
kind."""

_DIGEST_LABELS: Final = (
    "populer global",
    "unik global",
    "kabar dunia sepekan",
    "populer internasional",
    "rangkuman",
    "kaleidoskop internasional",
    "kaleidoskop global",
)
"""Round-ups open with one of these, in brackets or before a colon; "Rangkuman Hari Ke-7 ..." without either."""

_LABELLED: Final = re.compile(r"\s*\[[^\]]+\]\s*(?P<claim>.+)")


def kind_of(
    title: str, content_type: str | None, url: str, *, has_verdict: bool = False, has_header: bool = False
) -> str:
    """Return the kind of a piece (see `Article.kind`).

    :param has_verdict: the page has the verdict box of a fact check.
    :param has_header: the page has the header that names a columnist.

    >>> kind_of("[POPULER GLOBAL] Satu | Dua", "Standard", "https://www.kompas.com/global/read/...")
    'digest'
    """
    stated = _CONTENT_TYPES.get((content_type or "").strip().lower())
    if stated or has_verdict:
        return stated or FACT_CHECK
    opening = title.lower().lstrip("[( ")
    if opening.startswith(_DIGEST_LABELS) and (
        title.lstrip().startswith("[") or ":" in title or opening.startswith("rangkuman hari")
    ):
        return "digest"
    return "column" if has_header or "//kolom.kompas.com/" in url or "/kolom/" in url else "article"


def claim_of(title: str) -> str | None:
    """Return the claim in the headline of a fact check: what stands behind a label in brackets.

    >>> claim_of("[HOAKS] Rakit Bambu Menyala di Malam Hari")
    'Rakit Bambu Menyala di Malam Hari'
    """
    found = _LABELLED.fullmatch(title)
    return found["claim"] if found else None
