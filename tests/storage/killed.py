"""``python -m tests.storage.killed PATH``: store an article and end without closing the store."""

import os
import sys

from crawler.storage import Store
from tests.make import make_article

if __name__ == "__main__":
    Store(sys.argv[1]).save(make_article())
    os._exit(9)
