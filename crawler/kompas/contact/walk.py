"""The walk of a first contact: which addresses are requested, in which order, and what each answer is held against."""

from collections.abc import Generator
from datetime import date, timedelta
from typing import Final

from crawler.errors import FailureReason
from crawler.kompas.contact.answers import Answer, Unanswered
from crawler.kompas.contact.article_checks import CheckedStory, check_article, check_pages
from crawler.kompas.contact.assumptions import ACCESS, INDEX, LAYOUT, PAGING, ROBOTS, SITEMAP, STATED, WHOLE
from crawler.kompas.contact.findings import Finding, Notes
from crawler.kompas.contact.listing_checks import (
    check_index,
    check_paging,
    check_robots,
    check_sitemap,
    check_stories,
)
from crawler.kompas.pages.refusals import blocked_by
from crawler.kompas.response import SiteResponse
from crawler.kompas.sections import index_sites
from crawler.kompas.urls import ALL_PAGES, index_url, page_url

ROBOTS_URL: Final = "https://www.kompas.com/robots.txt"
PAST_DAYS: Final = (date(2024, 5, 21), date(2021, 4, 22), date(2019, 6, 12))
"""A day of each generation of the index: of 2024, the project's first, and one from before the kanal moved."""
MOST_PAGES_COMPARED: Final = 3
"""Pages of a divided story that are requested to compare them with its `?page=all`."""

Walk = Generator[str, Answer, None]


class Contact:
    """One walk. `walk` yields addresses and takes their answers; `findings` may be read at any time."""

    def __init__(self, today: date) -> None:
        self.days = (today - timedelta(days=1), *PAST_DAYS)
        self.stopped: str | None = None
        """Why the walk ended early: the site refuses, or cannot be reached."""
        self.answers: list[Answer] = []
        self._notes = Notes()
        self._notes.nothing(PAGING, "no day had a second page")
        self._notes.nothing(WHOLE, f"no story had 2 to {MOST_PAGES_COMPARED} pages")
        self._notes.nothing(STATED, "no story came in the markup since 2022")

    def findings(self) -> list[Finding]:
        """Return what is known of each assumption."""
        return self._notes.findings(self.stopped)

    def walk(self) -> Walk:
        """Yield each address to request, and take its answer."""
        robots = yield from self._ask(ROBOTS_URL, ROBOTS)
        if robots is None and not self._notes.is_checked(ROBOTS):
            self.stopped = self.stopped or "robots.txt cannot be read, so that nothing else is requested"
        sitemap = check_robots(robots, self._notes) if robots else None
        if sitemap:
            answer = yield from self._ask(sitemap, SITEMAP)
            if answer:
                check_sitemap(answer, self._notes)
        for day in self.days:
            if self.stopped:
                return
            yield from self._check_day(day)

    def _check_day(self, day: date) -> Walk:
        """Read page 1 of an index day, page 2 of one day, and a story."""
        empty = []
        for site in index_sites(day):
            response = yield from self._ask(index_url(site, day), INDEX)
            page = check_index(response, site, day, self._notes) if response else None
            if page is None:
                return
            stories = check_stories(page, site, day, self._notes)
            if stories:
                if not self._notes.is_checked(PAGING) and (page.last_page > 1 or page.may_go_on):
                    answer = yield from self._ask(index_url(site, day, 2), PAGING)
                    second = check_index(answer, site, day, self._notes) if answer else None
                    if second:
                        check_paging(page, second, day, self._notes)
                yield from self._check_story(stories[0])
                return
            empty.append(site)
        self._notes.judge(INDEX, False, f"{day}: nothing is listed under site={' or site='.join(empty)}")

    def _check_story(self, url: str) -> Walk:
        """Read a story from its `?page=all`, and one divided story from its pages too."""
        response = yield from self._ask(page_url(url, ALL_PAGES), LAYOUT)
        story = check_article(response, self._notes) if response else None
        if story and 1 < story.read.article.pages <= MOST_PAGES_COMPARED and not self._notes.is_checked(WHOLE):
            yield from self._compare_pages(story)

    def _compare_pages(self, story: CheckedStory) -> Walk:
        pages = []
        for number in range(1, story.read.article.pages + 1):
            answer = yield from self._ask(page_url(story.read.article.url, number), WHOLE)
            if answer is None:
                return
            pages.append(answer)
        check_pages(story, pages, self._notes)

    def _ask(self, url: str, assumption: str) -> Generator[str, Answer, SiteResponse | None]:
        """Request an address and return its response; None for no usable response, of which the cause is noted."""
        if self.stopped:
            return None
        answer = yield url
        self.answers.append(answer)
        refusal = _refusal_in(answer)
        if refusal:
            self.stopped = "the site refuses to be read; nothing more was requested"
            self._notes.judge(ACCESS, False, refusal)
            return None
        if isinstance(answer, SiteResponse):
            if not self._notes.is_checked(ACCESS):
                self._notes.judge(ACCESS, True, f"{url} answered {answer.status}")
            return answer
        self._note_unanswered(answer, assumption)
        return None

    def _note_unanswered(self, answer: Unanswered, assumption: str) -> None:
        if answer.reason == FailureReason.ROBOTS_TXT:
            self._notes.judge(ROBOTS, False, str(answer))
        elif answer.is_missing_page:
            self._notes.judge(assumption, False, str(answer))
        else:
            self._notes.unanswered(assumption, str(answer))
        if answer.reason in (FailureReason.CONNECTION_FAILED, FailureReason.TIMEOUT):
            self.stopped = "the site cannot be reached; nothing more was requested"


def _refusal_in(answer: Answer) -> str | None:
    """Return how the site refuses in an answer; None where it does not."""
    if isinstance(answer, Unanswered):
        return str(answer) if answer.is_refusal else None
    return blocked_by(answer.url, answer.status, answer.body, answer.headers)
