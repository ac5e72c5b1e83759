"""Run the benchmarks one after the other and write `benchmarks/RESULTS.md`: `python -m benchmarks.results`.

Takes about half an hour on two cores, which should have nothing else to do; the rivals are installed the first time.
"""

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
RESULTS: Final = ROOT / "benchmarks" / "RESULTS.md"
PICTURE: Final = "benchmarks/quality.svg"


@dataclass(frozen=True)
class Part:
    """One benchmark."""

    title: str
    arguments: str
    says: str
    """What a reader should know before the figures."""


PARTS: Final = (
    Part(
        "Quality",
        f"quality --picture {PICTURE}",
        """Stories of one page each. trafilatura gives a day, not a time; newspaper4k and news-please find no time on
these pages; news-watch has a parser of Kompas, which drops the zone and the ends of paragraphs; fundus has none, and
got ten lines of selectors for what it can do with them. Images and tags, which several have, are not compared; sources,
related and latest links, and whether pages of a story are missing, none of them tells. Real pages are counted where
they are present.

![the same as a picture](quality.svg)""",
    ),
    Part(
        "Extraction",
        "extract --peers",
        """One core, from bytes to a record that passed validation. fundus, with selectors written for this site, reads
title, author, time and paragraphs, a fifth of what a record here holds: it is ahead on small pages, and about level on
real ones.""",
    ),
    Part(
        "A whole crawl",
        "crawl --articles 1000 10000 --rounds 2",
        """With politeness off. At the polite rate of one request in two seconds either crawler waits most of the time.
The bare spider stores nothing; what ours adds is the ledger, revisions, near-duplicates, the bytes in WARC files, and
transactions that survive a power cut. news-please and fundus find articles by feeds and sitemaps, which the look-alike
does not have: they could not be pointed at it.""",
    ),
)


def main() -> None:
    began = datetime.now(UTC)
    pages = [
        "# Results",
        f"Written by `python -m benchmarks.results` on {began:%Y-%m-%d}: {_machine()}.",
        "Rates are medians or the best of several rounds, as each table says, with their spread. The figures of other "
        "benchmarks (archives, exports, near-duplicates, backfill, rendering) are in [docs](../docs).",
    ]
    for part in PARTS:
        command = [sys.executable, "-m", *f"benchmarks.{part.arguments}".split()]
        print(part.title, flush=True)
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        pages.append(
            f"## {part.title}\n\n    python -m benchmarks.{part.arguments}\n\n{part.says}\n\n{done.stdout.strip()}"
        )
        RESULTS.write_text("\n\n".join(pages) + "\n", encoding="utf-8")


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "processor unknown"
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
