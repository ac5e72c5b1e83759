"""The floors of quality: what `benchmarks.quality` measures beside the rivals may not get worse."""

from collections.abc import Sequence
from dataclasses import asdict

import pytest

import crawler
from benchmarks.pages import Known, look_alike, real
from benchmarks.quality import Score, score

PERFECT = Score(**dict.fromkeys(Score.__dataclass_fields__, 1.0) | {"leaks": 0.0})
WORSE = {"title": "", "authors": [], "published": "2021-04-22T00:00:00", "text": "Baca juga: Gempa"}


def read(page: Known) -> dict[str, object]:
    article = crawler.read(page.url, page.body)
    published = article.published_at.isoformat()
    return {"title": article.title, "text": article.text, "published": published, "authors": article.authors}


@pytest.mark.parametrize("generation", ["kcm_read", "read", "current"])
def test_every_page_of_the_look_alike_comes_out_right(generation: str) -> None:
    """Without it a change that spoils one page in fifty is released."""
    pages = look_alike()[generation]
    assert len(pages) >= 12
    assert score(pages, [read(page) for page in pages]) == PERFECT


NOT_EQUAL = {
    "real, March 2021": {"authors": 1},
    "real, April 2023, odd forms": {"authors": 4, "exact": 1},
    "real, April 2024, odd forms": {"authors": 2},
}
"""Set -> pages on which the independent reading differs, all looked at: it lists no author where the text or a meta tag
names one (`tests/test_real_pages.py` says which), and takes a list of links for paragraphs on one page."""


def test_every_real_page_comes_out_right() -> None:
    """Without it only invented pages are read right."""
    if not real():
        pytest.skip("the real pages are not part of the project and are not here")
    for name, pages in real().items():
        found = score(pages, [read(page) for page in pages])
        wrong = NOT_EQUAL.get(name, {})
        for column in ("title", "authors", "minute", "moment", "exact"):
            assert round(len(pages) * (1 - getattr(found, column))) == wrong.get(column, 0), (name, column)
        assert (found.leaks, found.precision) == (0.0, 1.0), name


def test_the_measure_can_fail() -> None:
    """Without it everything is perfect, whatever comes out."""
    pages: Sequence[Known] = look_alike()["read"][:2]
    worse = asdict(score(pages, [WORSE, {}]))
    assert all(worse[name] < 0.5 for name in worse if name != "leaks")
    assert worse["leaks"] == 0.5
