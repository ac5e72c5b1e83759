"""The statistics of one reading, and what it shows besides its record."""

from scrapy.statscollectors import StatsCollector

from crawler.health.facts import facts_of, reading_stats
from crawler.kompas.reading import ReadStory
from crawler.ledger_facts import Signs


def signs_of_reading(read: ReadStory, stats: StatsCollector) -> Signs:
    """Count a reading, and return the item that goes before its article."""
    article, older = read.article, len(read.older)
    for name in reading_stats(article, read.removed, older, read.fallbacks, read.signs):
        stats.inc_value(f"kompas/{name}")
    facts = facts_of(article, read.removed, older, read.fallbacks, read.signs)
    return Signs(article.id, article.url, article.layout, frozenset(facts))
