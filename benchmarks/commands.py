"""An archive read, and read again, beside the bare parse: `python -m benchmarks.commands [--stored 20000]`.

Whole commands, from their start to their end, with all processes of this machine; the bare parse is that of lxml on one
core, measured in the same run before each command. The pages are the stored real ones, else those of the look-alike,
each copy under an id and with words of its own.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.archive_files import STORY, copies, write
from benchmarks.backfill import ROOT, setting
from benchmarks.memory import Watched, watch
from benchmarks.pages import look_alike, real
from benchmarks.peers import PARSE, extract

ROUNDS: Final = 3
Pages = list[tuple[str, bytes]]


def pages() -> Pages:
    """Return the distinct pages."""
    found = real() or look_alike()
    return [(page.url, page.body) for known in found.values() for page in known if STORY.search(page.url)]


def command(name: str, folder: Path, *words: str) -> list[str]:
    """Return the command line of a command on the store of a folder."""
    settings = {"KOMPAS_DB": folder / "store.db", "KOMPAS_WARC_DIR": "", "LOG_LEVEL": "ERROR"}
    options = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
    return [sys.executable, "-m", "scrapy", *name.split(), *words, *options]


def row(title: str, number: int, parses: list[float], watched: list[Watched]) -> str:
    """Return a row of the table."""
    rates = [number / one.seconds for one in watched]
    ratios = [parse / rate for parse, rate in zip(parses, rates, strict=True)]
    cells = (
        title,
        f"{number:,}",
        f"{median(one.seconds for one in watched):.1f}",
        f"{median(rates):.1f} ({min(rates):.1f} to {max(rates):.1f})",
        f"{median(parses):.1f} ({min(parses):.1f} to {max(parses):.1f})",
        f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
        f"{max(one.peak_rss for one in watched):.0f}",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.commands", description=__doc__)
    parser.add_argument("--pages", type=int, default=630, help="of the archive that is read")
    parser.add_argument("--stored", type=int, default=20_000, help="stories of the store that is read again")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    distinct = pages()
    size = sum(len(body) for _, body in distinct) / len(distinct) / 1000
    print(f"{len(distinct)} distinct pages of {size:.0f} kB; median of {given.rounds} rounds (spread); {setting()}\n")
    heads = ("command", "pages", "s", "pages/s", "parses/s", "parses in the time of a page", "largest process, MB")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for name, number in (("crawl kompas_global", given.pages), ("reextract", given.stored)):
        parses, watched = [], []
        with tempfile.TemporaryDirectory(prefix="kompas-benchmark-") as folder:
            archive = write(Path(folder) / "pages.warc.gz", copies(distinct, number), float("inf"))
            if name == "reextract":
                watch(command("crawl kompas_global", Path(folder), "-a", f"archive={archive}"), ROOT)
            for _ in range(given.rounds):
                parses.append(median(extract(PARSE, distinct, 1).rates))
                if name == "reextract":
                    watched.append(watch(command(name, Path(folder), "--archive", str(archive)), ROOT))
                else:
                    (Path(folder) / "store.db").unlink(missing_ok=True)
                    watched.append(watch(command(name, Path(folder), "-a", f"archive={archive}"), ROOT))
        title = "`-a archive=`" if name != "reextract" else "`reextract`"
        print(row(title, number, parses, watched), flush=True)


if __name__ == "__main__":
    main()
