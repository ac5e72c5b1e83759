"""Whatever the site renames, the run ends with a named alarm or nothing was lost: no field goes empty silently."""

import pytest

from crawler.health.drift import alarms
from tests.health.drift_cases import (
    DAYS,
    LAYOUTS,
    article_cases,
    front_cases,
    index_pages,
    list_cases,
    pages_of,
    reading_of,
    unchanged,
    written_cases,
)
from tests.health.drift_table import PAGE, text
from tests.health.markup_targets import css_names, targets_in
from tests.health.written_markup import written_pages
from tests.site.site import Site


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_target_of_an_article_page_is_lost_silently(layout: str) -> None:
    """Without it the site renames a byline, and a year of records has no author."""
    cases = list(article_cases(layout))
    assert len(cases) > 20
    assert [case for case in cases if case.silent] == []
    assert sum(bool(case.alarms) for case in cases) > 10


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pages_as_they_are_raise_no_alarm(layout: str) -> None:
    """Without it the first run of every user reports a change of the site."""
    run = {layout: reading_of(unchanged(layout).values())}
    assert alarms(run, []) == []
    assert alarms(run, [run] * 120) == []


def test_no_target_of_a_list_is_lost_silently() -> None:
    """Without it the index shows half of its stories, and all that is listed is stored."""
    cases = [*list_cases(), *front_cases()]
    assert [case for case in cases if case.silent] == []
    assert any("UnknownLayout" in case.alarms for case in cases)


def test_no_target_of_rare_markup_is_lost_silently() -> None:
    """Without it what the pages of the tests do not show is exempt."""
    cases = written_cases()
    assert len(cases) > 60
    assert [case for case in cases if case.silent] == []
    assert sum(bool(case.alarms) for case in cases) > 50


@pytest.mark.parametrize("key", ["datePublished", "NewsArticle", "content_PublishedDate", "content_type", "“Sumber”"])
def test_what_only_the_loader_or_a_reader_s_eye_goes_by_is_tried_too(key: str) -> None:
    """Without it the times of a story lose a source and the table does not know."""
    (case,) = (case for case in article_cases("read") if case.target == key)
    assert case.alarms


def test_every_name_in_a_selector_is_tried() -> None:
    """Without it a selector that no page of the tests knows is exempt. The page it needs goes into `written_markup`."""
    site = Site()
    pages = [page for layout in LAYOUTS for page in pages_of(layout).values()]
    pages += [page for day in DAYS for page in index_pages(site, day).values()]
    pages += [new for _, _, _, new in written_pages()]
    assert css_names() - targets_in(pages) == set()


def test_the_table_in_the_docs_is_current() -> None:
    """Without it the docs promise alarms that no run gives."""
    assert PAGE.read_text(encoding="utf-8") == text(), "write it anew: python -m tests.health.drift_table"
