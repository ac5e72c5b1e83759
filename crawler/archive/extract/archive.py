"""Read all stories of an archive, with the processes or the cluster of an executor.

1. Each file is read once, as a stream: what is wanted goes into a catalogue on the disk, the rest is dismissed by its
   header. A file is one task (`scan_slice`).
2. All captures of a story are read together, at their places. Some stories are one task (`extract_stories`).

Both are pure functions of places, so that any process of any machine can do them. A source that cannot be read at an
offset (packed as a whole, or at a server without `Range`) brings the wanted records along in the catalogue. Memory does
not grow with the archive.
"""

import asyncio
from bisect import bisect_right
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from typing import Final

from crawler import bounds
from crawler.archive.catalogue import Catalogue
from crawler.archive.extract.story import Answer, Extracted, extract_story
from crawler.archive.files import KeptRecord, Source
from crawler.archive.scan import IndexedRecord, Scanned, scan, story_dismissal
from crawler.clock import utc_now
from crawler.errors import NotInArchive, SourceFailed
from crawler.executor import in_order
from crawler.items import Discovery
from crawler.kompas.urls import article_id

CLOCKS: Final = timedelta(days=1)
"""How far the clock of a crawler may be ahead of this one; a record captured later gives a warning."""
BATCH: Final = 16
"""Stories of a task."""
_ENTRY: Final = 2_000
"""Bytes of an entry of the catalogue without a record."""
RECORDS: Final = 2_000
"""Records that this process reads at a time: well under a second, so that a run can be stopped."""


@dataclass
class Batch:
    """What a task of the second step came to."""

    extracted: list[Extracted] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    """Source -> why it cannot be read. Its captures are left out."""


class StoryArchive:
    """The stories of some files."""

    def __init__(self, sources: Iterable[Source], scratch: Path, executor: Executor, in_flight: int) -> None:
        """Prepare to read the stories of some sources.

        :param sources: taken one by one, as they are read.
        :param scratch: a folder for the catalogue.
        """
        self.counts: Counter[str] = Counter()
        """What was found, and what was passed over, by reason."""
        self.damage: Counter[str] = Counter()
        """File -> number of stretches that could not be read."""
        self.failures: dict[str, str] = {}
        """Source -> why it could not be read, or not to its end."""
        self.files = 0
        """Files that were gone through."""
        self._sources, self._executor, self._in_flight = sources, executor, in_flight
        self._gone: set[str] = set()
        """Sources of which a record could not be read again."""
        self._catalogue = Catalogue(scratch)

    async def scan(self) -> AsyncIterator[int]:
        """Read all files; yield the length of each slice that is done, in bytes.

        :raises WorkersLost: see `in_order`.
        """
        async for first in in_order(self._executor, scan_slice, self._files(), self._in_flight):
            async for scanned in self._slices(first):
                self._take(scanned)
                self.files += scanned.onward is None
                yield scanned.bytes
        self._catalogue.complete()
        self.counts["stories"] = len(self._catalogue)

    async def stories(self) -> AsyncIterator[Extracted]:
        """Yield every story, in the order of the first records.

        :raises WorkersLost: see `in_order`.
        """
        tasks = ((batch,) for batch in batches(self._groups()))
        async for batch in in_order(self._executor, extract_stories, tasks, self._in_flight):
            self._gone |= batch.failures.keys()
            self.failures.update(batch.failures)
            for one in batch.extracted:
                yield one

    def close(self) -> None:
        """Close the catalogue."""
        self._catalogue.close()

    def _files(self) -> Iterator[tuple[Source, int]]:
        """Yield the tasks of the first step; a list of sources that breaks off is a failure like that of a source."""
        try:
            for source in self._sources:
                yield source, 0
        except SourceFailed as error:
            self.failures[error.where] = error.cause

    async def _slices(self, first: Scanned) -> AsyncIterator[Scanned]:
        """Yield all slices of a file.

        A large file that cannot be read at an offset is read again from its start, by this process: its records go
        from slice to slice into the catalogue, and no task has to bring them along.
        """
        if first.is_kept and first.onward is not None:
            slices = scan(first.source, story_dismissal, most_records=RECORDS)
            while (scanned := await asyncio.to_thread(next, slices, None)) is not None:
                yield scanned
            return
        yield first
        onward = first.onward
        while onward is not None:
            async for scanned in in_order(self._executor, scan_slice, [(first.source, onward)], 1):
                yield scanned
                onward = scanned.onward

    def _take(self, scanned: Scanned) -> None:
        self.counts += scanned.counts
        if scanned.damage:
            self.damage[str(scanned.source.path)] += scanned.damage
        if scanned.failure is not None:
            self.failures[str(scanned.source.path)] = scanned.failure
        good = [entry for entry in scanned.entries if self._is_answer(entry)]
        ahead = utc_now() + CLOCKS
        later = sum(entry.captured_at is not None and entry.captured_at > ahead for entry in good)
        if later:
            self.counts["captures_after_now"] += later
        self._catalogue.add((article_id(entry.url) or "", entry) for entry in good)

    def _is_answer(self, entry: IndexedRecord) -> bool:
        """Return whether an entry is a good response; others are passed over by their status."""
        good = entry.status == 200 or (entry.status is None and entry.kind == "revisit")
        self.counts["articles" if good else f"passed_over/status_{entry.status or 'unknown'}"] += 1
        return good

    def _groups(self) -> Iterator[list[Answer]]:
        for entries, between in self._catalogue.groups():
            answers = [answer for entry in entries if (answer := self._answer(entry))]
            answers = _readable(answers, self._gone)
            kept = within(answers)
            beyond = between + len(answers) - len(kept)
            if beyond:
                self.counts["passed_over/captures_beyond_bound"] += beyond
            if kept:
                yield kept

    def _answer(self, entry: IndexedRecord) -> Answer | None:
        """Return None for a `revisit` whose bytes are in none of the files: archives refer to each other."""
        if entry.refers_to is None:
            return Answer(entry)
        try:
            return Answer(entry, self._catalogue.resolve(entry.refers_to))
        except NotInArchive:
            self.counts["passed_over/revisit_of_another_archive"] += 1
            return None


