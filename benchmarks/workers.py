"""What more workers give: `python -m benchmarks.workers [--articles 1500]`.

The same crawl of the look-alike on loopback, politeness off, into SQLite, into PostgreSQL, and by one, two and four
workers over Redis into PostgreSQL, by turns; articles a second and processor time, the start of the processes included.
The site, the servers and the workers share this machine's cores: workers of one machine cannot go beyond them.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.backfill import ROOT, UNHURRIED, setting
from benchmarks.backfill_site import FIRST_DAY, Days, FastSite
from crawler.storage import Store
from tests.servers import postgresql, redis_server

ROUNDS: Final = 3
PER_DAY: Final = 100
WAYS: Final = (
    # name, on PostgreSQL, workers (0: none, and no Redis)
    ("SQLite", False, 0),
    ("PostgreSQL", True, 0),
    ("PostgreSQL, 1 worker", True, 1),
    ("PostgreSQL, 2 workers", True, 2),
    ("PostgreSQL, 4 workers", True, 4),
)


def crawl(site: FastSite, database: str, redis: str, workers: int) -> tuple[float, float]:
    """Seconds of one crawl of the whole site into a new store, and of the processors' time for it.

    :raises AssertionError: a worker was not healthy, or not every story is stored once.
    """
    settings = {**UNHURRIED, "KOMPAS_DB": database, "KOMPAS_WARC_DIR": "", "LOG_LEVEL": "ERROR"}
    if workers:
        settings["REDIS_URL"] = redis
    command = [sys.executable, "-m", "scrapy", "crawl", "kompas_global", "-a", "latest_depth=0"]
    command += ["-a", f"since={FIRST_DAY}", "-a", f"until={site.days.until}"]
    command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {**os.environ, **site.env()}
    team = [
        subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        for _ in range(workers or 1)
    ]
    assert [worker.wait() for worker in team] == [0] * len(team), f"not healthy: {' '.join(command)}"
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    with closing(Store(database)) as store:
        assert sum(1 for _ in store.articles()) == site.days.articles
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workers", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_500)
    count = parser.parse_args().articles
    took: dict[str, list[tuple[float, float]]] = {name: [] for name, *_ in WAYS}
    site = FastSite(Days(count, max(1, count // PER_DAY)))
    with site, postgresql(safe=True) as server, redis_server() as redis:
        for _ in range(ROUNDS):
            for name, on_server, workers in WAYS:
                with tempfile.TemporaryDirectory(prefix="kompas-benchmark-") as folder:
                    database = server.new_database() if on_server else str(Path(folder) / "store.db")
                    took[name].append(crawl(site, database, redis, workers))
    alone = min(seconds for seconds, _ in took["PostgreSQL"])
    print(f"{count} articles, best of {ROUNDS} (all rounds in brackets); {setting()}\n")
    print("| store | articles/s | of one process on PostgreSQL | CPU s per 1,000 articles |\n|---|---|---|---|")
    for name, rounds in took.items():
        seconds, cpu = min(rounds)
        spread = ", ".join(f"{count / each:.1f}" for each, _ in rounds)
        print(f"| {name} | {count / seconds:.1f} ({spread}) | {alone / seconds:.2f} | {cpu / count * 1000:.1f} |")


if __name__ == "__main__":
    main()
