"""A crawl meets a story in the index, in boxes and under several addresses; it keeps the story once a run."""

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.items import Article, Failure
from crawler.ledger_facts import Fact
from crawler.recent import Recent


class DropKnown:
    """Drops a story that this run already kept; the store compares stories with those of earlier runs.

    `archive.extract.story` compares the captures of one story in an archive, so that all of them pass here.

    Counts `kompas/drop_known/in_run`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.kept = Recent()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "DropKnown":
        return cls(crawler)

    def process_item(self, item: Article | Failure | Fact) -> Article | Failure | Fact:
        if isinstance(item, Article) and item.discovery.via != "archive" and not self.kept.add(item.id):
            self.stats.inc_value("kompas/drop_known/in_run")
            raise DropItem(f"met again in this run: {item.id} {item.url}", log_level="INFO")
        return item
