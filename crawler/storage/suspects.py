"""The table `suspects`: stories that carry what no story had before, and captures held back from becoming revisions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Integer, and_, cast, delete, func, select, update

from crawler.items import WarcPlace
from crawler.storage.database import Database
from crawler.storage.statements import Upsert, offered
from crawler.storage.tables import articles, suspects, visits

_NEW: Final = offered(suspects)
_MARKED: Final = ("article_id", "what", "layout", "printed", "first_seen_at", "seen_at", "held")
_HELD: Final = Upsert(suspects, _MARKED, {"seen_at": _NEW.seen_at, "held": func.coalesce(_NEW.held, suspects.c.held)})
_SEEN: Final = Upsert(suspects, _MARKED, {"seen_at": _NEW.seen_at})


@dataclass(frozen=True)
class Suspect:
    """A mark: one story carries one thing that no story had before."""

    article_id: str
    what: str
    """See `suspects.what`."""
    layout: str
    printed: str
    seen_at: datetime
    held: list[WarcPlace] | None = None
    """Capture that was not stored as a revision, page by page."""


@dataclass(frozen=True)
class Doubt:
    """A thing that marks carry: how long it has been known, and whether a person accepted it."""

    layout: str
    what: str
    first_seen_at: datetime
    accepted: bool


@dataclass(frozen=True)
class Addition:
    """A thing that several stories carry."""

    layout: str
    what: str
    printed: str
    stories: int
    url: str
    """Address of one of them."""


@dataclass(frozen=True)
class HeldCapture:
    """A capture that was held back."""

    article_id: str
    url: str
    places: list[WarcPlace]
    """Of its pages."""
    doubted: set[str]
    """Why it was held back (see `suspects.what`), without what a person accepted."""


@dataclass(frozen=True)
class RecentText:
    """The latest text of a story that was visited lately."""

    article_id: str
    layout: str
    text: str
    tags: list[str]
    kind: str


class Suspects:
    """The marks of a store. Every method raises `UnusableStore` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, marks: Iterable[Suspect]) -> None:
        """Store marks; one that is there keeps the time when it was first seen, and whether it was accepted."""
        rows = [{**asdict(one), "first_seen_at": one.seen_at} for one in marks]
        if not rows:
            return
        with self._database.writing() as connection:
            for row in rows:
                (_HELD if row["held"] else _SEEN)(connection, [row])

    def doubts(self) -> list[Doubt]:
        """Return each thing that marks carry, once a layout."""
        accepted = func.max(cast(suspects.c.accepted, Integer))
        query = select(suspects.c.layout, suspects.c.what, func.min(suspects.c.first_seen_at), accepted)
        query = query.group_by(suspects.c.layout, suspects.c.what).order_by(suspects.c.layout, suspects.c.what)
        with self._database.reading() as connection:
            return [Doubt(layout, what, first, bool(yes)) for layout, what, first, yes in connection.execute(query)]

    def additions(self, since: datetime, run_began: datetime, least: int) -> list[Addition]:
        """Return what at least so many stories carry, the commonest first.

        :param since: only marks seen then or later count.
        :param run_began: one of them must be seen then or later.
        """
        number, last = func.count(), func.max(suspects.c.seen_at)
        query = (
            select(suspects.c.layout, suspects.c.what, func.min(suspects.c.printed), number, func.max(articles.c.url))
            .outerjoin(articles, and_(articles.c.id == suspects.c.article_id, articles.c.revision == 1))
            .where(suspects.c.seen_at >= since, suspects.c.accepted.is_(False))
            .group_by(suspects.c.layout, suspects.c.what)
            .having(last >= run_began, number >= least)
            .order_by(number.desc(), suspects.c.layout, suspects.c.what)
        )
        with self._database.reading() as connection:
            return [
                Addition(layout, what, printed, stories, url or "")
                for layout, what, printed, stories, url in connection.execute(query)
            ]

    def by_story(self) -> dict[str, set[str]]:
        """Return story -> what its stored text is marked with, without what a person accepted."""
        stored = suspects.c.accepted.is_(False), suspects.c.held.is_(None)
        query = select(suspects.c.article_id, suspects.c.what).where(*stored)
        found: dict[str, set[str]] = {}
        with self._database.reading() as connection:
            for story, what in connection.execute(query):
                found.setdefault(story, set()).add(what)
        return found

    def held(self) -> list[HeldCapture]:
        """Return the newest capture of each story that was held back, by story."""
        url = select(articles.c.url).where(articles.c.id == suspects.c.article_id).limit(1).scalar_subquery()
        query = select(suspects.c.article_id, suspects.c.what, suspects.c.accepted, suspects.c.held, url.label("url"))
        query = query.where(suspects.c.held.is_not(None)).order_by(suspects.c.article_id, suspects.c.seen_at)
        found: dict[str, HeldCapture] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query):
                earlier = found[row.article_id].doubted if row.article_id in found else set()
                doubted = earlier if row.accepted else {*earlier, row.what}
                places = [WarcPlace(**place) for place in row.held]
                found[row.article_id] = HeldCapture(row.article_id, row.url or "", places, doubted)
        return list(found.values())

    def clear(self, marks: Mapping[str, Collection[str]]) -> None:
        """Take marks away.

        :param marks: story -> what it is no longer marked with.
        """
        with self._database.writing() as connection:
            for story, whats in marks.items():
                key = suspects.c.article_id == story, suspects.c.what.in_(list(whats))
                connection.execute(delete(suspects).where(*key))

    def release(self, story: str) -> None:
        """Forget what was held back of a story; what a person accepted stays known."""
        held = suspects.c.article_id == story, suspects.c.held.is_not(None)
        with self._database.writing() as connection:
            connection.execute(delete(suspects).where(*held, suspects.c.accepted.is_(False)))
            connection.execute(update(suspects).where(*held).values(held=None))

    def accept(self) -> int:
        """Accept what all marks carry: it is the stories' own, and no alarm again. Return the number of marks."""
        with self._database.writing() as connection:
            done = connection.execute(update(suspects).where(suspects.c.accepted.is_(False)).values(accepted=True))
        return done.rowcount

    def recent_texts(self, count: int) -> list[RecentText]:
        """Return the latest texts of the stories that were visited last, oldest visit first."""
        newest = select(visits.c.article_id).order_by(visits.c.visited_at.desc(), visits.c.article_id).limit(count)
        query = select(articles).where(articles.c.id.in_(newest))
        columns = (articles.c.id, articles.c.layout, articles.c.text, articles.c.tags, articles.c.kind)
        query = query.with_only_columns(*columns, articles.c.fetched_at, articles.c.revision)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(articles.c.fetched_at, articles.c.id, articles.c.revision)).all()
        return [RecentText(*row[:5]) for row in {row.id: row for row in rows}.values()]
