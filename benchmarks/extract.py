"""Pages a second from bytes to record on one core, beside the parse alone, in one run: `python -m benchmarks.extract`.

The pages are the project's fixtures, and the real pages where they are present (`KOMPAS_REAL_PAGES`, or beside the
project). The parse alone is the limit that no extraction over the same tree can pass.
"""

import gzip
import json
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from lxml import html

from crawler.items import Article, Discovery, Provenance
from crawler.loaders import Capture, load_article
from crawler.pages.document import Document
from crawler.pages.layouts import read_article
from crawler.pages.multipage import Story
from crawler.urls import page_number

ROOT: Final = Path(__file__).parent.parent
REAL_PAGES: Final = Path(os.environ.get("KOMPAS_REAL_PAGES", ROOT.parent / "shared" / "real_pages"))
ROUNDS: Final = 5
CAPTURE: Final = Capture(
    datetime(2026, 1, 1, tzinfo=UTC), Provenance(None, None, None, None, ""), Discovery("urls", None)
)

Pages = list[tuple[str, bytes]]


def fixtures() -> Pages:
    folders = sorted(path.parent for path in (ROOT / "tests" / "fixtures" / "pages").glob("*/*/page.html"))
    urls = [json.loads((folder / "meta.json").read_text(encoding="utf-8"))["url"] for folder in folders]
    return [(url, (folder / "page.html").read_bytes()) for url, folder in zip(urls, folders, strict=True)]


def real() -> Pages:
    if not REAL_PAGES.is_dir():
        return []
    lines = (REAL_PAGES / "expected_2020-10.jsonl").read_text(encoding="utf-8").splitlines()
    return [(r["url"], gzip.decompress((REAL_PAGES / r["file"]).read_bytes())) for r in map(json.loads, lines)]


def parse(pages: Pages) -> None:
    for _, body in pages:
        html.document_fromstring(body.decode())


def extract(pages: Pages) -> None:
    for _ in extract_articles(pages):
        pass


def extract_articles(pages: Pages) -> Iterator[Article]:
    """Each page as the story that it is by itself."""
    for url, body in pages:
        story = Story()
        story.add(read_article(Document(url, body)), asked=page_number(url))
        yield load_article(story, CAPTURE)


def pages_per_second(work: Callable[[Pages], None], pages: Pages) -> tuple[float, float]:
    """Median and spread (highest less lowest) over the rounds."""
    rates = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work(pages)
        rates.append(len(pages) / (time.perf_counter() - start))
    return statistics.median(rates), max(rates) - min(rates)


def main() -> None:
    print("| pages | kB a page | parse alone, pages/s | bytes to record, pages/s | ratio |\n|---|---|---|---|---|")
    for name, pages in (("fixtures", fixtures()), ("real, October 2020", real())):
        if not pages:
            continue
        extract(pages)  # fills the caches of compiled selectors
        alone, alone_spread = pages_per_second(parse, pages)
        ours, ours_spread = pages_per_second(extract, pages)
        size = sum(len(body) for _, body in pages) / len(pages) / 1024
        rates = f"{alone:.0f} (±{alone_spread / 2:.0f}) | {ours:.0f} (±{ours_spread / 2:.0f})"
        print(f"| {name}: {len(pages)} | {size:.0f} | {rates} | {alone / ours:.1f} |")
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
