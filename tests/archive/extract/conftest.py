"""Stories out of archives, without the processes."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.extract.archive import StoryArchive
from crawler.archive.extract.story import Extracted
from crawler.archive.files import each_source
from crawler.errors import KompasError


class InProcess(Executor):
    """An executor that does each task at once, in this process."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except KompasError as error:
            future.set_exception(error)
        return future


class Found:
    """What an archive came to."""

    def __init__(self) -> None:
        self.stories: list[Extracted] = []
        self.counts: Counter[str] = Counter()
        self.damage: Counter[str] = Counter()
        self.failures: dict[str, str] = {}
        self.progress: list[int] = []

    @property
    def titles(self) -> list[list[str]]:
        """Of the editions, story by story."""
        return [[edition.article.title for edition in story.editions] for story in self.stories]


async def _extract(argument: str, scratch: Path) -> Found:
    found = Found()
    archive = StoryArchive(each_source(argument), scratch, InProcess(), 1)
    found.progress = [done async for done in archive.scan()]
    async for story in archive.stories():
        found.stories.append(story)
    found.counts, found.damage, found.failures = archive.counts, archive.damage, archive.failures
    archive.close()
    if not found.failures:
        assert sum(found.progress) == sum(source.size or 0 for source in each_source(argument))
    return found


@pytest.fixture
def extract(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Found]:
    def run(*paths: Path) -> Found:
        return asyncio.run(_extract(",".join(map(str, paths)), tmp_path_factory.mktemp("scratch")))

    return run
