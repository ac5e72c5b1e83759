"""How much of a page comes out right, beside the rivals: `python -m benchmarks.quality [--picture FILE.svg]`.

The pages are stories of one page each of the look-alike, in all its generations of markup, and the real pages where
they are present. What is right is what the look-alike knows of its stories, and an independent reading of real pages.

- title, authors: equal, but for white space and capitals.
- time: the minute printed, and the same moment with its zone stated.
- words: precision, recall and F1 over the multisets of words of the body, the mean over the pages.
- paragraphs: share of the body's paragraphs that are there as they are, white space aside.
- exact: the body is these paragraphs, in this order, and nothing else.
- leaks: pages in whose text a line of the page's furniture stands.
"""

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean
from typing import Any, Final

from benchmarks.pages import Known, look_alike, real
from benchmarks.peers import OURS, RIVALS, extract

FURNITURE: Final = re.compile(
    r"baca juga|penulis\s*:|editor\s*:|dapatkan update|grup telegram|halaman selanjutnya|copyright|lihat foto"
    r"|tulis komentar|kompas\.com\+|terkini lainnya|bagikan",
    re.IGNORECASE,
)

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Score:
    """Of one tool over one set of pages; shares from 0 to 1."""

    title: float
    authors: float
    minute: float
    moment: float
    precision: float
    recall: float
    f1: float
    paragraphs: float
    exact: float
    leaks: float
    """Lower is better; all others: higher."""


COLUMNS: Final = {
    "title": "title",
    "authors": "authors",
    "minute": "time to the minute",
    "moment": "with zone",
    "precision": "words P",
    "recall": "words R",
    "f1": "words F1",
    "paragraphs": "paragraphs",
    "exact": "exact body",
    "leaks": "pages with furniture",
}


def score(known: Sequence[Known], found: Sequence[dict[str, Any]]) -> Score:
    """
    :param found: in the order of the pages; empty where a tool found nothing.
    """
    rows = [_page(one, record) for one, record in zip(known, found, strict=True)]
    return Score(**{name: mean(row[name] for row in rows) for name in COLUMNS})


def _page(known: Known, record: dict[str, Any]) -> dict[str, float]:
    text, right_text = record.get("text") or "", "\n".join(known.paragraphs)
    stated = datetime.fromisoformat(record["published"]) if record.get("published") else None
    right = known.published
    wanted, have = (Counter(_WORD.findall(words)) for words in (right_text, text))
    common = (wanted & have).total()
    precision, recall = (common / of.total() if of else 0.0 for of in (have, wanted))
    paragraphs = [_squeezed(paragraph) for paragraph in known.paragraphs]
    ways = [list(filter(None, map(_squeezed, text.split(mark)))) for mark in ("\n\n", "\n")]  # each has its own
    return {
        "title": float(_plain(record.get("title")) == _plain(known.title)),
        "authors": float(_plain(" ".join(record.get("authors") or [])) == _plain(" ".join(known.authors))),
        "minute": float(stated is not None and f"{stated:%Y-%m-%dT%H:%M}" == f"{right:%Y-%m-%dT%H:%M}"),
        "moment": float(
            stated is not None and stated.tzinfo is not None and abs((stated - right).total_seconds()) < 60
        ),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if common else 0.0,
        "paragraphs": max((Counter(way) & Counter(paragraphs)).total() for way in ways) / len(paragraphs),
        "exact": float(paragraphs in ways),
        "leaks": float(len(FURNITURE.findall(text)) > len(FURNITURE.findall(right_text))),  # some are words of the news
    }


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _plain(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def table(scores: dict[str, Score]) -> str:
    """A row a tool."""
    heads = ["tool", *COLUMNS.values()]
    rows = [[name, *(f"{getattr(each, column):.3f}" for column in COLUMNS)] for name, each in scores.items()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))


def measure(tools: Sequence[str]) -> dict[str, dict[str, Score]]:
    """Set of pages -> tool with its version -> score."""
    sets = {f"look-alike, {name}": pages for name, pages in look_alike().items()}
    sets |= real()
    found: dict[str, dict[str, Score]] = {}
    for name, pages in sets.items():
        scores = found[f"{name}: {len(pages)} pages"] = {}
        for tool in tools:
            outcome = extract(tool, [(page.url, page.body) for page in pages], rounds=1)
            scores[outcome.release] = score(pages, outcome.records)
    return found


def draw(found: dict[str, dict[str, Score]], path: Path) -> None:
    """A picture of three columns: bars a tool, a panel a set of pages. Altair draws, as in the report."""
    import altair as alt

    shown = {"f1": "words F1", "exact": "exact body", "moment": "time with zone"}
    rows = [
        {"pages": pages, "tool": tool, "measure": title, "share": getattr(each, column)}
        for pages, scores in found.items()
        for tool, each in scores.items()
        for column, title in shown.items()
    ]
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("share:Q", scale=alt.Scale(domain=[0, 1]), title=None),
            y=alt.Y("tool:N", sort=None, title=None),
            color=alt.Color("tool:N", legend=None, sort=None),
            column=alt.Column("measure:N", sort=[*shown.values()], title=None),
            row=alt.Row("pages:N", sort=None, title=None, header=alt.Header(labelAngle=0, labelAlign="left")),
        )
        .properties(width=160, height=110)
    )
    chart.save(str(path))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--picture", type=Path, help="an SVG file")
    picture = parser.parse_args().picture
    found = measure([OURS, *RIVALS])
    for name, scores in found.items():
        print(f"\n{name}\n\n{table(scores)}")
    if picture:
        draw(found, picture)


if __name__ == "__main__":
    main()
