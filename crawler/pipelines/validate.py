"""Articles that break a rule of the data format become failures: never stored half, never lost."""

import logging
from typing import Final

from scrapy.crawler import Crawler

from crawler.clock import utc_now
from crawler.errors import InvalidRecord
from crawler.items import Article, Failure
from crawler.kompas.urls import article_id, canonical
from crawler.ledger_facts import Fact

logger = logging.getLogger(__name__)

BLOCK_TYPES: Final = frozenset(("paragraph", "heading", "quote", "list_item", "table_row"))


class Validate:
    """Counts every rejection as `kompas/validate/rejected/<field>`.

    A time of publication after the capture is doubtful, not wrong: clocks of archives differ. The record is kept,
    counted as `kompas/validate/doubtful/published_at`, and a person is told.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Validate":
        return cls(crawler)

    def process_item(self, item: Article | Failure | Fact) -> Article | Failure | Fact:
        if not isinstance(item, Article):
            return item
        wrong = broken_rules(item)
        if not wrong:
            if item.published_at > item.fetched_at:
                self.stats.inc_value("kompas/validate/doubtful/published_at")
                logger.warning("%s says that it was published after it was captured: %s", item.url, item.published_at)
            return item
        for field in wrong:
            self.stats.inc_value(f"kompas/validate/rejected/{field}")
        detail = "; ".join(f"{field} {fault}" for field, fault in wrong.items())
        now = utc_now()
        return Failure(item.url, InvalidRecord.__name__, detail, now, item.id, item.discovery.via)


def broken_rules(article: Article) -> dict[str, str]:
    """Field -> what is wrong with it; empty for a good record."""
    times = {"published_at": article.published_at, "fetched_at": article.fetched_at, "modified_at": article.modified_at}
    wrong = {name: "has no zone" for name, time in times.items() if time is not None and time.tzinfo is None}
    if article_id(article.url) != article.id:
        wrong["url"] = f"{article.url} is not the address of {article.id}"
    elif article.url != canonical(article.url):
        wrong["url"] = f"{article.url} is not canonical"
    if not article.title.strip():
        wrong["title"] = "is empty"
    if not article.body or any(not block.text.strip() for block in article.body):
        wrong["body"] = "has an empty block or none"
    elif any(block.type not in BLOCK_TYPES for block in article.body):
        wrong["body"] = "has a block of an unknown type"
    if article.text != "\n\n".join(block.text for block in article.body):
        wrong["text"] = "is not the text of the body"
    if not article.content_hash.startswith("sha256:"):
        wrong["content_hash"] = "is missing"
    return wrong
