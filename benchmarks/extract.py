"""Pages a second from bytes to a validated record, on one core: `python -m benchmarks.extract [--peers] [--most N]`.

Beside it the parse alone, by lxml and by the fastest parser there is, which no extraction can pass; with `--peers` the
rivals, each in an environment of its own; all on the same pages, in one run, each in a process of its own. The pages
are those of `benchmarks.quality`. Ends with status 1 when a page takes more than N times as long as its parse.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence

from benchmarks.pages import look_alike, real
from benchmarks.peers import FASTEST_PARSE, OURS, PARSE, RIVALS, Outcome, extract

Pages = list[tuple[str, bytes]]


def measure(tools: Sequence[str], pages: Pages, rounds: int) -> dict[str, Outcome]:
    """Tool -> what it took."""
    return {tool: extract(tool, pages, rounds) for tool in tools}


def table(found: dict[str, Outcome]) -> str:
    """A row a tool, fastest first; the spread is that of the rounds."""
    alone = statistics.median(found[PARSE].rates)
    heads = ["tool", "pages/s", "lowest to highest", "times the parse", "peak MB"]
    rows = []
    for outcome in sorted(found.values(), key=lambda each: -statistics.median(each.rates)):
        rate = statistics.median(outcome.rates)
        spread = f"{min(outcome.rates):.1f} to {max(outcome.rates):.1f}"
        rows.append([outcome.release, f"{rate:.1f}", spread, f"{alone / rate:.1f}", f"{outcome.peak_mb:.0f}"])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))


def sets() -> dict[str, Pages]:
    """Name -> pages."""
    found = {"look-alike": [page for pages in look_alike().values() for page in pages], **real()}
    return {name: [(page.url, page.body) for page in pages] for name, pages in found.items() if pages}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extract", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="run the rivals too: installs them")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=float, default=float("inf"), metavar="N")
    given = parser.parse_args()
    tools = [OURS, PARSE, *((FASTEST_PARSE, *RIVALS) if given.peers else ())]
    slow = False
    for name, pages in sets().items():
        found = measure(tools, pages, given.rounds)
        size = sum(len(body) for _, body in pages) / len(pages) / 1000
        print(f"\n{name}: {len(pages)} pages, {size:.0f} kB each\n\n{table(found)}")
        ratio = statistics.median(found[PARSE].rates) / statistics.median(found[OURS].rates)
        if ratio > given.most:
            print(f"\nSLOW: {ratio:.1f} times the parse, {given.most:g} at most")
            slow = True
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