def batches(groups: Iterable[list[Answer]]) -> Iterator[list[list[Answer]]]:
    """Yield stories as tasks: at most `BATCH` of them, and no further one when they have `bounds.BATCH_BYTES`."""
    batch: list[list[Answer]] = []
    size = 0
    for answers in groups:
        batch.append(answers)
        size += sum(map(_weight, answers))
        if len(batch) == BATCH or size >= bounds.BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def within(answers: list[Answer]) -> list[Answer]:
    """Return the first captures of a story that together stay within `bounds.BATCH_BYTES`, one at least."""
    sizes = list(accumulate(map(_weight, answers)))
    return answers[: max(1, bisect_right(sizes, bounds.BATCH_BYTES))]


def _weight(answer: Answer) -> int:
    """Return the bytes that a capture takes on its way to a worker, with the record that it brings along."""
    locations = [answer.entry.location, *([answer.original] if answer.original else [])]
    return sum(_ENTRY + len(getattr(location.source, "record", b"")) for location in locations)


def scan_slice(source: Source, start: int) -> Scanned:
    """Read a file from `start` to its end, or until a slice is full: the task of the first step."""
    return next(scan(source, story_dismissal, start))


def extract_stories(stories: list[list[Answer]]) -> Batch:
    """Read some stories, each from its captures in the order of their time: the task of the second step.

    A source that fails costs its own captures only.
    """
    batch = Batch()
    for answers in stories:
        while readable := _readable(answers, batch.failures):
            try:
                batch.extracted.append(extract_story(readable[0].entry.url, readable, Discovery("archive", None)))
                break
            except SourceFailed as error:
                if error.where in batch.failures:  # its captures were left out
                    raise
                batch.failures[error.where] = error.cause
    return batch


def _readable(answers: list[Answer], gone: Iterable[str]) -> list[Answer]:
    """Return the captures that lie in other sources than those that cannot be read."""
    lost = set(gone)
    return [answer for answer in answers if not lost & _sources(answer)] if lost else answers


def _sources(answer: Answer) -> set[str]:
    locations = [answer.entry.location, *([answer.original] if answer.original else [])]
    return {str(location.source.path) for location in locations if not isinstance(location.source, KeptRecord)}
