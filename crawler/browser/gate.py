"""The browser's only way out: a proxy on loopback that leads to the site's hosts, over https, and nowhere else.

A page has ways to send requests that no page event shows: workers, WebSockets, popups. All of them pass here.
"""

import asyncio
import base64
import logging
from contextlib import suppress
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.kompas.address import is_on_site

logger = logging.getLogger(__name__)

PAGE_BYTES: Final = 32_000_000
"""Bytes that the browser may receive for one page, TLS included: seventy times the HTML of the largest stored page."""
MOST_TUNNELS: Final = 64
"""Connections that are open at the same time. Chromium opens six at most to one host."""
_HEAD_TIMEOUT: Final = 10.0
"""Seconds in which a request of the browser must state where it goes, and in which its tunnel must be open."""
_CHUNK: Final = 65536
_REFUSED: Final = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_OPEN: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Gate:
    """A proxy that opens tunnels to port 443 of the site's hosts and refuses all else."""

    def __init__(self, upstream: str | None) -> None:
        """Remember the way out.

        :param upstream: address of the proxy that leads to the site; None for none.
        """
        self.refused = 0
        """Requests that were refused."""
        self._upstream = upstream
        self._left = PAGE_BYTES
        self._server: asyncio.Server | None = None
        self._tunnels: set[asyncio.StreamWriter] = set()

    async def open(self) -> str:
        """Listen on a free port of loopback and return the address."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"

    async def close(self) -> None:
        """Close the port and all tunnels."""
        if self._server is not None:
            self._server.close()
        self._cut()

    def next_page(self) -> None:
        """Give the browser `PAGE_BYTES` for another page."""
        self._left = PAGE_BYTES

    def _cut(self) -> None:
        for writer in list(self._tunnels):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of the browser: one tunnel, or a refusal."""
        self._tunnels.add(writer)
        try:
            target = await asyncio.wait_for(_target(reader), _HEAD_TIMEOUT)
            if target is None or len(self._tunnels) > MOST_TUNNELS:
                self.refused += 1
                writer.write(_REFUSED)
                await writer.drain()
                return
            far_reader, far_writer = await asyncio.wait_for(self._connect(target), _HEAD_TIMEOUT)
            try:
                writer.write(_OPEN)
                await asyncio.gather(self._pass_on(reader, far_writer), self._receive(far_reader, writer))
            finally:
                far_writer.close()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            logger.debug("A tunnel of the browser ended: %s", error)
        finally:
            self._tunnels.discard(writer)
            writer.close()

    async def _connect(self, host: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Return a connection to port 443 of a host, through the upstream proxy if there is one.

        :raises OSError: it cannot be opened.
        """
        if self._upstream is None:
            return await asyncio.open_connection(host, 443)
        proxy = urlsplit(self._upstream)
        reader, writer = await asyncio.open_connection(proxy.hostname, proxy.port or 80)
        known_as = _authorization(proxy.username, proxy.password)
        writer.write(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n{known_as}\r\n".encode())
        status, _, _ = (await reader.readuntil(b"\r\n\r\n")).partition(b"\r\n")
        if status.split(b" ")[1:2] != [b"200"]:
            writer.close()
            raise ConnectionRefusedError(f"the proxy refused a tunnel to {host}: {status.decode(errors='replace')}")
        return reader, writer

    async def _receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what the site sends, until the page has had its bytes."""
        while chunk := await reader.read(_CHUNK):
            self._left -= len(chunk)
            if self._left < 0:
                logger.warning("A rendered page was cut off after %d bytes", PAGE_BYTES)
                self._cut()
                return
            writer.write(chunk)
            await writer.drain()
        writer.close()

    @staticmethod
    async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what the browser sends."""
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()
        with suppress(OSError):  # the site closed its side before
            writer.write_eof()


async def _target(reader: asyncio.StreamReader) -> str | None:
    """Return the host to which the browser wants a tunnel; None for one that it may not have."""
    head = await reader.readuntil(b"\r\n\r\n")
    method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
    host, _, port = rest.partition(" ")[0].rpartition(":")
    return host if method == "CONNECT" and port == "443" and is_on_site(f"https://{host}/") else None


def _authorization(user: str | None, password: str | None) -> str:
    """Return the header line by which a proxy knows its user; empty without one."""
    if user is None:
        return ""
    pair = base64.b64encode(f"{unquote(user)}:{unquote(password or '')}".encode()).decode()
    return f"Proxy-Authorization: Basic {pair}\r\n"
