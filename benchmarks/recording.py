"""What recording costs a crawl: `python -m benchmarks.recording [--articles 1500]`.

The same crawl of the look-alike on loopback with and without WARC files, by turns, politeness off; articles a second,
memory, and the size of the files.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.backfill import ROOT, UNHURRIED
from benchmarks.backfill_site import FIRST_DAY, Days, FastSite

ROUNDS: Final = 3
PER_DAY: Final = 100


def crawl(site: FastSite, folder: Path, warc: Path | None) -> float:
    """Seconds of one crawl of the whole site into a new store.

    :raises CalledProcessError: the crawl was not healthy.
    """
    settings = {
        **UNHURRIED,
        "KOMPAS_DB": folder / "store.db",
        "KOMPAS_WARC_DIR": warc or "",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-a", "latest_depth=0"]
    command += ["-a", f"since={FIRST_DAY}", "-a", f"until={site.days.until}"]
    command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env={**os.environ, **site.env()}, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recording", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_500)
    count = parser.parse_args().articles
    took: dict[bool, list[float]] = {False: [], True: []}
    size = 0
    with FastSite(Days(count, max(1, count // PER_DAY))) as site:
        for _ in range(ROUNDS):
            for recorded, seconds in took.items():
                with tempfile.TemporaryDirectory(prefix="kompas-benchmark-") as name:
                    warc = Path(name) / "warc" if recorded else None
                    seconds.append(crawl(site, Path(name), warc))
                    if warc:
                        size = sum(file.stat().st_size for file in warc.iterdir())
    best = {recorded: count / min(seconds) for recorded, seconds in took.items()}
    print(f"{count} articles, best of {ROUNDS}, start of the process included\n")
    print("| recording | articles/s | of the crawl without |\n|---|---|---|")
    for recorded, rate in best.items():
        print(f"| {'WARC' if recorded else 'none'} | {rate:.1f} | {rate / best[False]:.0%} |")
    print(f"\n{size / count * 1000 / 1e6:.1f} MB of WARC for 1,000 articles of the look-alike")


if __name__ == "__main__":
    main()
