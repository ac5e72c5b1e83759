"""The marks of stories that carry a suspected addition, while the stories are read again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from crawler.health.lines import lines_of_text
from crawler.health.vocabulary import KNOWN
from crawler.health.watch import LINE
from crawler.items import Article


def carries(what: str, text: str, signs: Collection[str]) -> bool:
    """Return whether a reading still has what its story is marked with.

    :param what: see `watch.Oddity.what`.
    :param signs: what the reading shows besides its record (see `kompas.signs`).
    """
    if what.startswith(LINE):
        return what.removeprefix(LINE) in lines_of_text(text)
    return what in signs and what not in KNOWN


@dataclass
class Marks:
    """What stories are marked with, and what of it their readings still have."""

    marked: Mapping[str, Collection[str]]
    """Story -> things."""
    _kept: dict[str, set[str]] = field(default_factory=dict)

    def read(self, article: Article, signs: Collection[str]) -> None:
        """Note the reading of one revision."""
        if article.id in self.marked:
            kept = self._kept.setdefault(article.id, set())
            kept |= {what for what in self.marked[article.id] if carries(what, article.text, signs)}

    def gone(self) -> dict[str, set[str]]:
        """Return story -> things that none of its readings has."""
        gone = {story: set(self.marked[story]) - kept for story, kept in self._kept.items()}
        return {story: whats for story, whats in gone.items() if whats}
