"""The runs of the crawl, each with its verdict and the robots.txt that it read."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, insert, select, update

from crawler.clock import believed
from crawler.errors import FinishReason
from crawler.storage.database import Database
from crawler.storage.statements import Upsert
from crawler.storage.tables import robots, robots_texts, runs

KILLED: Final = "killed"
"""Finish reason of a run that ended without storing its verdict."""
COMPLETE: Final = FinishReason.FINISHED.value
"""Finish reason of a run that did all of its job; after any other, the next run of the job continues it."""

_KEEP_TEXT: Final = Upsert(robots_texts)
_KEEP_ROBOTS: Final = Upsert(robots)


@dataclass(frozen=True)
class Beginning:
    """A run, when it begins."""

    job: str
    """Its arguments: runs of the same job continue each other until one of them is complete."""
    started_at: datetime
    host: str
    pid: int
    version: str
    parser_version: str
    settings: dict[str, Any] | None = None
    """Settings that decide what is requested and how often; none of them names a person, a place or a path."""


@dataclass(frozen=True)
class End:
    """A run, when it ends."""

    ended_at: datetime
    finish_reason: str
    healthy: bool
    summary: str
    reasons: list[str] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)
    readings: dict[str, Any] = field(default_factory=dict)


class Runs:
    """The tables `runs` and `robots`. Every method raises `UnusableStore` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, beginning: Beginning) -> tuple[int, datetime]:
        """Store a new run, and return its number and the time when its job began.

        Needs the run lock: any other run without an end is then known to be dead.
        """
        with self._database.writing() as connection:
            dead = update(runs).where(runs.c.finish_reason.is_(None))
            connection.execute(dead.values(finish_reason=KILLED, healthy=False))
            last = select(runs).where(runs.c.job == beginning.job).order_by(runs.c.id.desc()).limit(1)
            earlier = connection.execute(last).first()
            began = believed(earlier.job_started_at) if earlier and earlier.finish_reason != COMPLETE else None
            job_started_at: datetime = began or beginning.started_at
            row = {**asdict(beginning), "job_started_at": job_started_at}
            key = connection.execute(insert(runs).values(row)).inserted_primary_key
        assert key is not None, "the table numbers its rows"
        return key[0], job_started_at

    def get(self, run_id: int) -> dict[str, Any] | None:
        """Return the row of a run."""
        with self._database.reading() as connection:
            row = connection.execute(select(runs).where(runs.c.id == run_id)).mappings().first()
        return dict(row) if row else None

    def parser_before(self, run_id: int) -> str | None:
        """Return the parser version of the previous run; None for the first run."""
        query = select(runs.c.parser_version).where(runs.c.id < run_id).order_by(runs.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def began_after(self, moment: datetime) -> datetime | None:
        """Return the latest beginning of a run after a time; None if there is none."""
        query = select(func.max(runs.c.started_at)).where(runs.c.started_at > moment)
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def end(self, run_id: int, end: End) -> None:
        """Store the end of a run, with its verdict."""
        with self._database.writing() as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(asdict(end)))

    def newest_first(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of all runs."""
        with self._database.reading() as connection:
            for row in connection.execute(select(runs).order_by(runs.c.id.desc())).mappings():
                yield dict(row)

    def began(self, count: int) -> datetime | None:
        """Return when the oldest of the newest runs began; None while there is no run."""
        query = select(runs.c.started_at).order_by(runs.c.id.desc()).limit(count)
        with self._database.reading() as connection:
            return min(connection.execute(query).scalars(), default=None)

    def readings_before(self, run_id: int, count: int) -> list[dict[str, Any]]:
        """Return the readings of the newest runs before this one that were not killed."""
        query = (
            select(runs.c.readings)
            .where(runs.c.id < run_id, runs.c.readings.is_not(None), runs.c.finish_reason != KILLED)
            .order_by(runs.c.id.desc())
            .limit(count)
        )
        with self._database.reading() as connection:
            return [readings for readings in connection.execute(query).scalars() if readings]

    def at_work(self) -> dict[str, Any] | None:
        """Return the newest run without an end; it is at work only while the run lock is held."""
        query = select(runs).where(runs.c.finish_reason.is_(None)).order_by(runs.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        return dict(row) if row else None

    def robots(self) -> list[dict[str, Any]]:
        """Return each version of each host's robots.txt, by its hash, with the first and last time it was seen."""
        first, last = func.min(robots.c.fetched_at).label("first"), func.max(robots.c.fetched_at).label("last")
        query = select(robots.c.host, robots.c.status, robots.c.sha256, first, last)
        query = query.group_by(robots.c.host, robots.c.status, robots.c.sha256).order_by(robots.c.host, first)
        with self._database.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def robots_of(self, run_id: int) -> list[tuple[str, str]]:
        """Return host and text of each robots.txt that a run read."""
        query = select(robots.c.host, robots_texts.c.text).join(robots_texts, robots_texts.c.sha256 == robots.c.sha256)
        with self._database.reading() as connection:
            rows = connection.execute(query.where(robots.c.run_id == run_id).order_by(robots.c.host))
            return [(row.host, row.text) for row in rows]

    def robots_texts(self) -> Iterator[tuple[str, datetime, str]]:
        """Yield host, last time and text of each version of each host's robots.txt, by host and time."""
        last = func.max(robots.c.fetched_at).label("last")
        query = select(robots.c.host, last, robots_texts.c.text).join(
            robots_texts, robots_texts.c.sha256 == robots.c.sha256
        )
        query = query.group_by(robots.c.host, robots_texts.c.sha256, robots_texts.c.text).order_by(robots.c.host, last)
        with self._database.reading() as connection:
            for row in connection.execute(query):
                yield row.host, row.last, row.text

    def counts_before(self, run_id: int, count: int) -> list[dict[str, Any]]:
        """Return the statistics of the newest runs before this one that were not killed."""
        query = select(runs.c.counts).where(runs.c.id < run_id, runs.c.counts.is_not(None))
        with self._database.reading() as connection:
            return list(connection.execute(query.order_by(runs.c.id.desc()).limit(count)).scalars())

    def keep_robots(self, run_id: int, host: str, status: int | None, text: str, fetched_at: datetime) -> None:
        """Store the robots.txt that a run read from a host."""
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        row = {"run_id": run_id, "host": host, "fetched_at": fetched_at, "status": status, "sha256": sha256}
        with self._database.writing() as connection:
            _KEEP_TEXT(connection, [{"sha256": sha256, "text": text}])
            _KEEP_ROBOTS(connection, [row])
