"""The site as a WARC file: the same command gives the same bytes.

``python -m tests.site.warc OUT [--days 2021-04-22,2026-04-17] [--crawl | --visits]``
"""

import argparse
import io
import sys
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.site.edits import VISITS, edited_site
from tests.site.listings import PAGE_SIZES
from tests.site.site import FRONTS, Reply, Site
from tests.site.story import Story

CAPTURED = datetime(2026, 4, 18, 2, 0, tzinfo=UTC)
AGENT = "look-alike/1.0"
REASONS = {
    200: "OK",
    202: "Accepted",
    301: "Moved Permanently",
    302: "Found",
    403: "Forbidden",
    404: "Not Found",
}
_HTML = [("Content-Type", "text/html; charset=UTF-8")]


def write_warc(site: Site, path: Path, urls: Iterable[str] | None = None, *, captured: datetime) -> None:
    """Writes the answers to `urls` (default: all of `archive_urls`), and records to be passed over."""
    with path.open("wb") as stream:
        archive = _Archive(stream, path.name, captured)
        for url in archive_urls(site) if urls is None else urls:
            archive.exchange(url, site.respond(url))
        archive.strangers(site)


def write_visits(path: Path) -> None:
    """Writes the stories that editors changed, as the visits after the first one saw them (see `edits`)."""
    with path.open("wb") as stream:
        archive = _Archive(stream, path.name, VISITS[0])
        for number, moment in enumerate(VISITS, start=1):
            archive.begin(moment)
            site, changed = edited_site(number)
            for story_id in changed:
                url = site.stories[story_id].page_url("all")
                archive.exchange(url, site.respond(url))


def archive_urls(site: Site, days: Iterable[date] | None = None) -> list[str]:
    """robots.txt; of each day its index, every story in its form of `stored_pages`, and one of another kanal.

    Without `days` every day of the site, and the section fronts.
    """
    chosen = sorted(site.layouts if days is None else days)
    hosts = ("www.kompas.com", "internasional.kompas.com", "indeks.kompas.com")
    urls = [f"https://{host}/robots.txt" for host in hosts]
    if days is None:
        urls += [f"https://{front}" + ("" if "/" in front else "/") for front in FRONTS]
    forms = stored_pages(site)
    for day in chosen:
        urls += _index_urls(site, day)
        for story_id in site.listed(day):
            urls += _story_urls(site.stories[story_id], forms[story_id])
        urls.append(next(story.url for story in site.others.values() if story.published.date() == day))
    return urls


def crawl_urls(site: Site, days: Iterable[date]) -> list[str]:
    """Return what a crawl of index days requests: robots.txt, index pages, stories, and the stories in their boxes."""
    chosen = list(days)
    hosts = ("www.kompas.com", "internasional.kompas.com", "indeks.kompas.com")
    urls = [f"https://{host}/robots.txt" for host in hosts]
    listed = [story_id for day in chosen for story_id in site.listed(day)]
    boxes = [site.boxes(site.stories[story_id]) for story_id in listed]
    linked = [story.id for box in boxes for story in (*box.latest, *box.older) if story.id in site.stories]
    for day in chosen:
        urls += _index_urls(site, day)
    for story_id in dict.fromkeys([*listed, *linked]):
        story = site.stories[story_id]
        urls.append(story.page_url("all"))
        urls += [] if story.whole_on_request else [story.page_url(page) for page in range(2, story.pages + 1)]
    return urls


def stored_pages(site: Site) -> dict[str, str]:
    """How the archive holds each story: "all" (``?page=all``), "each" (page 1, 2, ...) or "first" (page 1).

    A third of the stories of several pages are held page by page, as is the one that has no whole form; one
    story of two pages lacks the second.
    """
    forms = dict.fromkeys(site.stories, "all")
    divided = [story for story in site.stories.values() if story.pages > 1]
    for story in divided[::3]:
        forms[story.id] = "each"
    for story in divided:
        if not story.whole_on_request:
            forms[story.id] = "each"
    of_two = [story for story in divided if story.pages == 2 and story.published.date() == date(2021, 4, 22)]
    forms[of_two[0].id] = "first"
    return forms


def _story_urls(story: Story, form: str) -> list[str]:
    if form == "all":
        return [story.page_url("all")]
    return [story.url] + [story.page_url(page) for page in range(2, story.pages + 1) if form == "each"]


