"""Log lines for people: an article is its id and headline, a failure its reason, a fact its kind."""

import logging
from typing import Any

from scrapy import Spider, logformatter
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.errors import UnknownLayout
from crawler.items import Article, Failure
from crawler.story_item import StoryItem


class QuietFormatter(logformatter.LogFormatter):
    """Logs a failure as one WARNING line, an expected drop (a known story) as one INFO line, all else as DEBUG.

    A changed markup is one fault: its first page is a WARNING, each further one INFO.
    """

    def __init__(self) -> None:
        self._told = False

    def scraped(self, item: Any, response: Response | TwistedFailure | None, spider: Spider) -> Any:
        """Return the line of an item that was stored."""
        if isinstance(item, Failure):
            again = item.reason == UnknownLayout.__name__ and self._told
            self._told |= item.reason == UnknownLayout.__name__
            level = logging.INFO if again else logging.WARNING
            return {"level": level, "msg": "failed: %(item)s", "args": {"item": brief(item)}}
        line = super().scraped(item, response, spider)
        return line and {**line, "args": {**_arguments(line["args"]), "item": brief(item)}}

    def dropped(self, item: Any, exception: BaseException, response: Any, spider: Spider) -> Any:
        """Return the line of an item that was dropped."""
        line = super().dropped(item, exception, response, spider)
        return {**line, "msg": "%(exception)s", "args": {"exception": exception}}

    def item_error(self, item: Any, exception: BaseException, response: Any, spider: Spider) -> Any:
        """Return the line of an item that a pipeline failed on."""
        line = super().item_error(item, exception, response, spider)
        return {**line, "args": {**_arguments(line["args"]), "item": brief(item)}}


def _arguments(args: Any) -> dict[str, Any]:
    return args if isinstance(args, dict) else {}


def brief(item: Any) -> str:
    """Return one line that names an item."""
    if isinstance(item, StoryItem):
        return brief(item.article)
    if isinstance(item, Article):
        return f"{item.id} {item.title}"
    return f"{item.reason}: {item.detail}" if isinstance(item, Failure) else type(item).__name__
