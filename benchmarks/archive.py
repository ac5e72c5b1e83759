"""Reading archives: dismissal beside the bare reader, extraction on one and two cores, memory on a large file, rivals.

``python -m benchmarks.archive [--gigabytes 1] [--peers]``; everything in one run, on files that it makes itself.
The large file is as a news archive is: pages of other sites, and every fiftieth of this one.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from benchmarks.archive_files import article_records, foreign_records, write
from benchmarks.memory import Watched, watch
from benchmarks.peers import environment
from crawler.archive.extract.archive import StoryArchive
from crawler.archive.files import expand
from crawler.archive.scan import scan, story_dismissal
from crawler.parallel import Workers

ROOT: Final = Path(__file__).parent.parent
ROUNDS: Final = 3
ARTICLES: Final = 8_000
"""Of the archive that holds nothing else."""


def iterate_fastwarc(path: Path) -> int:
    return sum(1 for _ in ArchiveIterator(str(path), parse_http=False))


def iterate_warcio(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for _ in WarcioIterator(stream, no_record_parse=True))


def dismiss(path: Path) -> int:
    (source,) = expand(str(path))
    return scan(source, 0, source.size, story_dismissal).counts["records"]


async def extract(path: Path, workers: Workers) -> tuple[int, float]:
    """Articles, and seconds from opening the file to the last of them."""
    with tempfile.TemporaryDirectory() as scratch:
        began = time.perf_counter()
        archive = StoryArchive(expand(str(path)), Path(scratch), workers)
        async for _ in archive.scan():
            pass
        count = 0
        async for extracted in archive.stories():
            count += len(extracted.editions)
        took = time.perf_counter() - began
        archive.close()
    return count, took


def timed(work: Callable[[Path], int], path: Path) -> float:
    began = time.perf_counter()
    work(path)
    return time.perf_counter() - began


def reading_table(path: Path) -> None:
    """The bare readers and ours, interleaved, so that all meet the same state of the machine."""
    readers = {"fastwarc, bare": iterate_fastwarc, "ours: scan and dismiss": dismiss, "warcio, bare": iterate_warcio}
    took: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, work in readers.items():
            took[name].append(timed(work, path))
    size, limit = path.stat().st_size / 1e6, min(took["fastwarc, bare"])
    print(f"\nReading {size:.0f} MB, {iterate_fastwarc(path)} records, one core, best of {ROUNDS}\n")
    print("| reader | s | MB/s | of the bare reader |\n|---|---|---|---|")
    for name, seconds in took.items():
        print(f"| {name} | {min(seconds):.2f} | {size / min(seconds):.0f} | {limit / min(seconds):.0%} |")


def extraction_table(path: Path) -> None:
    print("\nFrom file to records, an archive of articles alone\n")
    print("| processes | articles | s | articles/s | of one |\n|---|---|---|---|---|")
    rates: dict[int, float] = {}
    for count in (1, 2, 1, 2):
        with Workers(count) as workers:
            asyncio.run(extract(path, workers))  # the second time all selectors are compiled
            articles, took = asyncio.run(extract(path, workers))
        rates[count] = max(rates.get(count, 0.0), articles / took)
    for count, rate in rates.items():
        print(f"| {count} | {articles} | {articles / rate:.1f} | {rate:.1f} | {rate / rates[1]:.2f} |")


def crawl_table(path: Path, folder: Path) -> None:
    """The whole command, store and all, with the memory of all its processes."""
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-a", f"archive={path}"]
    watched = watch([*command, "-s", f"KOMPAS_DB={folder / 'store.db'}", "-s", "LOG_LEVEL=WARNING"], cwd=ROOT)
    print(f"\n`scrapy crawl kompas_global -a archive=` on {path.stat().st_size / 1e6:.0f} MB\n")
    print(f"{watched.last_line}\n")
    _tell_memory(watched)


def _tell_memory(watched: Watched) -> None:
    print("| s | peak memory of all processes, MB (PSS) | largest process, MB (RSS) |\n|---|---|---|")
    print(f"| {watched.seconds:.1f} | {watched.peak_pss:.0f} | {watched.peak_rss:.0f} |")


def peers_table(path: Path) -> None:
    """What the archive readers of the rivals do on the same file, each in an environment of its own."""
    print("\n| rival | what it does | result |\n|---|---|---|")
    for name, packages, does in (
        ("news_please", ["news-please"], "reads all with warcio, extracts this site's pages generically"),
        (
            "fundus",
            ["fundus", "curl_cffi<0.14"],  # fundus 0.5.7 cannot be imported with a later curl_cffi
            "reads all with fastwarc, decodes this site's pages; has no parser for them",
        ),
    ):
        python = environment(name, *packages)
        done = subprocess.run(
            [python, str(ROOT / "benchmarks" / "peers" / f"{name}_warc.py"), str(path)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        lines = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
        print(f"| {packages[0]} | {does} | {lines[-1] if lines else 'nothing'} |")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=1.0, help="size of the large file")
    parser.add_argument("--peers", action="store_true", help="run the rivals too: installs them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kompas-benchmark-") as name:
        folder = Path(name)
        large = write(folder / "large.warc.gz", foreign_records(), options.gigabytes * 1e9)
        articles = write(folder / "articles.warc.gz", article_records(ARTICLES), float("inf"))
        reading_table(large)
        extraction_table(articles)
        crawl_table(large, folder)
        if options.peers:
            peers_table(large)


if __name__ == "__main__":
    main()
