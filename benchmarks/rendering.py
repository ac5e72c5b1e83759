"""What rendering costs over many pages: `python -m benchmarks.rendering [--pages 500]`.

A crawl of the look-alike on loopback with `KOMPAS_RENDER=always` in Debian's Chromium, politeness off. Prints the
memory of the crawl and of all its browsers together as it goes, pages a second, and what is left running afterwards.
Ends with status 1 when something is, when a page could not be rendered, or when memory grew.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.backfill import ROOT, UNHURRIED, setting
from benchmarks.backfill_site import FIRST_DAY, Days, FastSite
from benchmarks.memory import family, memory_mb
from tests.patched import scrapy_command
from tests.rendering.scripted import launch_options

PER_DAY: Final = 100
STEPS: Final = 10
MOST_GROWTH: Final = 0.15
"""Of the second row's memory, up to the last: the first one has the browser still starting."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rendering", description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    pages = parser.parse_args().pages
    site = FastSite(Days(pages, max(1, pages // PER_DAY)))
    wrong: list[str] = []
    with site, tempfile.TemporaryDirectory(prefix="kompas-r-") as folder:
        log = Path(folder) / "log"
        settings = {
            **UNHURRIED,
            "CONCURRENT_REQUESTS": 1,
            "KOMPAS_RENDER": "always",
            "PLAYWRIGHT_LAUNCH_OPTIONS": launch_options(site.ca_file),
            "KOMPAS_DB": Path(folder) / "store.db",
            "KOMPAS_WARC_DIR": Path(folder) / "warc",
            "LOG_FILE": log,
        }
        command = scrapy_command([f"crawler.browser.render.MOST_PAGES={2 * pages}"])
        command += ["crawl", "kompas_global", "-a", "latest_depth=0"]
        command += ["-a", f"since={FIRST_DAY}", "-a", f"until={site.days.until}"]
        command += [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        print(f"{pages} stories, every page rendered; {setting()}\n")
        print("| stories requested | processes | memory of all MB |\n|---|---|---|")
        began, rows = time.monotonic(), []
        env = {**os.environ, **site.env(), "TMPDIR": folder}
        with subprocess.Popen(command, cwd=ROOT, env=env) as process:
            highest, due = 0.0, pages // STEPS
            while process.poll() is None:
                time.sleep(0.5)
                alive = family(process.pid)
                highest = max(highest, sum(pss for pss, _ in map(memory_mb, alive)))
                if site.asked["article"] >= due:
                    print(f"| {site.asked['article']} | {len(alive)} | {highest:.0f} |", flush=True)
                    rows.append(highest)
                    highest, due = 0.0, due + 2 * pages // STEPS  # each story is requested twice: raw, and rendered
        took = time.monotonic() - began
        told = log.read_text(encoding="utf-8")
        rendered = next((line for line in told.splitlines() if "'kompas/render/pages'" in line), "nothing")
        left = [path.parent.name for path in Path("/proc").glob("[0-9]*/cmdline") if _names(path, folder)]
        print(f"\nstatus {process.returncode}, {took:.0f} s, {pages / took:.2f} stories/s, {rendered.strip()}")
        print(f"left running: {len(left)} processes")
        if process.returncode or left or "kompas/render/failed" in told:
            wrong.append(told.splitlines()[-1])
        if rows and rows[-1] > rows[1] * (1 + MOST_GROWTH):
            wrong.append(f"memory grew from {rows[1]:.0f} to {rows[-1]:.0f} MB")
    for line in wrong:
        print(f"WRONG: {line}")
    return 1 if wrong else 0


def _names(cmdline: Path, folder: str) -> bool:
    try:
        return f"{folder}/" in cmdline.read_bytes().decode(errors="replace")
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