def _index_urls(site: Site, day: date) -> list[str]:
    layout = site.layouts.get(day, "current")
    kanal = "internasional" if layout == "kcm_read" else "global"
    base = f"https://indeks.kompas.com/?site={kanal}&date={day.isoformat()}"
    pages = max(1, -(-len(site.rows(day)) // PAGE_SIZES[layout]))
    return [base] + [f"{base}&page={page}" for page in range(2, pages + 1)]


class _Archive:
    """One WARC file being written; ids are drawn from type and address, so that nothing in it is random."""

    def __init__(self, stream: io.BufferedWriter, name: str, captured: datetime) -> None:
        self.writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        self.date = captured.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.salt = ""
        info = self.writer.create_warcinfo_record(name, {"software": AGENT, "format": "WARC File Format 1.1"})
        info.rec_headers.replace_header("WARC-Record-ID", _record_id("warcinfo", name))
        info.rec_headers.replace_header("WARC-Date", self.date)
        self.writer.write_record(info)

    def begin(self, moment: datetime) -> None:
        """From now on the exchanges are of this moment, with ids of their own."""
        self.date = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.salt = f" {self.date}"

    def exchange(self, url: str, reply: Reply) -> None:
        """A response and the request that it answers."""
        host, path = urlsplit(url).netloc, url.partition(urlsplit(url).netloc)[2] or "/"
        response = _record_id("response", url + self.salt)
        headers = [*reply.headers, ("Content-Length", str(len(reply.body)))]
        line = f"{reply.status} {REASONS[reply.status]}"
        self.record("response", url, reply.body, StatusAndHeaders(line, headers, protocol="HTTP/1.1"))
        asked = StatusAndHeaders(f"GET {path} HTTP/1.1", [("Host", host), ("User-Agent", AGENT)], is_http_request=True)
        self.record("request", url, b"", asked, {"WARC-Concurrent-To": response})

    def record(
        self,
        kind: str,
        url: str,
        payload: bytes,
        http: StatusAndHeaders | None,
        extra: dict[str, str] | None = None,
    ) -> None:
        headers = {"WARC-Record-ID": _record_id(kind, url + self.salt), "WARC-Date": self.date, **(extra or {})}
        options: dict[str, Any] = {"http_headers": http} if http else {}
        if "Content-Type" in headers:
            options["warc_content_type"] = headers.pop("Content-Type")
        record = self.writer.create_warc_record(
            url, kind, payload=io.BytesIO(payload), length=len(payload), warc_headers_dict=headers, **options
        )
        self.writer.write_record(record)

    def strangers(self, site: Site) -> None:
        """What a reader of other people's archives meets and must pass over."""
        page = b"<!DOCTYPE html><html><head><title>Example</title></head><body><h1>Example</h1></body></html>\n"
        self.exchange("https://www.example.org/", Reply(200, _HTML, page))
        gone = "https://www.kompas.com/global/read/2021/04/22/010101070/berita-yang-sudah-dihapus"
        self.exchange(gone, site.respond(gone))
        name = b"20260418020000\nwww.kompas.com.\t300\tIN\tA\t192.0.2.10\n"
        self.record("resource", "dns:www.kompas.com", name, None, {"Content-Type": "text/dns"})
        seen = next(iter(site.stories.values()))
        note = b"via: https://indeks.kompas.com/\r\nfetchTimeMs: 312\r\n"
        self.record("metadata", seen.url, note, None, {"Content-Type": "application/warc-fields"})
        again = {"WARC-Refers-To-Target-URI": seen.url, "WARC-Refers-To-Date": "2026-04-17T02:00:00Z"}
        again["WARC-Profile"] = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        self.record("revisit", seen.url, b"", StatusAndHeaders("200 OK", _HTML, protocol="HTTP/1.1"), again)


def _record_id(kind: str, url: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{kind} {url}')}>"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.site.warc", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--days", help="comma-separated index days (default: every day of the site)")
    parser.add_argument("--crawl", action="store_true", help="what a crawl of the days requests, to be replayed")
    parser.add_argument("--visits", action="store_true", help="stories that editors changed, on the days after")
    options = parser.parse_args(arguments)
    if options.visits:
        write_visits(options.out)
        return
    site = Site()
    days = [date.fromisoformat(day) for day in options.days.split(",")] if options.days else None
    urls = crawl_urls(site, days or sorted(site.layouts)) if options.crawl else archive_urls(site, days)
    write_warc(site, options.out, urls, captured=CAPTURED)


if __name__ == "__main__":
    main(sys.argv[1:])
