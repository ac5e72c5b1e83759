"""What a run keeps of one finished reading: its statistics, and its items in the order of the pipelines."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.health.facts import facts_of, reading_stats
from crawler.items import Article
from crawler.kompas.links import links_of
from crawler.kompas.reading import ReadStory
from crawler.ledger_facts import Links, Signs


@dataclass(frozen=True)
class StoryOutputs:
    """Made where the story is read, also in another process, so that the process that writes has no more to work out.

    The links leave before the article, so that a stored article always has its links.
    """

    counts: list[str]
    """Names of the statistics that the reading counts, below `kompas/`."""
    signs: Signs
    links: Links
    article: Article

    def items(self) -> Iterator[Signs | Links | Article]:
        """Yield the items of the story."""
        yield self.signs
        yield self.links
        yield self.article


def outputs_of_reading(read: ReadStory, *, follows: bool = False, depth: int = 1) -> StoryOutputs:
    """Return what a run keeps of a reading.

    The parameters are those of `links_of`.
    """
    article = read.article
    facts = facts_of(article, read.removed, len(read.older), read.fallbacks, read.signs)
    counts = list(reading_stats(article, read.removed, facts))
    signs = Signs(article.id, article.url, article.layout, facts)
    return StoryOutputs(counts, signs, links_of(read, follows=follows, depth=depth), article)
