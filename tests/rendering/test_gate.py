"""The browser's way out, against a proxy that notes the tunnels that are requested of it."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest

from crawler.browser import gate
from crawler.browser.gate import Gate


class Upstream:
    """A proxy that answers every tunnel with the same bytes."""

    def __init__(self, sends: bytes = b"", status: str = "200 OK") -> None:
        self.heads: list[str] = []
        self._sends = sends
        self._status = status

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(f"HTTP/1.1 {self._status}\r\n\r\n".encode() + self._sends)
        await writer.drain()
        writer.close()


def through(upstream: Upstream, use: Callable[[Gate, str, int], Awaitable[None]]) -> None:
    """Open a gate before the upstream proxy and use it."""

    async def run() -> None:
        server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        opened = Gate(f"http://nama:sandi@127.0.0.1:{port}")
        address = urlsplit(await opened.open())
        assert address.hostname is not None
        assert address.port is not None
        await use(opened, address.hostname, address.port)
        await opened.close()
        server.close()

    asyncio.run(run())


async def ask(host: str, port: int, head: str) -> bytes:
    """Return all that the gate sends back."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"{head}\r\n\r\n".encode())
    received = await reader.read()
    writer.close()
    return received


@pytest.mark.parametrize(
    "head",
    [
        "CONNECT 127.0.0.1:443 HTTP/1.1",
        "CONNECT localhost:443 HTTP/1.1",
        "CONNECT 169.254.169.254:443 HTTP/1.1",
        "CONNECT iklan.example:443 HTTP/1.1",
        "CONNECT www.kompas.com.iklan.example:443 HTTP/1.1",
        "CONNECT www.kompas.com:80 HTTP/1.1",
        "CONNECT www.kompas.com:8443 HTTP/1.1",
        "CONNECT www.kompas.com HTTP/1.1",
        "GET http://www.kompas.com/global HTTP/1.1",
        "\x00\x01",
    ],
)
def test_no_tunnel_leads_off_the_site(head: str) -> None:
    """Without it scripts reach services of the machine, other hosts, or the site without TLS."""
    upstream = Upstream()

    async def use(opened: Gate, host: str, port: int) -> None:
        assert (await ask(host, port, head)).startswith(b"HTTP/1.1 403 ")
        assert opened.refused == 1

    through(upstream, use)
    assert upstream.heads == []


def test_a_tunnel_to_the_site_takes_the_proxy_with_its_user() -> None:
    """Without it nothing can be rendered where only a proxy leads out."""
    upstream = Upstream(b"isi")

    async def use(opened: Gate, host: str, port: int) -> None:
        assert (await ask(host, port, "CONNECT www.kompas.com:443 HTTP/1.1")).endswith(b"\r\n\r\nisi")

    through(upstream, use)
    assert upstream.heads[0].startswith("CONNECT www.kompas.com:443 HTTP/1.1\r\n")
    assert "Proxy-Authorization: Basic bmFtYTpzYW5kaQ==\r\n" in upstream.heads[0]


def test_a_proxy_that_refuses_costs_one_connection() -> None:
    """Without it a refused tunnel looks like an empty answer of the site."""

    async def use(opened: Gate, host: str, port: int) -> None:
        assert await ask(host, port, "CONNECT www.kompas.com:443 HTTP/1.1") == b""

    through(Upstream(status="407 Proxy Authentication Required"), use)


def test_a_page_gets_so_many_bytes_and_the_next_one_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a page that sends data without end fills memory and disk."""
    monkeypatch.setattr(gate, "PAGE_BYTES", 300_000)

    async def use(opened: Gate, host: str, port: int) -> None:
        for _ in range(2):
            opened.next_page()
            assert len(await ask(host, port, "CONNECT www.kompas.com:443 HTTP/1.1")) < 400_000

    through(Upstream(bytes(5_000_000)), use)
