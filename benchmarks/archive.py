"""Measure the reading of archives: dismissal, extraction by processes and by a Dask cluster, memory, rivals.

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
from concurrent.futures import Executor
from pathlib import Path
from typing import Final

from distributed import LocalCluster
from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from benchmarks.archive_files import article_records, foreign_records, write
from benchmarks.memory import Watched, watch
from benchmarks.peers import environment
from crawler.archive.extract.archive import StoryArchive, scan_slice
from crawler.archive.files import expand
from crawler.archive.scan import scan, story_dismissal
from crawler.executor import open_executor

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
    return sum(part.counts["records"] for part in scan(source, story_dismissal))


async def extract(path: Path, executor: Executor, in_flight: int) -> tuple[int, float]:
    """Return the number of articles, and the seconds from opening the file to the last of them."""
    with tempfile.TemporaryDirectory() as scratch:
        began = time.perf_counter()
        archive = StoryArchive(expand(str(path)), Path(scratch), executor, in_flight)
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
    """Processes, and a Dask cluster of two workers on this machine."""
    print("\nFrom file to records, an archive of articles alone\n")
    print("| executor | articles | s | articles/s | of one process |\n|---|---|---|---|---|")
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        executors = {
            "1 process": {"KOMPAS_WORKERS": 1, "KOMPAS_CLUSTER": ""},
            "2 processes": {"KOMPAS_WORKERS": 2, "KOMPAS_CLUSTER": ""},
            "Dask, 2 workers": {"KOMPAS_WORKERS": 0, "KOMPAS_CLUSTER": cluster.scheduler_address},
        }
        rates = dict.fromkeys(executors, 0.0)
        for _ in range(2):
            for name, settings in executors.items():
                with open_executor(settings, scan_slice) as (executor, in_flight):
                    asyncio.run(extract(path, executor, in_flight))  # the second time all selectors are compiled
                    articles, took = asyncio.run(extract(path, executor, in_flight))
                rates[name] = max(rates[name], articles / took)
    for name, rate in rates.items():
        print(f"| {name} | {articles} | {articles / rate:.1f} | {rate:.1f} | {rate / rates['1 process']:.2f} |")


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
