"""A site some of whose pages are empty shells: their scripts fetch body and boxes, as single-page sites do."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from crawler.kompas.urls import article_id
from tests.site.living import Living
from tests.site.server import LookAlike
from tests.site.site import Reply

SHELL = """<!DOCTYPE html><html><head><title>Kompas.com</title></head><body><div id="app"></div>
<img src="https://asset.kompas.com/pembuka.jpg"><img src="https://iklan.example/pixel.gif">
<script src="https://iklan.example/pelacak.js"></script>
<script src="https://cdn.kompas.com/aplikasi.js"></script>
<script>
fetch("/komentar/jumlah");
fetch("/isi?url=" + encodeURIComponent(location.href)).then(answer => answer.text()).then(text => {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.head.innerHTML = page.head.innerHTML;
  document.body.innerHTML = page.body.innerHTML;
});
</script></body></html>"""


class Scripted(Living):
    """Stories, and addresses of lists, that come as shells."""

    def __init__(self, *days: date) -> None:
        super().__init__(*days)
        self.shells: set[str] = set()
        """Ids of stories, or whole addresses; `all` for every story."""
        self.shell = SHELL
        self.shells_of: dict[str | None, str] = {}
        """Id of a story -> its own shell."""
        self.filling = ""
        """What their scripts put in; empty: what they should."""
        self.before_filling: Callable[[], object] = int
        """Done when a script asks."""

    def respond(self, url: str) -> Reply:
        parts = urlsplit(url)
        if parts.path == "/isi":
            self.before_filling()
            if self.filling:
                return Reply(200, [("Content-Type", "text/html")], self.filling.encode())
            return super().respond(parse_qs(parts.query)["url"][0])
        reply = super().respond(url)
        story = article_id(url)
        if url in self.shells or story in self.shells or (story and "all" in self.shells):
            return Reply(reply.status, reply.headers, self.shells_of.get(story, self.shell).encode())
        return reply


def trusting(served: LookAlike) -> tuple[str, str]:
    """The option for a crawl of the look-alike with Chromium."""
    return "-s", f"PLAYWRIGHT_LAUNCH_OPTIONS={launch_options(served.ca_file)}"


def launch_options(ca_file: Path) -> str:
    """By which Chromium trusts a certificate: it reads no SSL_CERT_FILE."""
    certificate = x509.load_pem_x509_certificate(ca_file.read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pin = base64.b64encode(hashlib.sha256(key).digest()).decode()
    return json.dumps({"args": [f"--ignore-certificate-errors-spki-list={pin}"]})
