"""The ledger: which stories the index lists, day by day, which are linked elsewhere, and which are excluded.

The state of a story is not a column. It follows from the other tables (`stories.state_of`), so it cannot contradict
them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, func, literal, or_, select, union_all

from crawler.clock import believed
from crawler.ledger_facts import Exclusion, Fact, IndexDay, IndexPage, Links, Visit
from crawler.storage.database import Database
from crawler.storage.ledger_writes import (
    ASK,
    ASK_BESIDE,
    CLEAR_LIST,
    CLEAR_STORY,
    EXCLUDE,
    LIST,
    READ_DAY,
    SIGHT,
    VISIT,
    WALK_DAY,
)
from crawler.storage.tables import articles, exclusions, failures, index_days, listed, sightings, visits


@dataclass(frozen=True)
class Pending:
    """A listed or followed story that is neither stored nor failed nor excluded."""

    url: str
    via: str
    from_url: str
    depth: int
    """See `ledger_facts.Links.depth`; 0 for a story that the index lists."""


class Ledger:
    """The tables of the ledger, written in one transaction per fact.

    Every method raises `UnusableStore` when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, fact: Fact) -> None:
        """Store a fact of any kind."""
        match fact:
            case IndexPage():
                self.save_page(fact)
            case Links():
                self.save_list(fact)
            case Exclusion():
                self.save_exclusion(fact)
            case Visit():
                self.save_visit(fact)

    def ask_day(self, index_day: IndexDay, now: datetime, sites: Iterable[str] = ()) -> None:
        """Mark a day as requested.

        :param sites: all kanals that list the day. It counts as read to its end only when all of them are.
        """
        day = index_day.day.isoformat()
        others = [{"site": site, "day": day, "asked_at": now} for site in sites]
        with self._database.writing() as connection:
            ASK_BESIDE(connection, others)
            ASK(connection, [{"site": index_day.site, "day": day, "asked_at": now}])

    def headline(self, article_id: str) -> str | None:
        """Return the headline that an index day printed for a story last; None where none listed it."""
        query = select(listed.c.title).where(listed.c.article_id == article_id).order_by(listed.c.last_seen_at.desc())
        with self._database.reading() as connection:
            return connection.execute(query.limit(1)).scalar()

    def save_page(self, page: IndexPage) -> None:
        """Store a page of an index day with its entries; the last one marks the day as read and clears its failures."""
        site, day = page.index_day.site, page.index_day.day.isoformat()
        row = {"site": site, "day": day, "asked_at": page.read_at, "read_at": page.read_at}
        row |= {"pages": page.pages, "pages_read": page.page}
        with self._database.writing() as connection:
            if page.ends_day:
                WALK_DAY(connection, [{**row, "walked_at": page.read_at}])
            else:
                READ_DAY(connection, [row])
            LIST(connection, _listed_rows(page))
            if page.ends_day:
                own = or_(
                    failures.c.url == page.index_day.url, failures.c.url.startswith(f"{page.index_day.url}&page=")
                )
                connection.execute(delete(failures).where(own))

    def save_links(self, links: Links) -> None:
        """Store to which stories the page of a story links; of several pages, the newest is kept."""
        with self._database.writing() as connection:
            SIGHT(connection, _sighted_rows(links))

    def save_list(self, links: Links) -> None:
        """Store to which stories a page links that is no story itself, and clear its failure."""
        with self._database.writing() as connection:
            SIGHT(connection, _sighted_rows(links))
            CLEAR_LIST(connection, [{"page": links.from_url}])

    def save_exclusion(self, exclusion: Exclusion) -> None:
        """Store that a story belongs to another kanal, and clear its failures."""
        row = {
            "article_id": exclusion.article_id,
            "url": exclusion.url,
            "reason": exclusion.reason,
            "detail": exclusion.detail,
            "excluded_at": exclusion.excluded_at,
        }
        with self._database.writing() as connection:
            EXCLUDE(connection, [row])
            CLEAR_STORY(connection, [{"story": exclusion.article_id}])

    def save_visit(self, visit: Visit) -> None:
        """Store when a stored story was fetched last."""
        row = {
            "article_id": visit.article_id,
            "visited_at": visit.visited_at,
            "url": visit.url,
            "etag": visit.etag,
            "last_modified": visit.last_modified,
        }
        with self._database.writing() as connection:
            VISIT(connection, [row])

    def walked_at(self, index_day: IndexDay) -> datetime | None:
        """Return when a day was last read to its end; None if it never was, or if that time is still to come."""
        query = select(index_days.c.walked_at).where(
            index_days.c.site == index_day.site, index_days.c.day == index_day.day.isoformat()
        )
        with self._database.reading() as connection:
            return believed(connection.execute(query).scalar())

    def lists_nothing(self, day: date, sites: Sequence[str]) -> bool:
        """Return whether the lists of a day under these names were read to their end, and list no wanted story."""
        own = index_days.c.day == day.isoformat(), index_days.c.site.in_(sites), index_days.c.walked_at.is_not(None)
        wanted = listed.c.day == day.isoformat(), listed.c.site.in_(sites), listed.c.excluded.is_(None)
        with self._database.reading() as connection:
            walked = connection.execute(select(func.count()).select_from(index_days).where(*own)).scalar_one()
            return walked == len(sites) and not connection.execute(select(exists().where(*wanted))).scalar()

    def walked_since(self, since: datetime) -> list[date]:
        """Return the days that were read to their end since a time."""
        query = select(index_days.c.day).distinct().where(index_days.c.walked_at >= since)
        with self._database.reading() as connection:
            return [date.fromisoformat(day) for day in connection.execute(query).scalars()]

    def first_day(self, since: date) -> date | None:
        """Return the earliest day from `since` on that was requested."""
        query = select(func.min(index_days.c.day)).where(index_days.c.day >= since.isoformat())
        with self._database.reading() as connection:
            day = connection.execute(query).scalar()
        return None if day is None else date.fromisoformat(day)

    def pending(self, since: datetime) -> list[Pending]:
        """Return the stories listed or followed since a time that are neither stored nor excluded nor failed since.

        A stored story is among them when the index has shown a new headline since its last fetch, or when it lacks
        pages and was last fetched before that time.
        """
        found = ("article_id", "url", "from_url", "last_seen_at")
        from_index = select(
            *(listed.c[name] for name in found), literal("index").label("via"), literal(0).label("depth")
        ).where(listed.c.last_seen_at >= since, listed.c.article_id.is_not(None), listed.c.excluded.is_(None))
        from_links = select(*(sightings.c[name] for name in (*found, "via", "depth"))).where(
            sightings.c.followed_at >= since
        )
        wanted = union_all(from_index, from_links).subquery()
        own_visit = visits.c.article_id == wanted.c.article_id
        looked_at = exists().where(own_visit, visits.c.visited_at >= since)
        retitled = exists().where(
            own_visit, listed.c.article_id == wanted.c.article_id, listed.c.retitled_at > visits.c.visited_at
        )
        stored = exists().where(articles.c.id == wanted.c.article_id, or_(articles.c.complete, looked_at))
        done = or_(
            stored & ~retitled,
            exists().where(exclusions.c.article_id == wanted.c.article_id),
            exists().where(
                failures.c.article_id == wanted.c.article_id, or_(failures.c.failed_at >= since, failures.c.gone)
            ),
        )
        query = select(wanted).where(~done).order_by(wanted.c.depth, wanted.c.last_seen_at)
        stories: dict[str, Pending] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query):
                stories.setdefault(row.article_id, Pending(row.url, row.via, row.from_url, row.depth))
        return list(stories.values())

    def listed_counts(self, days: list[date]) -> dict[date, int]:
        """Return how many wanted stories the index lists, for each of some days."""
        query = (
            select(listed.c.day, func.count(listed.c.article_id.distinct()))
            .where(listed.c.day.in_([day.isoformat() for day in days]), listed.c.excluded.is_(None))
            .group_by(listed.c.day)
        )
        with self._database.reading() as connection:
            return {date.fromisoformat(day): count for day, count in connection.execute(query)}


def _listed_rows(page: IndexPage) -> list[dict[str, Any]]:
    """Return the rows of the table `listed` for a page."""
    return [
        {
            "site": page.index_day.site,
            "day": page.index_day.day.isoformat(),
            "entry": entry.article_id or entry.url,
            "article_id": entry.article_id,
            "url": entry.url,
            "title": entry.title or "",
            "section": entry.section,
            "position": page.position + number,
            "from_url": page.url,
            "excluded": entry.excluded,
            "first_seen_at": page.read_at,
            "last_seen_at": page.read_at,
            "retitled_at": None,
        }
        for number, entry in enumerate(page.entries, start=1)
    ]


def _sighted_rows(links: Links) -> list[dict[str, Any]]:
    """Return the rows of the table `sightings` for a page."""
    return [
        {
            "article_id": entry.article_id,
            "via": via,
            "url": entry.url,
            "title": entry.title,
            "section": entry.section,
            "from_url": links.from_url,
            "first_seen_at": links.read_at,
            "last_seen_at": links.read_at,
            "times": 1,
            "followed_at": links.read_at if via in links.followed else None,
            "depth": links.depth if via in links.followed else None,
        }
        for via, entries in links.boxes.items()
        for entry in entries
    ]
