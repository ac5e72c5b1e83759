"""Whatever the site renames, the run ends with a named alarm or nothing was lost: no field goes empty silently."""

import pytest

from tests.conftest import ROOT
from tests.health.drift_cases import DAYS, LAYOUTS, article_cases, front_cases, index_pages, list_cases, pages_of
from tests.health.drift_table import PAGE, text
from tests.health.markup_targets import css_names, targets_in
from tests.site.site import Site

DESCRIBED = {
    "articleContent": "a second id of the body since 2022, beside div.read__content",
    "breadcrumb-new": "a second form of the breadcrumb since 2024",
    "photo__author": "a second place of the credit since 2022",
    "penulis-editor": "the byline of kanal otomotif before 2017",
    "kcm-read-paging": "paging of long stories before 2017",
    "kcm-read-tag": "tags before 2017",
}
"""Names that are known from descriptions of the markup only: no page of the tests shows them, each stands in a selector
beside one that is tried."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_target_of_an_article_page_is_lost_silently(layout: str) -> None:
    """Without it the site renames a byline, and a year of records has no author."""
    cases = list(article_cases(layout))
    assert len(cases) > 20
    assert [case for case in cases if case.silent] == []
    assert sum(bool(case.alarms) for case in cases) > 10


def test_no_target_of_a_list_is_lost_silently() -> None:
    """Without it the index shows half of its stories, and all that is listed is stored."""
    cases = [*list_cases(), *front_cases()]
    assert [case for case in cases if case.silent] == []
    assert any("UnknownLayout" in case.alarms for case in cases)


def test_every_name_in_a_selector_is_tried_or_listed() -> None:
    """Without it a selector that no page of the tests knows is exempt."""
    site = Site()
    pages = [page for layout in LAYOUTS for page in pages_of(layout).values()]
    pages += [page for day in DAYS for page in index_pages(site, day).values()]
    tried_alone = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("cleaning", "pages")
        for path in (ROOT / "tests" / room).glob("*.py")
    )
    missed = {name for name in css_names() - targets_in(pages) if name not in tried_alone}
    assert missed == set(DESCRIBED)


def test_the_table_in_the_docs_is_current() -> None:
    """Without it the docs promise alarms that no run gives."""
    assert PAGE.read_text(encoding="utf-8") == text(), "write it anew: python -m tests.health.drift_table"
