"""Write the page: every figure with its table, and the library that draws them; nothing is loaded from elsewhere.

Altair describes the charts, Vega (packed into the page by vl-convert) draws them, Jinja2 writes the HTML and escapes
all text of the site.
"""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import altair as alt
import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from crawler.dataset.about import About
from crawler.dataset.citation import title
from crawler.dataset.report import health, over_time, ranked
from crawler.dataset.report.counted import Numbers

_HERE: Final = Path(__file__).parent
FIGURES: Final = (
    over_time.per_day,
    over_time.calendar,
    ranked.sections,
    ranked.kinds,
    ranked.agencies,
    ranked.countries,
    ranked.reported_from,
    ranked.datelines,
    over_time.tags,
    ranked.lengths,
    ranked.edits,
    ranked.fill_rates,
    ranked.near_duplicates,
    health.runs,
)
"""In the order of the page."""


def write_page(numbers: Numbers, path: Path, version: str) -> None:
    """Write the page.

    :raises OSError: the file cannot be written.
    """
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    figures = [figure(numbers) for figure in FIGURES]
    style, library, program = (
        (_HERE / "page.css").read_text("utf-8"),
        _library(),
        (_HERE / "page.js").read_text("utf-8"),
    )
    html = environment.get_template("page.html.j2").render(
        title=title(About(), numbers.tally),
        facts=_facts(numbers),
        figures=figures,
        specs={figure.name: figure.spec() for figure in figures if figure.chart is not None},
        policy=_policy([style], [library, program]),
        style=style,
        library=library,
        program=program,
        captured=numbers.tally.fetched_at[:10],
        version=version,
    )
    path.write_text(html, encoding="utf-8")


def _policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """Return the Content-Security-Policy of the page: nothing runs but these texts, and nothing is loaded."""
    allowed = {"style-src": styles, "script-src": scripts}
    rules = (f"{name} {' '.join(map(_source, texts))}" for name, texts in allowed.items())
    return "; ".join(("default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'"))


def _source(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _facts(numbers: Numbers) -> list[tuple[str, str]]:
    """Return the large numbers at the top."""
    tally = numbers.tally
    asked = numbers.asked
    short = sum(bool(day["short"]) for day in asked)
    empty = sum(day["state"] == "lists nothing" for day in asked)
    lacking = sum(day["missing"] + day["failed"] for day in asked)
    ledger = [
        (f"{len(asked):,}", "index days requested"),
        (f"{short:,}", "of them short"),
        (f"{empty:,}", "of these list nothing"),
        (f"{lacking:,}", "listed stories missing or failed"),
    ]
    return [
        (f"{tally.records:,}", "articles"),
        (f"{tally.words:,}", "words"),
        (f"{tally.complete / max(tally.records, 1):.1%}", "of these articles are stored whole"),
        *(ledger if asked else [("none", "of the index days requested: see the calendar")]),
        (f"{len(numbers.groups()):,}", "clusters of near-duplicates"),
    ]


def _library() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script that defines `vegaEmbed`; no tag in it ends the script."""
    script: Any = vl_convert.javascript_bundle(
        "window.vegaEmbed = vegaEmbed;", vl_version=".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    )
    return str(script).replace("</script", "<\\/script")
