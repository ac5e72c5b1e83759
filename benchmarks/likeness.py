"""What a label costs as the store grows: the 10,000th article beside the 1,000,000th, in one run.

``python -m benchmarks.likeness [--articles 1000000]``. The keys of the articles between are put in at once, in the
tables as the store makes them; the articles that are measured are saved one by one, as a crawl does.
"""

import argparse
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

from crawler.dedupe.likeness import Likeness
from crawler.items import Block
from crawler.storage import Store
from tests.dedupe.made import body
from tests.make import make_article

FIRST: Final = 10_000
MEASURED: Final = 1_000
_BULK: Final = 100_000
_KEYS: Final = 10


def story_id(number: int) -> str:
    return f"2021/{number // 280_000 % 12 + 1:02}/{number // 10_000 % 28 + 1:02}/{number:09}"


def put_keys(path: Path, first: int, last: int) -> None:
    """Keys of stories that are like nothing."""
    draw = random.Random(first)
    rows = sorted((draw.getrandbits(63), story_id(number)) for number in range(first, last) for _ in range(_KEYS))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("insert or ignore into shingle_keys values (?, ?)", rows)


def measure(path: Path, first: int) -> list[float]:
    """Seconds of each of `MEASURED` articles, from the text to the committed label."""
    draw, took = random.Random(first), []
    texts = [body(draw, 250) for _ in range(MEASURED)]
    published = make_article().published_at
    with closing(Store(str(path))) as store:
        for number, text in enumerate(texts, start=first):
            article = make_article(
                id=story_id(number), body=[Block("paragraph", text)], published_at=published + timedelta(minutes=number)
            )
            began = time.perf_counter()
            store.save(article, Likeness(article.text))
            took.append(time.perf_counter() - began)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.likeness", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    options = parser.parse_args()
    print("| stories with keys | ms an article, median | mean | of the first | store MB | memory MB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="kompas-benchmark-") as folder:
        path = Path(folder) / "store.db"
        Store(str(path)).close()
        done, base = 0, 0.0
        for target in (FIRST, options.articles // 10, options.articles):
            for first in range(done, target, _BULK):
                put_keys(path, first, min(first + _BULK, target))
            took = measure(path, target)
            done = target + MEASURED
            median = statistics.median(took)
            base = base or median
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"| {target} | {1000 * median:.2f} | {1000 * statistics.mean(took):.2f} | {median / base:.2f} | "
                f"{path.stat().st_size / 1e6:.0f} | {memory:.0f} |"
            )


if __name__ == "__main__":
    main()
