"""One story out of the pages the site divides it into."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from crawler import bounds
from crawler.errors import TooLarge
from crawler.items import Block
from crawler.kompas.cleaning import Body
from crawler.kompas.cleaning.rules import BOXES
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.pages.locks import is_locked
from crawler.kompas.pages.whole_text import count_words, missing_parts
from crawler.kompas.text.whitespace import collapse
from crawler.kompas.urls import ALL_PAGES

MISSING_WORDS: Final = 5
"""Words of the text that the page states which may be missing from a whole story.

None is missing on 30 single-page stories of 2022 to 2024. One damaged character parts a few words from their text.
"""

SHORTFALL: Final = (10, 0.02)
"""Words, and share of the declared count, by which together a whole story may fall short of `content_total_words`.

Of 24 single-page stories of 2020 and 2021 the longest (1,017 words) falls short by 10, all others by 6 at most. The
site counts names of entities (`nbsp`), which a parser does not see.
"""

_FURNITURE: Final = tuple(f"box/{rule.name}" for rule in BOXES if rule.name != "verdict")
"""Rules whose text is not the story's. What a rule hides from readers must not make a cut story whole."""
_PHOTOS: Final = "photo/"
"""Rules whose text `content_total_words` does not count."""


class Incomplete(StrEnum):
    """Why a story is not whole: `items.Article.incomplete_because`."""

    LOCKED = "locked"
    PAGES_MISSING = "pages_missing"
    CUT_SHORT = "cut_short"


@dataclass
class Story:
    """The pages of one story that have been read, by page number."""

    pages: dict[int, ArticlePage] = field(default_factory=dict)
    unavailable: set[int] = field(default_factory=set)
    """Pages that were requested in vain."""

    def add(self, page: ArticlePage, asked: int) -> None:
        """Add a page under the number of the address that answered; the first page of a number stays.

        :param asked: number that was requested; the site may redirect the request to another page.
        :raises MissingBody: the page has no body element.
        :raises TooLarge: the pages together have more than `bounds.STORY_BYTES`.
        """
        weight = sum(each.document.weight for each in (page, *self.pages.values()))
        if weight > bounds.STORY_BYTES and self.pages:
            raise TooLarge(f"{page.document.url} and the pages before it are larger than any story")
        _ = page.body  # a page without a body is refused before it counts as read
        self.pages.setdefault(page.number, page)
        if page.number != asked:
            self.unavailable.add(asked)

    @property
    def front(self) -> ArticlePage:
        """The page whose head states the facts of the story: the whole, else the lowest number."""
        return self.pages[min(self.pages)]

    @property
    def page_count(self) -> int:
        """Number of pages by the paging blocks; 1 without any."""
        return max(page.last_page for page in self.pages.values())

    @property
    def declared_words(self) -> int | None:
        """The site's own word count of the whole story."""
        return self.front.declared_words

    def next_page(self) -> int | None:
        """Return the number of the page to request next; None when the story is whole or no more can be fetched."""
        if self.page_count == 1 or self._whole_is_enough():
            return None
        wanted = (n for n in range(1, self.page_count + 1) if n not in self.pages and n not in self.unavailable)
        number = next(wanted, None)
        if number == 1 and ALL_PAGES in self.pages:  # `?page=all` answered with page 1 or more: request the rest
            number = next(wanted, None)
        return number

    @property
    def incomplete_because(self) -> Incomplete | None:
        """Why the story is not whole (see `items.Article.complete`); None for a whole one."""
        says_all = self._says_all(self.bodies())
        if is_locked(self.front.document, says_all):
            return Incomplete.LOCKED
        have = set(self.pages)
        if ALL_PAGES in have:
            have.add(1)
        if not set(range(1, self.page_count + 1)) <= have and not self._whole_is_enough():
            return Incomplete.PAGES_MISSING
        return Incomplete.CUT_SHORT if says_all is False else None

    @property
    def complete(self) -> bool:
        """Whether all pages were read, or the whole on one, and no text is missing."""
        return self.incomplete_because is None

    def bodies(self) -> list[Body]:
        """Return the pages' bodies in order, without what a page repeats of those before it."""
        return join_pages([self.pages[number].body for number in sorted(self.pages)])

    def _whole_is_enough(self) -> bool:
        """Whether `?page=all` was answered with the whole story, not with page 1."""
        whole = self.pages.get(ALL_PAGES)
        return whole is not None and self._says_all([whole.body]) is True

    def _says_all(self, bodies: list[Body]) -> bool | None:
        """Whether these bodies hold the text that the page states, else the words that it declares.

        None where the page tells neither.
        """
        declared = self.declared_words
        stated = self.front.stated_text
        if stated is not None:
            parts = missing_parts(stated, (text for body in bodies for text in _texts(body, *_FURNITURE)))
            return sum(map(count_words, parts)) <= MISSING_WORDS
        if declared is None:
            return None
        words, share = SHORTFALL
        return declared - sum(map(counted_words, bodies)) <= words + share * declared


def counted_words(body: Body) -> int:
    """Count words as `content_total_words` does: with dateline, credit lines, "Baca juga" titles, without captions."""
    return sum(map(count_words, _texts(body, *_FURNITURE, _PHOTOS)))


def _texts(body: Body, *but: str) -> list[str]:
    """Return the texts of a body, and those removed from it by other rules than these."""
    removed = [removal.text for removal in body.removed if not removal.rule.startswith(but)]
    return [block.text for block in body.blocks] + removed


def join_pages(bodies: list[Body]) -> list[Body]:
    """Remove from every body what earlier ones already say.

    A page beyond the last repeats the story from its start, `?page=all` may hold what the numbered pages hold,
    and a page may open with the last paragraph of the one before. A paragraph that a single page says twice stays.
    """
    if len(bodies) == 1:
        return bodies
    joined: list[Body] = []
    said: list[str] = []
    for body in bodies:
        fresh = _fresh_blocks(body.blocks, said)
        said += [collapse(block.text) for block in fresh]
        joined.append(_with_blocks(body, fresh, joined))
    return joined


def _fresh_blocks(blocks: list[Block], said: list[str]) -> list[Block]:
    texts = [collapse(block.text) for block in blocks]
    if not texts or not said:
        return blocks
    if set(texts) <= set(said):
        return []
    return blocks[_overlap(said, texts) :]


def _overlap(said: list[str], texts: list[str]) -> int:
    """Return how many texts at the end of `said` are those at the beginning of `texts`, in linear time.

    The length of the longest border of both, as Knuth, Morris and Pratt compute it.
    """
    row: list[str | None] = [*texts, None, *said[-len(texts) :]]
    borders = [0] * len(row)
    for at in range(1, len(row)):
        length = borders[at - 1]
        while length and row[at] != row[length]:
            length = borders[length - 1]
        borders[at] = length + (row[at] == row[length])
    return borders[-1]


def _with_blocks(body: Body, blocks: list[Block], before: list[Body]) -> Body:
    """Return the body with these blocks, and with what else it has that no earlier page has."""
    images = {image.url for earlier in before for image in earlier.images}
    embeds = {embed.url for earlier in before for embed in earlier.embeds}
    related = {link.url for earlier in before for link in earlier.related}
    removed = {removal for earlier in before for removal in earlier.removed}
    return replace(
        body,
        blocks=blocks,
        images=[image for image in body.images if image.url not in images],
        embeds=[embed for embed in body.embeds if embed.url not in embeds],
        removed=[removal for removal in body.removed if removal not in removed],
        related=[link for link in body.related if link.url not in related],
    )
