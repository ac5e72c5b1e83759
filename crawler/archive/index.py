"""Which record of an archive answers which page of which story. Records of others are dismissed by their address."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.files import Source
from crawler.archive.records import Captured, Header, headers, read, seekable
from crawler.errors import NotInArchive, UnreadableArchive
from crawler.urls import ALL_PAGES, article_id, is_article, is_ours, page_number


@dataclass(frozen=True)
class Location:
    """Where a response lies."""

    file: Path
    offset: int
    name: str
    """File name for the provenance."""
    exact: bool
    """The offset counts in the named file; not so where it was compressed as a whole."""


class ArchiveIndex:
    """An index over some files, in memory: an entry for every captured page of this project's kanals."""

    def __init__(self, sources: list[Source], scratch: Path) -> None:
        """
        :param scratch: folder for plain copies of files that were compressed as a whole.
        :raises UnreadableArchive: a file that is no WARC. One that is damaged later on is read as far as it goes.
        """
        self.counts: Counter[str] = Counter()
        """`records`, `articles`, and what was passed over, by reason."""
        self.damage: list[str] = []
        self._pages: dict[str, dict[int, list[Location]]] = {}
        self._addresses: dict[str, str] = {}
        for source in sources:
            self._add(source, scratch)

    def addresses(self) -> Iterator[str]:
        """An address of every story, in the order of their first record."""
        yield from self._addresses.values()

    def find(self, url: str) -> tuple[Location, Captured]:
        """The best capture of a page: the latest that can be read.

        A story asked for as a whole (`?page=all`) is answered with its lowest page where no whole was captured.

        :raises NotInArchive: no readable capture.
        """
        pages = self._pages.get(article_id(url) or "", {})
        number = page_number(url)
        if number == ALL_PAGES and pages:
            number = min(pages)
        captures = [(place, captured) for place in pages.get(number, ()) for captured in _readable(place)]
        if not captures:
            raise NotInArchive(f"the archive does not hold {url}")
        return max(captures, key=lambda found: found[1].captured_at)

    def _add(self, source: Source, scratch: Path) -> None:
        file = seekable(source.path, scratch, self.damage)
        records = 0
        try:
            for header in headers(file):
                records += 1
                self.counts["records"] += 1
                reason = _passed_over(header)
                if reason:
                    self.counts[f"passed_over/{reason}"] += 1
                    continue
                self.counts["articles"] += 1
                place = Location(file, header.offset, source.name, exact=file is source.path)
                story = article_id(header.url) or ""
                self._addresses.setdefault(story, header.url)
                self._pages.setdefault(story, {}).setdefault(page_number(header.url), []).append(place)
        except UnreadableArchive as error:
            if records == 0:
                raise
            self.damage.append(str(error))


def _passed_over(header: Header) -> str | None:
    """Why a record is none of ours; None for the good answer to an article request of these kanals."""
    if header.type != "response":
        return f"type_{header.type}"
    if article_id(header.url) is None:
        return "not_an_article"
    if not is_ours(header.url):
        return "other_section"
    if not is_article(header.url.partition("?")[0]) or "//amp." in header.url:
        return "other_view"
    return None if header.status == 200 else f"status_{header.status or 'unknown'}"


def _readable(place: Location) -> Iterator[Captured]:
    with suppress(NotInArchive):  # a cut-off record: another capture of the page may be whole
        yield read(place.file, place.offset)
