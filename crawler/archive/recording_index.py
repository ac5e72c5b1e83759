"""Index the recordings of a crawl: the responses of each address, in their order."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from crawler.archive.catalogue import Catalogue
from crawler.archive.files import Source
from crawler.archive.records import Captured, read
from crawler.archive.scan import METADATA, RESPONSES, IndexedRecord, scan, type_dismissal
from crawler.errors import NotInArchive, SourceFailed
from crawler.kompas.address import is_on_site

NOT_MODIFIED: Final = 304


@dataclass(frozen=True)
class Unanswered:
    """A request that was recorded as failed: it got no response."""

    captured_at: datetime
    reason: str
    """See `spiders.failures`."""
    detail: str


class RecordingIndex:
    """Recorded responses by address. Built when the run starts, on the disk: a recording may have any size."""

    def __init__(self, sources: list[Source], scratch: Path) -> None:
        """Index the recordings.

        :raises UnreadableArchive: a recording cannot be read to its end.
        """
        self._catalogue = Catalogue(scratch)
        for source in sources:
            for scanned in scan(source, site_dismissal):
                if scanned.failure is not None:
                    raise SourceFailed(str(source.path), scanned.failure)
                self._catalogue.add((entry.url, entry) for entry in scanned.entries if _is_answer(entry))
        self._catalogue.complete()

    def answer(self, url: str, times: int, *, conditional: bool) -> Captured | Unanswered:
        """Return the next recorded response of an address; after the last one, that one again.

        :param times: earlier requests for the address in this run.
        :param conditional: the request is conditional; other requests never get a 304.
        :raises NotInArchive: nothing is recorded, or the record cannot be read.
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
    """Return why a record is neither a response of the site nor a note of a request that got none."""
    if kind not in (*RESPONSES, METADATA):
        return type_dismissal(kind)
    return None if is_on_site(url) else "other_site"


def _is_answer(entry: IndexedRecord) -> bool:
    return entry.captured_at is not None and (entry.kind in RESPONSES or entry.failure is not None)
