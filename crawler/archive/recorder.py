"""Record a crawl as WARC 1.1 files: each exchange is on disk, in one piece, before its response is parsed."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

from crawler.archive.exchange import Answered, Asked, Exchange, warc_date, warcinfo
from crawler.archive.payloads import Original, Payloads
from crawler.archive.records import digest_of
from crawler.archive.warc_file import WarcFile, seal_left_over
from crawler.errors import UnusableArchiveFolder
from crawler.folders import make_folder
from crawler.items import WarcPlace

NOT_MODIFIED: Final = 304


class Recorder:
    """Writes files of limited size into a folder.

    Every method raises `UnusableArchiveFolder` if the folder cannot be written; earlier records stay valid.
    """

    def __init__(self, folder: Path, largest: int, begun: datetime, info: dict[str, str]) -> None:
        """Prepare the folder, and seal the files that killed runs left open.

        :param largest: start a new file at this size, in bytes.
        :param info: fields of the `warcinfo` record.
        """
        self.records = self.bytes = self.revisits = 0
        self._folder, self._largest, self._info = folder, largest, info
        # processes of two containers may have one id, and write into one folder or have their files gathered in one
        self._stem = f"kompas_global-{begun:%Y%m%dT%H%M%SZ}-{os.getpid()}-{secrets.token_hex(4)}"
        self._file: WarcFile | None = None
        self._files = 0
        try:
            make_folder(folder)
            self.sealed = seal_left_over(folder)
            self._payloads = Payloads(folder)
        except OSError as error:
            raise self._unusable(error) from error

    def record(self, asked: Asked, answered: Answered) -> WarcPlace:
        """Record a request with its response; return the place of the response."""
        exchange = Exchange(asked)
        digest = digest_of(answered.body)
        original = self._payloads.find(digest) if answered.body else None
        if answered.status == NOT_MODIFIED:
            exchange.add_not_modified(answered)
        elif original:
            exchange.add_revisit(answered, digest, original)
        else:
            exchange.add_response(answered)
        exchange.add_request()
        exchange.add_notes(asked.notes)
        file, offset = self._append(exchange)
        self.revisits += answered.status == NOT_MODIFIED or original is not None
        place = WarcPlace(file, offset, exchange.answer_id, digest if answered.body else None)
        if answered.body and not original and answered.status != NOT_MODIFIED:
            self._payloads.add(digest, Original(exchange.answer_id, asked.url, warc_date(asked.at), file, offset))
        return place

    def record_rendered(self, asked: Asked, body: bytes, original: WarcPlace) -> WarcPlace:
        """Record a rendered page; return its place.

        :param original: place of the raw response.
        """
        exchange = Exchange(asked)
        exchange.add_conversion(body, original.warc_record_id or "")
        exchange.add_notes(asked.notes)
        file, offset = self._append(exchange)
        return WarcPlace(file, offset, exchange.answer_id, digest_of(body))

    def record_failure(self, asked: Asked, reason: str, detail: str) -> None:
        """Record a request without a response."""
        exchange = Exchange(asked)
        exchange.add_request()
        exchange.add_notes({**asked.notes, "failure": reason, "detail": detail})
        self._append(exchange)

    def close(self) -> None:
        """Seal the open file."""
        try:
            if self._file is not None:
                self._file.seal()
        except OSError as error:
            raise self._unusable(error) from error
        finally:
            self._file = None
            self._payloads.close()

    def _append(self, exchange: "Exchange") -> tuple[str, int]:
        data = exchange.data
        try:
            if self._file is not None and self._file.size + len(data) > self._largest:
                self._file.seal()
                self._file = None
            if self._file is None:
                self._file = self._next_file()
            offset = self._file.append(data)
        except OSError as error:
            raise self._unusable(error) from error
        self.records += exchange.records
        self.bytes += len(data)
        return self._file.name, offset

    def _next_file(self) -> WarcFile:
        name = f"{self._stem}-{self._files:05}.warc.gz"
        self._files += 1
        file = WarcFile(self._folder / name)
        file.append(warcinfo(name, self._info))
        return file

    def _unusable(self, error: OSError) -> UnusableArchiveFolder:
        return UnusableArchiveFolder(
            f"the archive folder {self._folder} cannot be written ({error.strerror}); make room, give it rights, or "
            "name another with -s KOMPAS_WARC_DIR=DIR"
        )
