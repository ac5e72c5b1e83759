"""Signs of a reading that no record has: the markup of the story, and text that the page does not count as its own.

`health` compares them with those of earlier runs.
"""

from collections.abc import Iterator
from typing import Final

from crawler.items import Article
from crawler.kompas.cleaning import Body
from crawler.kompas.pages.multipage import Story
from crawler.kompas.pages.whole_text import count_words, without_any

MARKUP: Final = "has/"
"""Beginning of a sign that names markup (`cleaning.names`)."""
_COUNTED: Final = ("dateline/", "byline/", "related/")
"""Rules whose text `content_total_words` counts: the editor wrote it."""
SURPLUS: Final = 2
"""Words that the text may have beyond the page's own count. None of 46 real single pages has any."""
DOUBLED: Final = 60
"""Letters at the end of a paragraph that must be those of another one; guides repeat shorter lines."""
_LONGER: Final = (5, 10, 20, 40)
"""Numbers of blocks, and of links in the text, that are separate signs."""


def signs_of(story: Story, article: Article) -> list[str]:
    """Return the signs of one story, each once."""
    bodies = story.bodies()
    names = dict.fromkeys(MARKUP + name for page in story.pages.values() for name in page.body.names)
    return [*names, *_of_text(story, article, bodies), *_counts(article, bodies)]


def unstated(story: Story, article: Article) -> list[str]:
    """Return the sentences of the record that the text which the page states for itself lacks."""
    stated = story.front.stated_text
    return [] if stated is None else without_any(stated, (block.text for block in article.body))


def _of_text(story: Story, article: Article, bodies: list[Body]) -> Iterator[str]:
    if article.unaccounted:
        yield "text/unaccounted"
    if unstated(story, article):
        yield "text/unstated"
    declared = story.declared_words
    if declared is not None and sum(map(_own_words, bodies)) > declared + SURPLUS:
        yield "text/surplus"
    ends = [block.text[-DOUBLED:] for block in article.body if len(block.text) >= DOUBLED]
    if len(set(ends)) < len(ends):
        yield "text/doubled"


def _own_words(body: Body) -> int:
    """Count the words of the story's own text as `content_total_words` does."""
    own = [removal.text for removal in body.removed if removal.rule.startswith(_COUNTED)]
    return sum(map(count_words, [*(block.text for block in body.blocks), *own]))


def _counts(article: Article, bodies: list[Body]) -> Iterator[str]:
    links = sum(body.links for body in bodies)
    if any(body.link_lines for body in bodies):
        yield "text/link_line"
    if any(body.link_list for body in bodies):
        yield "text/link_list"
    yield from (f"count/blocks x{number}" for number in _LONGER if len(article.body) >= number)
    yield from (f"count/links x{number}" for number in _LONGER if links >= number)
