"""fundus over a WARC file that loopback serves, as it reads CC-NEWS. Runs in the environment of fundus."""

import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

from fundus.scraping.html import CCNewsSource


class Quiet(SimpleHTTPRequestHandler):
    def log_request(self, *answer: object) -> None:
        """Nothing is logged."""


path = Path(sys.argv[1])
server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(path.parent)))
threading.Thread(target=server.serve_forever, daemon=True).start()
site = SimpleNamespace(name="Kompas", domain="https://www.kompas.com/", deprecated_domains=[], url_filter=None)
source = CCNewsSource(site, warc_path=f"http://127.0.0.1:{server.server_port}/{path.name}")
began = time.perf_counter()
pages = sum(1 for _ in source.fetch())
print(f"{pages} pages in {time.perf_counter() - began:.1f} s, not parsed")
