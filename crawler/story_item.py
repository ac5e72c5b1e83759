"""The item that goes through the pipelines for each story: its record, with what else its pages say."""

from dataclasses import dataclass

from crawler.health.facts import facts_of, reading_stats
from crawler.items import Article
from crawler.kompas.links import links_of
from crawler.kompas.reading import ReadStory
from crawler.ledger_facts import Links, Visit


@dataclass(frozen=True)
class StoryItem:
    """One finished reading. It is stored in one transaction; the feed gets its article.

    It is made where the story is read, also in another process, so that the process that writes only writes.
    """

    article: Article
    links: Links
    """Stories of these kanals that the story links to."""
    facts: frozenset[str]
    """What the reading shows besides its record (see `health.facts.facts_of`)."""
    counts: list[str]
    """Names of the statistics that the reading counts, below `kompas/`."""
    visit: Visit | None = None
    """Validators for the next conditional request, where the site sent any."""


def story_item(read: ReadStory, *, visit: Visit | None = None, follows: bool = False, depth: int = 1) -> StoryItem:
    """Return the item of a reading.

    :param follows, depth: see `links_of`.
    """
    article = read.article
    facts = facts_of(article, read.removed, len(read.older), read.fallbacks, read.signs)
    counts = list(reading_stats(article, read.removed, facts))
    return StoryItem(article, links_of(read, follows=follows, depth=depth), facts, counts, visit)
