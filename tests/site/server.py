"""The look-alike on loopback: a TLS site, and a proxy that leads every kompas.com address to it.

A crawler reaches it unchanged, by its environment alone: the addresses stay ``https://www.kompas.com/...``
and the certificate is verified.
"""

import asyncio
import ssl
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from aiohttp import web
from multidict import CIMultiDict

from tests.site.certificate import write_certificate
from tests.site.faults import Fault, Faults, Spell, Wire
from tests.site.site import Reply, Site
from tests.site.validators import conditional

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    host: str
    path_qs: str
    at: float
    """`time.monotonic()`."""
    headers: Mapping[str, str]
    """By name, in any case."""

    @property
    def user_agent(self) -> str:
        return self.headers.get("User-Agent", "")

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

    def __init__(
        self, site: Site | None = None, faults: Mapping[str, Fault | Spell] | None = None, validators: bool = False
    ) -> None:
        """
        :param faults: what goes wrong, by story id, address or path (see `faults.Faults`); over https only.
        :param validators: story pages bear an ETag and a Last-Modified, and conditional requests are answered.
        """
        self.site = site or Site()
        self.faults = Faults(self.site, faults or {})
        self.validators = validators
        self.requests: list[Asked] = []
        self.foreign: list[str] = []
        """Addresses outside the site for which the proxy was used; it refuses them."""
        self.proxy_url = ""
        self._folder = tempfile.TemporaryDirectory(prefix="look-alike-")
        self.ca_file, self._key_file = write_certificate(Path(self._folder.name))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="look-alike", daemon=True)
        self._tls_port = 0

    def __enter__(self) -> "LookAlike":
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(timeout=120)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(timeout=120)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=120)
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
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, 0, ssl_context=context).start()
        self._tls_port = self._runner.addresses[0][1]
        self._proxy = await asyncio.start_server(self._connected, LOOPBACK, 0)
        self.proxy_url = f"http://{LOOPBACK}:{self._proxy.sockets[0].getsockname()[1]}"

    async def _stop(self) -> None:
        self._proxy.close()
        open_ends = asyncio.all_tasks() - {asyncio.current_task()}  # tunnels, and answers that never come
        for task in open_ends:
            task.cancel()
        await asyncio.gather(*open_ends, return_exceptions=True)
        await self._runner.cleanup()

    def _note(self, method: str, url: str, headers: Mapping[str, str]) -> None:
        parts = urlsplit(url)
        path_qs = parts.path + (f"?{parts.query}" if parts.query else "")
        self.requests.append(Asked(method, parts.hostname or "", path_qs, time.monotonic(), headers))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        url = f"https://{request.host}{request.raw_path}"
        self._note(request.method, url, CIMultiDict(request.headers))
        answer = self.faults.answer(url, self.site.respond(url))
        if isinstance(answer, Wire):
            return _WireAnswer(answer)
        story = self.faults.story(url)
        if self.validators and story and answer.status == 200:
            return conditional(request, answer, story)
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A client of the proxy."""
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
            self.foreign.append(target)
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        elif method == "CONNECT":
            site_reader, site_writer = await asyncio.open_connection(LOOPBACK, self._tls_port)
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(_pipe(reader, site_writer), _pipe(site_reader, writer))
        else:
            pairs = [line.split(":", 1) for line in head[1:] if ":" in line]
            self._note(method, target, CIMultiDict((name, value.strip()) for name, value in pairs))
            writer.write(_raw(self.site.respond(target)))
        await writer.drain()


class _WireAnswer(web.StreamResponse):
    """Bytes as they are, with all their faults; aiohttp would put them right."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire
        self.force_close()

    async def prepare(self, request: web.BaseRequest) -> None:
        for piece in self._wire.pieces:
            await asyncio.sleep(self._wire.pause)
            if request.transport is None or request.transport.is_closing():
                return
            request.transport.write(piece)
        await asyncio.sleep(self._wire.pause)
        if self._wire.end == "never":
            await asyncio.Event().wait()
        if self._wire.end == "reset" and isinstance(request.transport, asyncio.Transport):
            request.transport.abort()

    async def write_eof(self, data: bytes = b"") -> None:
        """The pieces are all there is."""


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One direction of a tunnel; a connection that breaks on one side breaks on the other."""
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        writer.transport.abort()
        raise
    finally:
        writer.close()


def _raw(reply: Reply) -> bytes:
    headers = [*reply.headers, ("Content-Length", str(len(reply.body))), ("Connection", "close")]
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {reply.status} -\r\n{lines}\r\n".encode() + reply.body
