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


def test_every_real_page_comes_out_right() -> None:
    """Without it only invented pages are read right."""
    pages = real()
    if not pages:
        pytest.skip("the real pages are not part of the project and are not here")
    assert score(pages, [read(page) for page in pages]) == PERFECT


def test_the_measure_can_fail() -> None:
    """Without it everything is perfect, whatever comes out."""
    pages: Sequence[Known] = look_alike()["read"][:2]
    worse = asdict(score(pages, [WORSE, {}]))
    assert all(worse[name] < 0.5 for name in worse if name != "leaks")
    assert worse["leaks"] == 0.5
