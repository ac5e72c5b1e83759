"""The report in Chromium: nothing fails, nothing is empty, nothing runs over, nothing is asked of a network."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from crawler.commands.report import write_report
from crawler.dataset.report.bins import binned, unit_of
from crawler.storage import Store
from crawler.storage.runs import Beginning, End
from tests.browser import CHROMIUM, NO_CHROMIUM, browser
from tests.conftest import ROOT
from tests.dataset.report.season import HARM, INHERITED, fill_season
from tests.make import make_article

WINDOWS = ((360, "light"), (768, "dark"), (1280, "light"))
"""Widths with a colour scheme: the scheme changes colours only, which have a test of their own."""
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


@contextmanager
def watched(opened: Browser) -> Iterator[Show]:
    """Yield what opens a page and waits until it is drawn; raise at the end when anything went wrong in a page."""
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


@pytest.fixture
def show(opened: Browser) -> Iterator[Show]:
    with watched(opened) as show:
        yield show


@pytest.fixture(scope="module")
def page(opened: Browser, report: Path) -> Iterator[Page]:
    """The report in a wide window, for the tests that only read it."""
    with watched(opened) as show:
        yield show(report)


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_it_fits_its_window_and_every_chart_is_drawn(show: Show, report: Path, width: int, scheme: str) -> None:
    """Without it a phone shows half a chart, or a chart is an empty frame."""
    page = show(report, width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    charts = page.query_selector_all(".chart")
    assert len(charts) == 14
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


def test_what_pages_say_is_text(page: Page) -> None:
    """Without it a headline runs as a script in the browser of a reader."""
    for details in page.query_selector_all("details"):
        details.evaluate("each => each.open = true")
    assert page.evaluate("window.harmed") is None
    assert page.query_selector("main img") is None
    assert page.locator("#tags td", has_text=HARM).count() > 0
    assert page.locator("#near-duplicates td", has_text=HARM).count() > 0


def test_a_word_of_javascript_is_a_word(page: Page) -> None:
    """Without it one tag empties the chart of all tags."""
    for name in ("tags", "agencies", "datelines"):
        drawn = page.locator(f"#{name} .chart text").all_text_contents()
        assert set(INHERITED) <= {text.strip("\u200b") for text in drawn}, name


def test_nothing_runs_but_what_this_project_wrote(page: Page) -> None:
    """Without it a mistake in escaping is enough for a headline to run."""
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


def test_gaps_are_marked(page: Page) -> None:
    """Without it a day without articles looks like a quiet one."""
    cells = page.locator("#per-day tbody tr").all_text_contents()
    assert sum("lists nothing" in cell for cell in cells) > 0
    assert sum("not read to its end" in cell for cell in cells) > 0
    assert sum("1 missing" in cell for cell in cells) > 0
    gaps = sum(bool(re.search(r"[a-z]", cell)) for cell in cells)
    assert page.locator('#per-day .mark-rect path[fill="#e07b00"]').count() == gaps


def test_a_store_with_little_in_it_says_so_instead_of_drawing_nothing(show: Show, tmp_path: Path) -> None:
    """Without it the first report of a new user is a page of empty frames."""
    with closing(Store(str(tmp_path / "empty.db"))) as store:
        write_report(store, (None, None), tmp_path / "empty.html")
        store.save(make_article())
        write_report(store, (None, None), tmp_path / "one.html")
    empty, one = show(tmp_path / "empty.html"), show(tmp_path / "one.html")
    assert empty.locator(".chart").count() == 0
    assert empty.locator(".nothing").count() == 14
    assert one.locator(".chart svg").count() == one.locator(".chart").count() > 0


SEEDED = """
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from crawler.commands.report import write_report
from crawler.storage import Store
with closing(Store(sys.argv[1])) as store:
    write_report(store, (None, None), Path(sys.argv[2]))
"""


def test_the_same_store_gives_the_same_page_in_every_process(report: Path) -> None:
    """Without it a report in a repository changes without a reason: its order depends on the hashes of a process."""
    again = report.with_name("again.html")
    command = [sys.executable, "-c", SEEDED, str(report.with_name("store.db")), str(again)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "1"}, cwd=ROOT)
    assert again.read_bytes() == report.read_bytes()


def test_a_run_that_found_nothing_is_seen(show: Show, tmp_path: Path) -> None:
    """Without it the runs that the site refused are those that the chart leaves out."""
    began = datetime(2026, 4, 18, tzinfo=UTC)
    with closing(Store(str(tmp_path / "s.db"))) as store:
        store.save(make_article())
        run, _ = store.runs.begin(Beginning("daily", began, "host", 1, "1.0", "1"))
        store.runs.end(run, End(began, "blocked", healthy=False, summary="0 new", reasons=["403"], counts={}))
        write_report(store, (None, None), tmp_path / "report.html")
    page = show(tmp_path / "report.html")
    marks = page.locator('#runs .mark-rect path[fill="#e07b00"]')
    assert max(box["height"] for mark in marks.all() if (box := mark.bounding_box())) > 8
    assert "blocked" in page.locator("#runs td").all_text_contents()


def test_a_store_without_a_ledger_says_so(show: Show, tmp_path: Path) -> None:
    """Without it every day of the span that the user gave is an index day that is short."""
    with closing(Store(str(tmp_path / "s.db"))) as store:
        store.save(make_article())
        store.save(
            make_article(id="2021/04/25/120000070", published_at=make_article().published_at + timedelta(days=3))
        )
        write_report(store, (date(2021, 1, 1), date(2021, 12, 31)), tmp_path / "report.html")
    page = show(tmp_path / "report.html")
    assert "No index day was requested" in page.locator("#calendar .nothing").inner_text()
    assert page.locator('#per-day path[fill="#e07b00"]').count() == 0
    assert "short" not in page.locator("dl").inner_text()


@pytest.mark.parametrize(
    ("days", "unit", "bars", "last"),
    [
        (1, "day", 1, ("2021-01-30", "2021-01-31")),
        (100, "day", 100, ("2021-05-09", "2021-05-10")),
        (365, "week", 53, ("2022-01-24", "2022-01-31")),
        (3653, "month", 121, ("2031-01-01", "2031-02-01")),
    ],
)
def test_bars_fit_the_span_and_hold_every_day(days: int, unit: str, bars: int, last: tuple[str, str]) -> None:
    """Without it ten years are a barcode, and the last day is cut off."""
    rows = [((date(2021, 1, 30) + timedelta(days=number)).isoformat(), 1, "") for number in range(days)]
    made = binned(rows)
    assert (unit_of(days), len(made), sum(one.articles for one in made)) == (unit, bars, days)
    assert (made[-1].first.isoformat(), made[-1].end.isoformat()) == last
