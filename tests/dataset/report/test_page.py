"""The report in Chromium: nothing fails, nothing is empty, nothing runs over, nothing is asked of a network."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from crawler.commands.report import write_report
from crawler.storage import Store
from tests.browser import CHROMIUM, NO_CHROMIUM, browser
from tests.dataset.report.season import HARM, INHERITED, fill_season
from tests.make import make_article

WIDTHS = (360, 768, 1280)
SHAPES = "path, rect, line, text"
Show = Callable[..., Page]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    with closing(Store(str(folder / "store.db"))) as store:
        fill_season(store, 45)
        write_report(store, (None, None), folder / "report.html")
    return folder / "report.html"


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def show(opened: Browser) -> Iterator[Show]:
    """Opens a page and waits until it is drawn; at the end nothing may have gone wrong in it."""
    pages: list[Page] = []
    wrong: list[str] = []

    def show(path: Path, width: int = 1280, **options: Any) -> Page:
        page = opened.new_page(viewport={"width": width, "height": 900}, **options)
        pages.append(page)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("request", lambda request: _note_request(request.url))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-drawn]", state="attached")
        return page

    def _note_request(url: str) -> None:
        if not url.startswith(("file:", "data:")):
            wrong.append(f"request: {url}")

    yield show
    for page in pages:
        page.close()
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_its_window_and_every_chart_is_drawn(show: Show, report: Path, width: int, scheme: str) -> None:
    """Without it a phone shows half a chart, or a chart is an empty frame."""
    page = show(report, width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    charts = page.query_selector_all(".chart")
    assert len(charts) == 13
    for chart in charts:
        name = chart.get_attribute("data-figure")
        marks = chart.query_selector_all(".role-mark path, .role-mark rect, .mark-rect path, .mark-area path")
        assert marks, name
        box, drawing = chart.bounding_box(), chart.query_selector("svg")
        assert box is not None
        assert drawing is not None, name
        inner = drawing.bounding_box()
        assert inner is not None
        assert 0.6 * box["width"] <= inner["width"] <= box["width"] + 1, (name, inner, box)
        outside = page.evaluate(
            "([svg, right]) => [...svg.querySelectorAll('text')].filter(t => t.textContent"
            " && t.getBoundingClientRect().right > right + 1).map(t => t.textContent)",
            [drawing, box["x"] + box["width"]],
        )
        assert outside == [], name


def test_the_colours_follow_the_reader(show: Show, report: Path) -> None:
    """Without it a dark page has black letters on a black ground."""
    grounds = set()
    for scheme in ("light", "dark"):
        page = show(report, color_scheme=scheme)
        letters = page.eval_on_selector(".role-axis text", "text => getComputedStyle(text).fill")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        grounds.add(ground)
        bright = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (letters, ground)]
        assert abs(bright[0] - bright[1]) > 400, (scheme, letters, ground)
    assert len(grounds) == 2


def test_what_pages_say_is_text(show: Show, report: Path) -> None:
    """Without it a headline runs as a script in the browser of whoever opens the report."""
    page = show(report)
    for details in page.query_selector_all("details"):
        details.evaluate("each => each.open = true")
    assert page.evaluate("window.harmed") is None
    assert page.query_selector("main img") is None
    assert page.locator("#tags td", has_text=HARM).count() > 0
    assert page.locator("#near-duplicates td", has_text=HARM).count() > 0


def test_a_word_of_javascript_is_a_word(show: Show, report: Path) -> None:
    """Without it one tag empties the chart of all tags."""
    page = show(report)
    for name in ("tags", "agencies", "datelines"):
        drawn = page.locator(f"#{name} .chart text").all_text_contents()
        assert set(INHERITED) <= {text.strip("\u200b") for text in drawn}, name


def test_nothing_runs_but_what_this_project_wrote(show: Show, report: Path) -> None:
    """Without it a mistake in escaping is enough for a headline to run."""
    page = show(report)
    (policy,) = page.locator("meta[http-equiv='Content-Security-Policy']").all()
    said = policy.get_attribute("content") or ""
    assert said.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in said
    page.locator("#kinds .mark-rect path").first.hover()
    assert "article" in page.locator("#vg-tooltip-element.visible").inner_text()


def test_each_chart_has_its_numbers_as_a_table(show: Show, report: Path) -> None:
    """Without it a reader without eyes, or with a spreadsheet, has nothing."""
    page = show(report, 360)
    for section in page.query_selector_all("section"):
        for details in section.query_selector_all("details"):
            details.evaluate("each => each.open = true")
        assert len(section.query_selector_all("table tbody tr")) > 0, section.get_attribute("id")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_gaps_are_marked(show: Show, report: Path) -> None:
    """Without it a day without articles looks like a quiet one."""
    page = show(report)
    cells = page.locator("#per-day tbody tr").all_text_contents()
    assert sum("lists nothing" in cell for cell in cells) > 0
    assert sum("not read to its end" in cell for cell in cells) > 0
    assert sum("1 missing" in cell for cell in cells) > 0
    gaps = sum(bool(re.search(r"[a-z]", cell)) for cell in cells)
    assert page.locator("#per-day .mark-rect path").count() == gaps


def test_a_store_with_little_in_it_says_so_instead_of_drawing_nothing(show: Show, tmp_path: Path) -> None:
    """Without it the first report of a new user is a page of empty frames."""
    with closing(Store(str(tmp_path / "empty.db"))) as store:
        write_report(store, (None, None), tmp_path / "empty.html")
        store.save(make_article())
        write_report(store, (None, None), tmp_path / "one.html")
    empty, one = show(tmp_path / "empty.html"), show(tmp_path / "one.html")
    assert empty.locator(".chart").count() == 0
    assert empty.locator(".nothing").count() == 13
    assert one.locator(".chart svg").count() == one.locator(".chart").count() > 0


def test_the_same_store_gives_the_same_page(report: Path) -> None:
    """Without it a report in a repository changes without a reason."""
    again = report.with_name("again.html")
    with closing(Store(str(report.with_name("store.db")))) as store:
        write_report(store, (None, None), again)
    assert again.read_bytes() == report.read_bytes()
