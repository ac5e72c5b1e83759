"""One story out of the pages the site divides it into."""

from dataclasses import dataclass, field, replace
from typing import Final

from crawler.items import Block
from crawler.kompas.cleaning import Body
from crawler.kompas.pages.article import ArticlePage
from crawler.kompas.text.numbers import whole_number
from crawler.kompas.text.whitespace import collapse
from crawler.kompas.urls import ALL_PAGES

ENOUGH_WORDS: Final = 20
"""Words by which `?page=all` may fall short of `content_total_words` and still count as the whole story.

Of 46 single-page stories of October 2020 all but one lie within 18 words, once the dateline, captions and "Baca juga"
titles that the site counts are counted too. A story that falls shorter costs only the requests for its pages.
"""

SHORTFALL: Final = (40, 0.15)
"""Words, and share of the declared count, by which a story whose known pages were all read may fall short of it."""


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
        """
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
        return whole_number(self.front.document.meta("content_total_words") or "") or None

    def next_page(self) -> int | None:
        """Return the number of the page to request next; None when the story is whole or no more can be had."""
        if self.page_count == 1 or self._whole_is_enough():
            return None
        wanted = (n for n in range(1, self.page_count + 1) if n not in self.pages and n not in self.unavailable)
        number = next(wanted, None)
        if number == 1 and ALL_PAGES in self.pages:  # `?page=all` answered with page 1 or more: request the rest
            number = next(wanted, None)
        return number

    @property
    def complete(self) -> bool:
        """Whether no part of what the site shows is known to be missing."""
        have = set(self.pages)
        if ALL_PAGES in have:
            have.add(1)
        all_read = ALL_PAGES in self.pages and self._whole_is_enough()
        if not all_read and not set(range(1, self.page_count + 1)) <= have:
            return False
        words, share = SHORTFALL
        return self._missing_words(self.bodies()) <= max(words, share * (self.declared_words or 0))

    def bodies(self) -> list[Body]:
        """Return the pages' bodies in order, without what a page repeats of those before it."""
        return join_pages([self.pages[number].body for number in sorted(self.pages)])

    def _whole_is_enough(self) -> bool:
        """Whether `?page=all` gave more than page 1: its words reach the declared count."""
        whole = self.pages.get(ALL_PAGES)
        return (
            whole is not None and self.declared_words is not None and self._missing_words([whole.body]) <= ENOUGH_WORDS
        )

    def _missing_words(self, bodies: list[Body]) -> int:
        """Return how many declared words these bodies do not hold; 0 where no count is declared."""
        declared = self.declared_words
        return 0 if declared is None else declared - sum(map(counted_words, bodies))


def counted_words(body: Body) -> int:
    """Count words as the site does: with dateline, inline captions and "Baca juga" titles."""
    texts = [block.text for block in body.blocks]
    texts += [f"Baca juga: {link.title}" for link in body.related]
    texts += [image.caption or "" for image in body.images]
    texts.append(body.dateline_text or "")
    return sum(len(text.split()) for text in texts)


def join_pages(bodies: list[Body]) -> list[Body]:
    """Remove from every body what earlier ones already say.

    A page beyond the last repeats the story from its start, `?page=all` may hold what the numbered pages hold,
    and a page may open with the last paragraph of the one before. A paragraph that a single page says twice stays.
    """
    joined: list[Body] = []
    said: list[str] = []
    for body in bodies:
        fresh = _fresh_blocks(body.blocks, said)
        said += [collapse(block.text) for block in fresh]
        joined.append(_with_blocks(body, fresh, joined))
    return joined


def _fresh_blocks(blocks: list[Block], said: list[str]) -> list[Block]:
    texts = [collapse(block.text) for block in blocks]
    if set(texts) <= set(said):
        return []
    for overlap in range(min(len(said), len(texts)), 0, -1):
        if said[-overlap:] == texts[:overlap]:
            return blocks[overlap:]
    return blocks


def _with_blocks(body: Body, blocks: list[Block], before: list[Body]) -> Body:
    """Return the body with these blocks, and with only those links and pictures that no earlier page has."""
    images = {image.url for earlier in before for image in earlier.images}
    embeds = {embed.url for earlier in before for embed in earlier.embeds}
    related = {link.url for earlier in before for link in earlier.related}
    return replace(
        body,
        blocks=blocks,
        images=[image for image in body.images if image.url not in images],
        embeds=[embed for embed in body.embeds if embed.url not in embeds],
        related=[link for link in body.related if link.url not in related],
    )
