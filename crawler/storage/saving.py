"""Writing articles: a new story, a revision of a known one, or the same revision as a newer parser reads it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, bindparam, case, func, insert, select, update

from crawler.clock import believed, latest_believed
from crawler.items import Article
from crawler.storage.columns import IsoTime
from crawler.storage.database import Database
from crawler.storage.ledger_writes import CLEAR_STORY
from crawler.storage.near_duplicates import BodyLikeness, label, unlabelled
from crawler.storage.revisions import Decision, Outcome, decide
from crawler.storage.rows import from_row, to_row
from crawler.storage.statements import Prepared, Upsert, offered
from crawler.storage.tables import articles, visits

_ID: Final = articles.c.id == bindparam("story")
_REVISION: Final = _ID & (articles.c.revision == bindparam("number"))
_REVISIONS: Final = select(articles).where(_ID).order_by(articles.c.revision)
_LATEST: Final = select(func.max(articles.c.revision)).where(_ID)
_INSERT: Final = Prepared(insert(articles))
_REPLACE: Final = update(articles).where(_REVISION)
_RENUMBER: Final = _REPLACE.values(revision=bindparam("new_number"))
_VISITED: Final = select(visits.c.visited_at).where(visits.c.article_id == bindparam("story"))

_NOW: Final = offered(visits).visited_at
_LATER: Final = case(
    (visits.c.visited_at < _NOW, _NOW),
    (visits.c.visited_at > bindparam("latest_believed", type_=IsoTime), _NOW),
    else_=visits.c.visited_at,
)
"""The later of both times, as an archive may bring an older capture after a newer one; but none to come."""
_VISIT: Final = Upsert(visits, ("article_id", "visited_at"), {"visited_at": _LATER})


@dataclass(frozen=True)
class Saved:
    """An article as it is stored, and what storing it did."""

    article: Article
    outcome: Outcome


def save(database: Database, article: Article, likeness: BodyLikeness | None, kept: Sequence[Article] | None) -> Saved:
    """Store an article in one transaction (see `Store.save`)."""
    with database.writing() as connection:
        if kept is None:
            kept = revisions_of(connection, article.id)
        saved = _written(connection, article, kept, decide(article, kept))
        visit = {"article_id": article.id, "visited_at": article.fetched_at, "latest_believed": latest_believed()}
        _VISIT(connection, [visit])
        is_written = saved.outcome is not Outcome.KNOWN
        if likeness and is_written and (not kept or _is_latest(connection, saved.article)):
            labelled = replace(saved.article, near_duplicate_of=label(connection, article.id, likeness))
            saved = Saved(labelled, saved.outcome)
        if article.complete:  # while the story lacks a page, the failure of that page stays
            CLEAR_STORY(connection, [{"story": article.id}])
    return saved


def replace_revisions(
    database: Database, revisions: Iterable[Article], likeness: Callable[[str], BodyLikeness] | None
) -> None:
    """Replace stored revisions in one transaction (see `Store.replace`)."""
    with database.writing() as connection:
        for article in revisions:
            _replace(connection, article)
            if likeness and _is_latest(connection, article):
                label(connection, article.id, likeness(article.text))


def label_all(database: Database, likeness: Callable[[str], BodyLikeness], size: int) -> int:
    """Label the stories without keys, `size` in a transaction, and return their number."""
    labelled, last = 0, ""
    while True:
        with database.writing() as connection:
            batch = unlabelled(connection, size, last)
            for article_id, text in batch:
                label(connection, article_id, likeness(text))
        if not batch:
            return labelled
        labelled, last = labelled + len(batch), batch[-1][0]


def revisions_of(connection: Connection, article_id: str) -> list[Article]:
    """Return all revisions of a story, in order."""
    return [from_row(dict(row)) for row in connection.execute(_REVISIONS, {"story": article_id}).mappings()]


def _written(connection: Connection, article: Article, kept: Sequence[Article], decision: Decision) -> Saved:
    """Write an article as it was decided, and return the revision that is stored now."""
    saved = Saved(replace(article, revision=decision.revision), decision.outcome)
    match decision.outcome:
        case Outcome.KNOWN if not decision.is_first:
            return Saved(kept[decision.revision - 1], Outcome.KNOWN)
        case Outcome.KNOWN | Outcome.COMPLETED:
            _replace(connection, saved.article)
        case Outcome.NEW | Outcome.REVISED:
            for later in reversed(kept[decision.revision - 1 :]):
                moved = {"story": article.id, "number": later.revision, "new_number": later.revision + 1}
                connection.execute(_RENUMBER, moved)
            _INSERT(connection, [to_row(saved.article)])
            _reinstate(connection, saved.article, kept)
    return saved


def _is_latest(connection: Connection, article: Article) -> bool:
    return connection.execute(_LATEST, {"story": article.id}).scalar() == article.revision


def _replace(connection: Connection, article: Article) -> None:
    connection.execute(_REPLACE, {**to_row(article), "story": article.id, "number": article.revision})


def _reinstate(connection: Connection, article: Article, kept: Sequence[Article]) -> None:
    """Store the previous text again as a further revision if it was seen after this one: the page went back to it."""
    if not kept or article.revision <= len(kept):
        return
    seen_again = believed(connection.execute(_VISITED, {"story": article.id}).scalar())
    if seen_again is not None and seen_again > article.fetched_at:
        again = replace(kept[-1], revision=article.revision + 1, fetched_at=seen_again)
        _INSERT(connection, [to_row(again)])
