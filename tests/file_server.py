"""Files over HTTP on loopback, with the faults that servers of large files have."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

SHIFT = 0
"""By how many bytes the server is wrong about the range that it answers with."""
_RANGE: Final = re.compile(r"bytes=(\d+)-(\d*)")


@dataclass
class FileServer:
    """What is served, how it fails, and what was requested."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    has_ranges: bool = True
    """Answers `Range`, and says so."""
    has_lengths: bool = True
    """Says how many bytes it sends; otherwise the end of the connection is the end of the file."""
    statuses: dict[str, list[int]] = field(default_factory=dict)
    """Path -> status of its next answers; the last one stays. 200 is a good answer."""
    cuts: dict[str, list[int]] = field(default_factory=dict)
    """Path -> offset at which the connection is cut, for each answer; the last one stays."""
    held: dict[str, Callable[[], object]] = field(default_factory=dict)
    """Path -> what is called when half of the file is sent."""
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    """Path and `Range` of every request."""
    headers: dict[str, str] = field(default_factory=dict)
    """Of the last request."""

    def add(self, path: str, content: bytes) -> str:
        """Serve a file; return its address."""
        self.files[path] = content
        return f"{self.url}{path}"


@contextmanager
def file_server(has_ranges: bool = True) -> Iterator[FileServer]:
    """Serve until the block is left."""
    served = FileServer(has_ranges=has_ranges)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # the name that http.server calls
            stated = self.headers.get("Range")
            served.requests.append((self.path, stated))
            served.headers = dict(self.headers.items())
            status = _next(served.statuses.get(self.path), HTTPStatus.OK if self.path in served.files else 404)
            if status != HTTPStatus.OK:
                self._answer(status, b"Tidak ada.", {})
                return
            content = served.files[self.path]
            found = _RANGE.fullmatch(stated or "")
            if not (found and served.has_ranges):
                self._answer(status, content, {"Accept-Ranges": "bytes"} if served.has_ranges else {})
                return
            start, end = int(found[1]), min(int(found[2] or len(content)) + 1, len(content))
            if start >= len(content):
                self._answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
                return
            place = {"Content-Range": f"bytes {start + SHIFT}-{end - 1}/{len(content)}"}
            self._answer(HTTPStatus.PARTIAL_CONTENT, content[start:end], place, start)

        def _answer(self, status: int, body: bytes, headers: dict[str, str], start: int = 0) -> None:
            self.send_response(status)
            length = {"Content-Length": str(len(body))} if served.has_lengths else {"Connection": "close"}
            for name, value in {**headers, **length}.items():
                self.send_header(name, value)
            self.end_headers()
            cut = _next(served.cuts.get(self.path), len(body) + start)
            sent = body[: max(0, cut - start)]
            self.wfile.write(sent[: len(sent) // 2])
            if self.path in served.held:
                self.wfile.flush()
                served.held[self.path]()
            self.wfile.write(sent[len(sent) // 2 :])
            self.close_connection = len(sent) < len(body) or not served.has_lengths

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that goes away in the middle is part of a test."""

    with Server(("127.0.0.1", 0), Handler) as server:
        served.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield served
        server.shutdown()
        thread.join()


def _next(values: list[int] | None, usual: int) -> int:
    if not values:
        return usual
    return values.pop(0) if len(values) > 1 else values[0]
