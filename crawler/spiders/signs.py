"""The statistics of one reading, and what it shows besides its record."""

from scrapy.statscollectors import StatsCollector

from crawler.health.facts import facts_of, reading_stats
from crawler.kompas.reading import ReadStory
from crawler.ledger_facts import Signs


def signs_of_reading(read: ReadStory, stats: StatsCollector) -> Signs:
    """Count a reading, and return the item that goes before its article."""
    article = read.article
    facts = facts_of(article, read.removed, len(read.older), read.fallbacks, read.signs)
    for name in reading_stats(article, read.removed, facts):
        stats.inc_value(f"kompas/{name}")
    return Signs(article.id, article.url, article.layout, frozenset(facts))
