"""All stories of an archive, read once from end to end, over several processes.

First every file is gone through in ranges: what is wanted goes into a catalogue on the disk, the rest is dismissed by
its header. Then each story is read from its records, wherever they lie. Both steps are pure functions of files and
places, so that they can be shared out (`scan_range`, `extract_stories`); memory does not grow with the archive.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from crawler.archive.boundaries import split
from crawler.archive.catalogue import Catalogue
from crawler.archive.extract.story import Answer, Extracted, extract_story
from crawler.archive.files import Source
from crawler.archive.records import has_offsets
from crawler.archive.scan import IndexedRecord, Scanned, copy_wanted, scan, story_dismissal
from crawler.errors import NotInArchive
from crawler.items import Discovery
from crawler.kompas.urls import article_id
from crawler.parallel import Pool

RANGE: Final = 64 * 1024 * 1024
"""Bytes of a file that one process goes through at a time: some seconds of work, and some thousand entries at most."""
BATCH: Final = 16
"""Stories that are handed to a process at once."""


class StoryArchive:
    """The stories of some files.

    Counts what was found in `counts`, and the files' damage, by name, in `damage`.
    """

    def __init__(self, sources: list[Source], scratch: Path, workers: Pool) -> None:
        """
        :param scratch: a folder for the catalogue, and for records of files that can only be read from their start.
        """
        self.counts: Counter[str] = Counter()
        self.damage: Counter[str] = Counter()
        self.size = sum(source.size for source in sources)
        self._sources, self._scratch, self._workers = sources, scratch, workers
        self._catalogue = Catalogue(scratch)

    async def scan(self) -> AsyncIterator[int]:
        """Goes through all files; gives the bytes of each range that is done.

        :raises OSError: a file cannot be read, or the scratch folder is full.
        """
        tasks = list(_tasks(self._sources, self._scratch))
        ranges = iter(tasks)
        onward: int | None = None
        async for found in self._workers.each(scan_range, tasks, here=_needs_scratch):
            scanned = found
            source, start, end, _ = next(ranges)
            if start and scanned.begins != onward:  # it took what lies inside a record for the beginning of one
                scanned = scan(source, onward, end, story_dismissal, is_known=True) if onward else Scanned()
            onward = scanned.onward
            self._take(source, scanned)
            yield (source.size if end is None else end) - start
        self._catalogue.complete()
        self.counts["stories"] = len(self._catalogue)

    async def stories(self) -> AsyncIterator[Extracted]:
        """Every story, in the order of the first records."""
        groups = self._groups()
        batches = iter(lambda: list(islice(groups, BATCH)), [])
        async for extracted in self._workers.each(extract_stories, ((batch,) for batch in batches)):
            for one in extracted:
                yield one

    def close(self) -> None:
        self._catalogue.close()

    def _take(self, source: Source, scanned: Scanned) -> None:
        self.counts += scanned.counts
        if scanned.damage["places"]:
            self.damage[str(source.path)] += scanned.damage["places"]
        good = [entry for entry in scanned.entries if self._is_answer(entry)]
        self._catalogue.add((article_id(entry.url) or "", entry) for entry in good)

    def _is_answer(self, entry: IndexedRecord) -> bool:
        """A good answer; others are passed over by their status."""
        good = entry.status == 200 or (entry.status is None and entry.kind == "revisit")
        self.counts["articles" if good else f"passed_over/status_{entry.status or 'unknown'}"] += 1
        return good

    def _groups(self) -> Iterator[list[Answer]]:
        for _, entries in self._catalogue.groups():
            answers = [answer for entry in entries if (answer := self._answer(entry))]
            if answers:
                yield answers

    def _answer(self, entry: IndexedRecord) -> Answer | None:
        """None for a `revisit` whose bytes are in none of the files: other people's archives refer to each other."""
        if entry.refers_to is None:
            return Answer(entry)
        try:
            return Answer(entry, self._catalogue.resolve(entry.refers_to))
        except NotInArchive:
            self.counts["passed_over/revisit_of_another_archive"] += 1
            return None


def _tasks(sources: Iterable[Source], scratch: Path) -> Iterator[tuple[Source, int, int | None, Path]]:
    for source in sources:
        if has_offsets(source):
            yield from ((source, start, end, scratch) for start, end in split(source.size, RANGE))
        else:
            yield source, 0, None, scratch


def _needs_scratch(_source: Source, _start: int, end: int | None, _scratch: Path) -> bool:
    """The copy that it makes is read again in the second step."""
    return end is None


def scan_range(source: Source, start: int, end: int | None, scratch: Path) -> Scanned:
    """The unit of the first step.

    :param end: None for a file without offsets: it is read as a whole, and what is wanted is copied aside.
    """
    if end is not None:
        return scan(source, start, end, story_dismissal)
    copy, passed = copy_wanted(source, scratch, story_dismissal)
    scanned = scan(copy, 0, None, story_dismissal, exact=False)
    scanned.counts += passed.counts
    scanned.damage += passed.damage
    return scanned


def extract_stories(stories: list[list[Answer]]) -> list[Extracted]:
    """The unit of the second step: answers of a few stories, each in the order of their capture."""
    return [extract_story(answers[0].entry.url, answers, Discovery("archive", None)) for answers in stories]
