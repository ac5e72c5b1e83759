"""What each rival's script shares: pages in, records and rates out. Runs in the environment of the rival."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Record = dict[str, Any]
"""`title`, `text` (paragraphs parted by line ends), `published` (ISO 8601 as the rival has it), `authors`."""


def run(release: str, extract: Callable[[str, str], Record | None], forget: Callable[[], None] = lambda: None) -> None:
    """`script PAGES ROUNDS`: a JSON line of rates, then a JSON line a page.

    Only the rival's own work is timed: not its start, nor the reading of the files.

    :param release: what is measured, with its version.
    :param forget: clears what it remembers of single pages, so that each round is as the first one.
    """
    pages = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    texts = [(page["url"], Path(page["file"]).read_text(encoding="utf-8", errors="ignore")) for page in pages]
    records = [extract(*page) for page in texts]  # fills its caches
    rates = []
    for _ in range(int(sys.argv[2])):
        forget()
        began = time.perf_counter()
        for page in texts:
            extract(*page)
        rates.append(len(texts) / (time.perf_counter() - began))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"release": release, "rates": rates, "peak_mb": peak}))
    for record in records:
        print(json.dumps(record))
