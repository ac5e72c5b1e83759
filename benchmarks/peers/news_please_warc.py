"""news-please over a WARC file: its extraction of each answer of this site. Runs in the environment of news-please."""

import sys
import time
from pathlib import Path

from newsplease import NewsPlease
from warcio.archiveiterator import ArchiveIterator

began, articles = time.perf_counter(), 0
with Path(sys.argv[1]).open("rb") as stream:
    for record in ArchiveIterator(stream):
        if record.rec_type == "response" and "kompas.com" in record.rec_headers.get_header("WARC-Target-URI"):
            articles += NewsPlease.from_warc(record, fetch_images=False).maintext is not None
took = time.perf_counter() - began
print(f"{articles} articles in {took:.1f} s, {articles / took:.1f} articles/s")
