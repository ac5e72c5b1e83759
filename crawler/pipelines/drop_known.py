"""A story is met in the index, in latest boxes, under several addresses: it is kept once a run."""

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.items import Article, Failure
from crawler.ledger_facts import Fact
from crawler.recent import Recent


class DropKnown:
    """Drops a story that this run already kept; what earlier runs stored is the store's business.

    Captures of one story in an archive are told apart by who read them (`archive.extract.story`), and all pass.

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
