"""A story that leads elsewhere is a failure of that story, and what stands elsewhere is never requested or stored."""

import socket
from datetime import date
from pathlib import Path

from tests.conftest import Crawl
from tests.faults.outcome import Case, Row, assert_ends, crawl_day, lay
from tests.site import faults
from tests.site.faults import first
from tests.site.server import LookAlike

DAY = date(2026, 4, 17)
OLDER = date(2026, 4, 16)
OFF_SITE = Row("OffSite", 302, 1)


def cases(served: LookAlike, port: int) -> dict[str, Case]:
    own = served.site.stories[served.site.listed(DAY)[0]].page_url("all")
    other = served.site.stories[served.site.listed(OLDER)[0]].page_url("all")
    return {
        "to itself": Case(faults.redirect(own), Row("RedirectLoop", 302, 1)),
        "to another story": Case(faults.redirect(other), Row("OtherStory", 200, 1)),
        "to another story, once": Case(first(1, faults.redirect(other)), Row("OtherStory", 200, 1)),
        "to another host": Case(faults.redirect("https://www.example.org/read/judul"), OFF_SITE),
        "to a host with a like name": Case(faults.redirect("https://www.kompas.com.example.org/"), OFF_SITE),
        "to a name before the host": Case(faults.redirect("https://www.kompas.com@example.org/"), OFF_SITE),
        "to this machine": Case(faults.redirect(f"http://127.0.0.1:{port}/"), OFF_SITE),
        "to this machine by name": Case(faults.redirect(f"http://localhost:{port}/", 307), Row("OffSite", 307, 1)),
        "to a file": Case(faults.redirect("file:///etc/passwd"), Row("UnsupportedAddress", 302, 1)),
        "to a script": Case(faults.redirect("javascript:alert(1)"), Row("UnsupportedAddress", 302, 1)),
        "to data": Case(faults.redirect("data:text/html,<p>halo"), Row("UnsupportedAddress", 302, 1)),
        "to what is no address": Case(faults.redirect("https://[satu/"), Row("UnsupportedAddress", 302, 1)),
        "to nowhere": Case(faults.redirect(""), Row("RedirectLoop", 302, 1)),
    }


def test_redirects(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a compromised site sends the crawler elsewhere, or to files of its own machine."""
    with LookAlike() as served, socket.create_server(("127.0.0.1", 0)) as machine:
        machine.setblocking(False)
        laid = cases(served, machine.getsockname()[1])
        lay(served, DAY, laid)
        run = crawl_day(crawl, served, DAY)
        assert_ends(tmp_path, run, served, DAY, laid)
        try:
            machine.accept()
        except BlockingIOError:
            return
        raise AssertionError("the machine itself was asked")
