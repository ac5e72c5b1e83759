"""trafilatura over pages: its text with `favor_precision`, and its metadata."""

from functools import partial
from importlib.metadata import version

from running import run
from trafilatura_pages import extract

if __name__ == "__main__":
    run(f"trafilatura {version('trafilatura')}, precision", partial(extract, favor_precision=True))
