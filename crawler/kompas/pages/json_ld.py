"""The NewsArticle of a page's JSON-LD, out of the envelopes and arrangements in which scripts print it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from crawler.kompas.urls import article_id

_TYPE: Final = "NewsArticle"
_CDATA: Final = "<![CDATA["
_NESTED: Final = ("@graph", "mainEntity")
_DECODER: Final = json.JSONDecoder(strict=False)


def news_article_of(scripts: Iterable[str], stories: Iterable[str | None]) -> dict[str, Any]:
    """Return the NewsArticle that names one of these stories; else the first that names no story; else nothing.

    A NewsArticle that names another story describes a page that this one links to.

    :param stories: ids of the page.
    """
    found = [item for script in scripts for item in _objects(script) if _is_news_article(item)]
    own = set(stories)
    named = [(item, _stories_of(item)) for item in found]
    fitting = [item for item, ids in named if ids & own] or [item for item, ids in named if not ids]
    return fitting[0] if fitting else {}


def _objects(script: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a script, those in lists and graphs too, in their order."""
    waiting = [_parsed(script)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            waiting += [value[name] for name in reversed(_NESTED) if name in value]


def _parsed(script: str) -> Any:
    """Return the first JSON value of a script; None where there is none that can be read.

    A comment, CDATA, a byte order mark may stand before it, anything behind it.
    """
    text = script.replace(_CDATA, "", 1)
    starts = [start for sign in "{[" if (start := text.find(sign)) >= 0]
    try:
        return _DECODER.raw_decode(text, min(starts))[0] if starts else None
    except (ValueError, RecursionError):
        return None  # the site prints raw quotes in some years; other sources carry the same facts


def _is_news_article(item: dict[str, Any]) -> bool:
    """Return whether one of the item's types is NewsArticle, bare or as an address of schema.org."""
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(_TYPE) for kind in kinds)


def _stories_of(item: dict[str, Any]) -> set[str]:
    """Return the ids of the stories that an item says it is about."""
    page = item.get("mainEntityOfPage")
    stated = [item.get("url"), item.get("@id"), page]
    stated += [page.get("@id"), page.get("url")] if isinstance(page, dict) else []
    return {story for url in stated if isinstance(url, str) and (story := article_id(url))}
