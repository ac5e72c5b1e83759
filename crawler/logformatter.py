"""Log lines for people: an item is its id and headline, not 30 fields."""

from typing import Any

from scrapy import Spider, logformatter
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.items import Article, Failure


class QuietFormatter(logformatter.LogFormatter):
    """An expected drop (a known story) is one INFO line; WARNING means that a person should look."""

    def scraped(self, item: Any, response: Response | TwistedFailure | None, spider: Spider) -> Any:
        line = super().scraped(item, response, spider)
        return line and {**line, "args": {**_arguments(line["args"]), "item": brief(item)}}

    def dropped(self, item: Any, exception: BaseException, response: Any, spider: Spider) -> Any:
        line = super().dropped(item, exception, response, spider)
        return {**line, "msg": "%(exception)s", "args": {"exception": exception}}

    def item_error(self, item: Any, exception: BaseException, response: Any, spider: Spider) -> Any:
        line = super().item_error(item, exception, response, spider)
        return {**line, "args": {**_arguments(line["args"]), "item": brief(item)}}


def _arguments(args: Any) -> dict[str, Any]:
    return args if isinstance(args, dict) else {}


def brief(item: Any) -> str:
    """One line that names an item."""
    if isinstance(item, Article):
        return f"{item.id} {item.title}"
    return f"{item.reason}: {item.detail}" if isinstance(item, Failure) else str(item)
