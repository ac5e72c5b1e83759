"""Run benchmarks one after the other and write `benchmarks/RESULTS.md`: `python -m benchmarks.results [PART ...]`.

All parts take about three quarters of an hour on two cores, which should have nothing else to do; the rivals are
installed the first time. With names of parts (`quality`, `extract`, `crawl`) the sections of the others stay.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
RESULTS: Final = ROOT / "benchmarks" / "RESULTS.md"
PICTURE: Final = "benchmarks/quality.svg"
HEAD: Final = """# Results

Written by `python -m benchmarks.results`. Rates are medians or the best of several rounds, as each table
says, with their spread. The figures of other benchmarks (archives, exports, near-duplicates, backfill,
rendering) are in [docs](../docs)."""


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
        """Stories of one page each. trafilatura gives a day, not a time. resiliparse and readability-lxml give no
authors and no times: their share of authors is that of the pages without any. newspaper4k and news-please
find no time on these pages. news-watch has a parser of Kompas, which drops the zone and the ends of
paragraphs. fundus has none, and got ten lines of selectors for what it can do with them. Images and tags,
which several have, are not compared. None of them tells sources, related and latest links, or whether pages
of a story are missing. Real pages are counted where they are present; the independent reading of those of
2021 to 2024 lists no author on seven pages where the text or a meta tag names one
(`tests/test_real_pages.py` says which).

![the same as a picture](quality.svg)""",
    ),
    Part(
        "Extraction",
        "extract --peers",
        """One core, from bytes to a record that passed validation. fundus, with selectors written for this site, reads
title, author, time and paragraphs, a fifth of what a record here holds. resiliparse and readability-lxml
read title and text only.""",
    ),
    Part(
        "An archive, read and read again",
        "commands",
        """Whole commands, from their start to their end, with a reading process for each core, beside the bare parse of
the same pages by lxml on one core.""",
    ),
    Part(
        "Start of a command",
        "start",
        "Scrapy's own start, and that of the two libraries that every command needs, stand beside it.",
    ),
    Part(
        "A whole crawl",
        "crawl --articles 1000 5000 --rounds 2",
        """With politeness off. At the polite rate of one request in two seconds either crawler waits most of the time.
The bare spider stores nothing. This project adds the ledger, revisions, near-duplicates, the bytes in WARC
files, and transactions that survive a power cut. news-please and fundus find articles by feeds and
sitemaps: they were not pointed at the look-alike.""",
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.results", description=__doc__)
    names = [part.arguments.split()[0] for part in PARTS]
    parser.add_argument("parts", nargs="*", choices=[*names, []], metavar="PART", help=", ".join(names))
    wanted = parser.parse_args().parts or names
    sections = _sections()
    for name, part in zip(names, PARTS, strict=True):
        if name in wanted:
            print(part.title, flush=True)
            sections[part.title] = _section(part)
        written = "\n\n".join([HEAD, *(sections[each.title] for each in PARTS if each.title in sections)])
        RESULTS.write_text(written + "\n", encoding="utf-8")


def _section(part: Part) -> str:
    """Run a benchmark and return its section."""
    command = [sys.executable, "-m", *f"benchmarks.{part.arguments}".split()]
    measured = f"Measured on {datetime.now(UTC):%Y-%m-%d}: {_machine()}."
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    ran = f"    python -m benchmarks.{part.arguments}"
    return "\n\n".join([f"## {part.title}", ran, measured, part.says, done.stdout.strip()])


def _sections() -> dict[str, str]:
    """Return the sections that the file has, by title."""
    _, *sections = re.split(r"^(?=## )", RESULTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {section.splitlines()[0].removeprefix("## "): section.strip() for section in sections}


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "processor unknown"
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
