"""The look-alike on loopback: a TLS site, and a proxy that leads every kompas.com address to it.

A crawler reaches it unchanged, by its environment alone: the addresses stay ``https://www.kompas.com/...``
and the certificate is verified.
"""

import asyncio
import ssl
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from aiohttp import web

from tests.site.certificate import write_certificate
from tests.site.site import Reply, Site

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    host: str
    path_qs: str
    at: float
    """`time.monotonic()`."""
    user_agent: str

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path_qs}"


class LookAlike:
    """Serves a `Site` while the ``with`` block runs.

    >>> from datetime import date
    >>> with LookAlike(Site(date(2026, 4, 18))) as served:
    ...     served.proxy_url.startswith("http://127.0.0.1:")
    True
    """

    def __init__(self, site: Site | None = None) -> None:
        self.site = site or Site()
        self.requests: list[Asked] = []
        self.proxy_url = ""
        self._folder = tempfile.TemporaryDirectory(prefix="look-alike-")
        self.ca_file, self._key_file = write_certificate(Path(self._folder.name))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="look-alike", daemon=True)
        self._tls_port = 0

    def __enter__(self) -> "LookAlike":
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(timeout=10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()
        self._folder.cleanup()

    def env(self) -> dict[str, str]:
        """What a subprocess needs in its environment to reach the site."""
        proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), self.proxy_url)
        return {**proxies, "no_proxy": "", "NO_PROXY": "", "SSL_CERT_FILE": str(self.ca_file)}

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.ca_file, self._key_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, 0, ssl_context=context).start()
        self._tls_port = self._runner.addresses[0][1]
        self._tunnels: set[asyncio.Task[None]] = set()
        self._proxy = await asyncio.start_server(self._connected, LOOPBACK, 0)
        self.proxy_url = f"http://{LOOPBACK}:{self._proxy.sockets[0].getsockname()[1]}"

    async def _stop(self) -> None:
        self._proxy.close()
        for tunnel in self._tunnels:
            tunnel.cancel()
        await asyncio.gather(*self._tunnels, return_exceptions=True)
        await self._runner.cleanup()

    def _reply(self, method: str, url: str, user_agent: str) -> Reply:
        parts = urlsplit(url)
        path_qs = parts.path + (f"?{parts.query}" if parts.query else "")
        self.requests.append(Asked(method, parts.hostname or "", path_qs, time.monotonic(), user_agent))
        return self.site.respond(url)

    async def _answer(self, request: web.Request) -> web.Response:
        url = f"https://{request.host}{request.raw_path}"
        reply = self._reply(request.method, url, request.headers.get("User-Agent", ""))
        return web.Response(status=reply.status, headers=reply.headers, body=reply.body)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A client of the proxy; its task is kept so that the end need not wait for the client."""
        task = asyncio.current_task()
        assert task is not None
        self._tunnels.add(task)
        task.add_done_callback(self._tunnels.discard)
        try:
            await self._serve_client(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, or the block ended
        finally:
            writer.close()

    async def _serve_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """CONNECT becomes a tunnel to the TLS site; a plain request is answered here."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ", 2)
        host = target.partition(":")[0] if method == "CONNECT" else (urlsplit(target).hostname or "")
        if not (host == "kompas.com" or host.endswith(".kompas.com")):
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        elif method == "CONNECT":
            site_reader, site_writer = await asyncio.open_connection(LOOPBACK, self._tls_port)
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(_pipe(reader, site_writer), _pipe(site_reader, writer))
        else:
            agents = [line.partition(":")[2].strip() for line in head if line.lower().startswith("user-agent:")]
            writer.write(_raw(self._reply(method, target, "".join(agents[:1]))))
        await writer.drain()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


def _raw(reply: Reply) -> bytes:
    headers = [*reply.headers, ("Content-Length", str(len(reply.body))), ("Connection", "close")]
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {reply.status} -\r\n{lines}\r\n".encode() + reply.body
