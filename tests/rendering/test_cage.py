"""What the scripts of a page may reach, and how much memory they may take: a hostile page in a real Chromium."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.browser.chromium import MOST_REQUESTS
from tests.conftest import Crawl
from tests.rendering.conftest import DAY, Browsers, needs_chromium
from tests.rendering.scripted import SHELL, Scripted, trusting
from tests.rendering.test_rendering import AUTO, failures
from tests.site.server import LookAlike

WAYS = """<script>
const ways = [
  () => window.open("http://127.0.0.1:PORT/buka"),
  () => { const form = document.createElement("form"); form.method = "post"; form.target = "_blank";
          form.action = "http://127.0.0.1:PORT/kirim"; document.body.append(form); form.submit(); },
  () => { const link = document.createElement("a"); link.target = "_blank";
          link.href = "https://www.kompas.com/copy/rahasia"; document.body.append(link); link.click(); },
  () => { const link = document.createElement("a"); link.target = "_blank"; link.rel = "noopener";
          link.href = "http://localhost:PORT/tanpa"; document.body.append(link); link.click(); },
  () => new WebSocket("ws://127.0.0.1:PORT/soket"),
  () => new WebSocket("ws://localhost:PORT/soket"),
  () => new Worker(URL.createObjectURL(new Blob(['new WebSocket("ws://127.0.0.1:PORT/pekerja");' +
          'fetch("http://127.0.0.1:PORT/pekerja"); fetch("https://www.kompas.com/copy/pekerja")']))),
  () => navigator.serviceWorker.register("/sw.js"),
  () => { const peer = new RTCPeerConnection({iceServers: [
          {urls: "turn:127.0.0.1:PORT?transport=tcp", username: "a", credential: "b"}]});
          peer.createDataChannel("a"); peer.createOffer().then(offer => peer.setLocalDescription(offer)); },
  () => { const frame = document.createElement("iframe"); document.body.append(frame);
          new frame.contentWindow.WebSocket("ws://127.0.0.1:PORT/bingkai"); },
  () => fetch("http://127.0.0.1:PORT/ambil"),
  () => fetch("http://www.kompas.com/tanpa-tls"),
  () => { for (const rel of ["preconnect", "prefetch", "dns-prefetch", "modulepreload"]) {
          const link = document.createElement("link"); link.rel = rel; link.href = "http://127.0.0.1:PORT/awal";
          document.head.append(link); } },
  () => navigator.sendBeacon("http://127.0.0.1:PORT/suar", "a"),
];
for (const way of ways) { try { way(); } catch (error) { } }
for (let number = 0; number < 2 * MOST; number++) fetch("/hitung?" + number).catch(() => 0);
</script>"""
GREEDY = "<script>const held = []; for (;;) held.push(new Uint8Array(5e7).fill(1));</script>"


class Listener:
    """A server of this machine that no page should reach."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.heard: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # closed
                return
            with connection:
                self.heard.append(connection.recv(200))

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@needs_chromium
def test_a_page_reaches_the_site_over_https_and_nothing_else(
    crawl: Crawl, scripted: Scripted, site: LookAlike, browsers: Browsers, listener: Listener
) -> None:
    """Without it a page of the site reaches services of this machine, and what robots.txt forbids."""
    shell = scripted.listed(DAY)[2]
    ways = WAYS.replace("PORT", str(listener.port)).replace("MOST", str(MOST_REQUESTS))
    scripted.shells, scripted.shell = {shell}, SHELL.replace("<script>\n", f"{ways}<script>\n", 1)
    run = crawl(*AUTO, *trusting(site), env=browsers.env)
    assert "playwright/browser_count" in run.stderr
    assert listener.heard == []
    assert site.foreign == []
    asked = [request.path_qs for request in site.requests]
    assert not [path for path in asked if path.startswith(("/copy/", "/sw.js", "/tanpa-tls"))]
    assert 0 < len([path for path in asked if path.startswith("/hitung")]) <= MOST_REQUESTS
    assert browsers.all_gone()


@needs_chromium
def test_a_page_that_takes_all_memory_costs_itself(
    crawl: Crawl, scripted: Scripted, site: LookAlike, browsers: Browsers, tmp_path: Path
) -> None:
    """Without it one script takes 9 GB in 20 seconds, and the machine with it."""
    greedy, shell = scripted.listed(DAY)[2:4]
    scripted.shells, scripted.shell = {greedy, shell}, SHELL
    scripted.shells_of[greedy] = SHELL.replace("<script>\n", f"{GREEDY}<script>\n", 1)
    changes = ["crawler.browser.memory.MOST_MEMORY=1_500_000_000"]
    run = crawl(*AUTO, *trusting(site), env=browsers.env, changes=changes)
    assert "its largest process is ended" in run.stderr
    assert failures(tmp_path / "store.db") == {greedy: "UnknownLayout"}
    assert shell in {record["id"] for record in run.records}
    assert browsers.all_gone()
