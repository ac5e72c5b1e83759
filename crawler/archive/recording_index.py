"""An index over recordings of a crawl: which answers an address got, in their order."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from crawler.archive.catalogue import Catalogue
from crawler.archive.files import Source
from crawler.archive.records import Captured, has_offsets, read
from crawler.archive.scan import METADATA, RESPONSES, IndexedRecord, copy_wanted, scan
from crawler.errors import NotInArchive

NOT_MODIFIED: Final = 304


@dataclass(frozen=True)
class Unanswered:
    """A request that was recorded as failed: no answer came."""

    captured_at: datetime
    reason: str
    """See `spiders.failures`."""
    detail: str


class RecordingIndex:
    """Built once, when the run starts; on the disk, so that a recording may be of any size."""

    def __init__(self, sources: list[Source], scratch: Path) -> None:
        self._catalogue = Catalogue(scratch)
        for source in sources:
            if has_offsets(source):
                scanned = scan(source, 0, None, site_dismissal)
            else:
                copy, _ = copy_wanted(source, scratch, site_dismissal)
                scanned = scan(copy, 0, None, site_dismissal, exact=False)
            self._catalogue.add((entry.url, entry) for entry in scanned.entries if _is_answer(entry))
        self._catalogue.complete()

    def answer(self, url: str, times: int, *, conditional: bool) -> Captured | Unanswered:
        """What an address was answered with.

        :param times: how often it was asked for before.
        :param conditional: asked for only if it changed; nobody else is told that it did not.
        :raises NotInArchive: nothing is recorded, or it cannot be read.
        """
        known = [entry for entry in self._catalogue.entries(url) if conditional or entry.status != NOT_MODIFIED]
        if not known:
            raise NotInArchive(f"the recording does not hold {url}")
        entry = known[min(times, len(known) - 1)]
        if entry.failure is None:
            return read(entry.location, self._catalogue.resolve)
        assert entry.captured_at is not None, "others were not taken in"
        return Unanswered(entry.captured_at, *entry.failure)

    def close(self) -> None:
        self._catalogue.close()


def site_dismissal(kind: str, url: str) -> str | None:
    """Wanted are all answers of the site, and notes of requests that got none."""
    if kind not in (*RESPONSES, METADATA):
        return f"type_{kind}"
    return None if "kompas.com" in url else "other_site"


def _is_answer(entry: IndexedRecord) -> bool:
    return entry.captured_at is not None and (entry.kind in RESPONSES or entry.failure is not None)
