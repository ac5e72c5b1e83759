"""Stories out of archives, without the processes."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any, cast

import pytest

from crawler.archive.extract.archive import StoryArchive
from crawler.archive.extract.story import Extracted
from crawler.archive.files import expand
from crawler.parallel import Workers


class InProcess:
    """In place of `Workers`."""

    async def each(
        self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], here: object = None
    ) -> AsyncIterator[Any]:
        for task in tasks:
            yield function(*task)


class Found:
    """What an archive came to."""

    def __init__(self) -> None:
        self.stories: list[Extracted] = []
        self.counts: Counter[str] = Counter()
        self.damage: Counter[str] = Counter()
        self.progress: list[int] = []

    @property
    def titles(self) -> list[list[str]]:
        """Of the editions, story by story."""
        return [[edition.article.title for edition in story.editions] for story in self.stories]


async def _extract(argument: str, scratch: Path) -> Found:
    found = Found()
    archive = StoryArchive(expand(argument), scratch, cast("Workers", InProcess()))
    found.progress = [done async for done in archive.scan()]
    async for story in archive.stories():
        found.stories.append(story)
    found.counts, found.damage = archive.counts, archive.damage
    archive.close()
    assert sum(found.progress) == archive.size
    return found


@pytest.fixture
def extract(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Found]:
    def run(*paths: Path) -> Found:
        return asyncio.run(_extract(",".join(map(str, paths)), tmp_path_factory.mktemp("scratch")))

    return run
