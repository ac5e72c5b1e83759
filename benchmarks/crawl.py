"""A whole crawl beside a spider that only downloads: `python -m benchmarks.crawl [--articles 1000 10000]`.

Of a look-alike on loopback (`backfill_site`), politeness off, eight requests at a time for both. Articles a second, the
start of the process included, processor time for 1,000 articles and the largest memory; ours with store and WARC files.
The bare spider is given the addresses; ours finds them on the index and judges what came.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.backfill import ROOT, UNHURRIED, setting
from benchmarks.backfill_site import FIRST_DAY, Days, FastSite
from crawler.kompas.urls import index_url
from tests.site.listings import PAGE_SIZES

ROUNDS: Final = 3
PER_DAY: Final = 100
BARE: Final = Path(__file__).with_name("bare_spider.py")


@dataclass(frozen=True)
class Cost:
    """Of one crawl."""

    seconds: float
    cpu: float
    peak_mb: float


DOUBLED: Final = 7
"""Exit status of a crawl that is complete and reports that stories changed: of thousands of invented ones some print a
paragraph twice."""


def run(command: list[str], env: dict[str, str], cwd: Path) -> Cost:
    """Run a command and return what it cost.

    :param cwd: Scrapy takes the settings of the project that it is started in.
    :raises AssertionError: it failed.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, DOUBLED), " ".join(command)
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def ours(site: FastSite, folder: Path) -> list[str]:
    settings = {"KOMPAS_DB": folder / "store.db", "KOMPAS_WARC_DIR": folder / "warc"}
    arguments = ["-a", "latest_depth=0", "-a", f"since={FIRST_DAY}", "-a", f"until={site.days.until}"]
    return ["crawl", "kompas_global", *arguments, *_options(settings)]


def bare(site: FastSite, folder: Path) -> list[str]:
    urls = folder / "urls.txt"
    urls.write_text("\n".join(addresses(site.days)), encoding="utf-8")
    return ["runspider", str(BARE), "-a", f"urls={urls}", *_options({})]


def addresses(days: Days) -> Iterator[str]:
    """What ours asks for: the index pages, and the stories."""
    for number in range(days.days):
        day = FIRST_DAY + timedelta(days=number)
        for page in range(-(-days.count(day) // PAGE_SIZES["read"])):
            yield index_url("global", day, page + 1)
        for story in range(days.count(day)):
            yield days.story(day, story).address


def _options(settings: dict[str, object]) -> list[str]:
    every = {**UNHURRIED, "LOG_LEVEL": "ERROR", **settings}
    return [part for name, value in every.items() for part in ("-s", f"{name}={value}")]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    print(f"median of {given.rounds} rounds (all in brackets); {setting()}\n")
    print(
        "| crawl | articles | articles/s | of the bare spider | CPU s per 1,000 | peak MB |\n|---|---|---|---|---|---|"
    )
    for count in given.articles:
        costs: dict[str, list[Cost]] = {"bare Scrapy": [], "kompas_global": []}
        with FastSite(Days(count, max(1, count // PER_DAY))) as site:
            for _ in range(given.rounds):
                for name, way in (("bare Scrapy", bare), ("kompas_global", ours)):
                    with tempfile.TemporaryDirectory(prefix="kompas-benchmark-") as folder:
                        command = [sys.executable, "-m", "scrapy", *way(site, Path(folder))]
                        cwd = Path(folder) if way is bare else ROOT
                        costs[name].append(run(command, {**os.environ, **site.env()}, cwd))
        limit = median(cost.seconds for cost in costs["bare Scrapy"])
        for name, each in costs.items():
            seconds = median(cost.seconds for cost in each)
            rates = ", ".join(f"{count / cost.seconds:.1f}" for cost in each)
            cpu, peak = median(cost.cpu for cost in each) / count * 1000, max(cost.peak_mb for cost in each)
            row = (name, f"{count:,}", f"{count / seconds:.1f} ({rates})", f"{limit / seconds:.0%}", f"{cpu:.1f}")
            print(f"| {' | '.join(row)} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
