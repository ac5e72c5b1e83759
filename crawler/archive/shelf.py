"""Find the archived bytes of a record or a failure, by the place that it names."""

from pathlib import Path

from crawler.archive.files import Source, expand
from crawler.archive.records import Captured, Location, Reference, read
from crawler.errors import NotInArchive, SourceFailed
from crawler.items import WarcPlace

OPEN_SUFFIX = ".open"
"""Suffix of a file that is being written, or was when its run was killed."""


class Shelf:
    """The project's own folder of WARC files, and other archives that the user names."""

    def __init__(self, folder: str, others: str = "") -> None:
        """Name the archives to look in.

        :param folder: `KOMPAS_WARC_DIR`; empty for none.
        :param others: files, folders, packages, addresses and lists, as `-a archive=` takes them.
        :raises UnreadableArchive: one of the others is missing, or cannot be meant.
        """
        self._folder = Path(folder).absolute() if folder else None  # another process may stand in another folder
        self._others = {source.name: source for source in (expand(others) if others else ())}

    def captured(self, place: WarcPlace) -> Captured:
        """Return the archived response at a place.

        :raises NotInArchive: the file is not there, or the record cannot be read.
        """
        try:
            return read(self.location(place), self._original)
        except SourceFailed as error:
            raise NotInArchive(str(error)) from error

    def location(self, place: WarcPlace) -> Location:
        """Return where the record lies.

        :raises NotInArchive: nothing was archived, the file is not there, or its records have no offsets.
        """
        if place.warc_file is None:
            raise NotInArchive("it was not archived")
        if place.warc_offset is None:
            raise NotInArchive(
                f"{place.warc_file} was compressed as a whole, so that no record can be found in it again; "
                "`warcio recompress` makes a file in which it can"
            )
        return Location(self._source(place.warc_file), place.warc_offset)

    def _source(self, name: str) -> Source:
        if name in self._others:
            return self._others[name]
        for file in (name, name + OPEN_SUFFIX):
            path = self._folder / file if self._folder else None
            if path and path.is_file():
                return Source(path, name, path.stat().st_size)
        raise NotInArchive(f"the archive file {name} is not there")

    def _original(self, reference: Reference) -> Location:
        if reference.file is None or reference.offset is None:
            raise NotInArchive(f"a revisit record refers to {reference.record_id or reference.url}, by no file")
        return Location(self._source(reference.file), reference.offset)
