"""The rules of the data format that a finished record must keep. A record that breaks one is never stored."""

from typing import Final

from crawler.clock import latest_believed
from crawler.errors import InvalidRecord
from crawler.items import Article
from crawler.kompas.urls import article_id, canonical

BLOCK_TYPES: Final = frozenset(("paragraph", "heading", "quote", "list_item", "table_row"))


def validate(article: Article) -> None:
    """Raise an error for a record that breaks a rule; it names every broken rule.

    :raises InvalidRecord: a rule is broken.
    """
    wrong = broken_rules(article)
    if wrong:
        raise InvalidRecord("; ".join(f"{field} {fault}" for field, fault in wrong.items()))


def broken_rules(article: Article) -> dict[str, str]:
    """Return field -> what is wrong with it; empty for a good record."""
    times = {"published_at": article.published_at, "fetched_at": article.fetched_at, "modified_at": article.modified_at}
    wrong = {name: "has no zone" for name, time in times.items() if time is not None and time.tzinfo is None}
    if not wrong and article.published_at > latest_believed():  # the clock of an archive may be wrong, ours is not
        wrong["published_at"] = f"{article.published_at} is in the future"
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
    if article.complete != (article.incomplete_because is None):
        wrong["incomplete_because"] = "contradicts `complete`"
    if not article.content_hash.startswith("sha256:"):
        wrong["content_hash"] = "is missing"
    return wrong
