"""Start of a command on a small store, beside Scrapy's own: `python -m benchmarks.start [--rounds 3]`.

Each row is a fresh interpreter, from its start to its end. Every round measures all rows in turn.
"""

import argparse
import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.backfill import ROOT, setting
from benchmarks.crawl import ROUNDS, Cost, run
from crawler.storage import Store
from tests.facts import ONE, make_page
from tests.make import make_article

LIBRARIES: Final = "import scrapy.cmdline, sqlalchemy"
WORKER: Final = "import sys; sys.modules['scrapy'] = None; import crawler.archive.extract.archive"
"""As `crawler.executor` prepares a process."""
SAMPLE: Final = ROOT / "samples" / "kompas_lookalike.warc.gz"


def fill(path: Path) -> None:
    """Make a store of one index day, with its one story."""
    with closing(Store(str(path))) as store:
        store.ledger.keep(make_page(ONE))
        store.save(make_article(id=ONE))


def starts(folder: Path) -> dict[str, tuple[Path, list[str]]]:
    """Return folder and arguments of Python for each row."""
    store = ["-s", f"KOMPAS_DB={folder / 'store.db'}"]
    archive = ["crawl", "kompas_global", "-a", f"archive={SAMPLE}", "-a", "limit=1", "-L", "ERROR"]
    return {
        "`python -c pass`": (folder, ["-c", "pass"]),
        "`scrapy version` outside a project": (folder, ["-m", "scrapy", "version"]),
        f"`{LIBRARIES}`": (folder, ["-c", LIBRARIES]),
        "`scrapy coverage`": (ROOT, ["-m", "scrapy", "coverage", *store]),
        "`kompas-global coverage`": (ROOT, ["-m", "crawler", "coverage", *store]),
        "imports of a worker process": (ROOT, ["-c", WORKER]),
        "one story of an archive": (ROOT, ["-m", "scrapy", *archive, "-s", f"KOMPAS_DB={folder / 'new.db'}"]),
    }


def told(seconds: list[float]) -> str:
    """Return the median, and the spread of the rounds."""
    return f"{median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    print(f"median of {given.rounds} rounds (spread in brackets); {setting()}\n")
    with tempfile.TemporaryDirectory(prefix="kompas-benchmark-") as name:
        fill(Path(name) / "store.db")
        rows = starts(Path(name))
        costs: dict[str, list[Cost]] = {row: [] for row in rows}
        for _ in range(given.rounds):
            for row, (cwd, words) in rows.items():
                costs[row].append(run([sys.executable, *words], dict(os.environ), cwd))
    print("| start | s | CPU s |\n|---|---|---|")
    for row, each in costs.items():
        seconds, cpu = told([cost.seconds for cost in each]), told([cost.cpu for cost in each])
        print(f"| {row} | {seconds} | {cpu} |")


if __name__ == "__main__":
    main()
