"""Near-duplicates: stories with nearly the same body get a label; none is dropped.

Pairs are stored, not groups: whether two stories are near-duplicates depends neither on a third one nor on the order
in which they were stored. `articles.near_duplicate_of` follows from the pairs: the earliest story in a pair with this.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from sqlalchemy import Connection, Select, and_, delete, exists, func, insert, or_, select, update

from crawler.storage.tables import articles, near_duplicates, shingle_keys


class BodyLikeness(Protocol):
    """What `dedupe.likeness` knows of a body."""

    @property
    def keys(self) -> Sequence[int]:
        """Hashes of the body; nearly the same bodies share at least one."""

    def alike(self, text: str) -> float | None:
        """Return the share of word shingles that a text has in common with this body; None if they are not near."""


def label(connection: Connection, article_id: str, likeness: BodyLikeness) -> None:
    """Find the near-duplicates of a story, and store its pairs, its keys and all labels that change."""
    before = _partners(connection, article_id)
    own = or_(near_duplicates.c.one == article_id, near_duplicates.c.other == article_id)
    connection.execute(delete(near_duplicates).where(own))
    connection.execute(delete(shingle_keys).where(shingle_keys.c.article_id == article_id))
    found = [
        {"one": min(article_id, other), "other": max(article_id, other), "similarity": share}
        for other, text in _candidates(connection, article_id, likeness)
        if (share := likeness.alike(text)) is not None
    ]
    if found:
        connection.execute(insert(near_duplicates), found)
    if likeness.keys:
        rows = [{"key": key, "article_id": article_id} for key in sorted(set(likeness.keys))]
        connection.execute(insert(shingle_keys), rows)
    if before or found:
        for story in {article_id, *before, *_partners(connection, article_id)}:
            _relabel(connection, story)


def unlabelled(connection: Connection, limit: int, after: str) -> list[tuple[str, str]]:
    """Return id and text of stories without keys, by id: those stored without a label, and bodies too short for one."""
    keyed = exists().where(shingle_keys.c.article_id == articles.c.id)
    query = _latest_texts().where(~keyed, articles.c.id > after).order_by(articles.c.id).limit(limit)
    return [(row.id, row.text) for row in connection.execute(query)]


def pairs(connection: Connection) -> Iterator[tuple[str, str, float]]:
    """Yield all pairs of ids with their similarity, by id."""
    for row in connection.execute(select(near_duplicates).order_by(near_duplicates.c.one, near_duplicates.c.other)):
        yield row.one, row.other, row.similarity


def _candidates(connection: Connection, article_id: str, likeness: BodyLikeness) -> list[tuple[str, str]]:
    """Return id and latest text of the other stories that share a key."""
    if not likeness.keys:
        return []
    found = select(shingle_keys.c.article_id).where(
        shingle_keys.c.key.in_(likeness.keys), shingle_keys.c.article_id != article_id
    )
    return [(row.id, row.text) for row in connection.execute(_latest_texts().where(articles.c.id.in_(found)))]


def _latest_texts() -> Select[str, str]:
    """Return a query for id and text of the latest revision of each story."""
    other = articles.alias()
    latest = select(func.max(other.c.revision)).where(other.c.id == articles.c.id).scalar_subquery()
    return select(articles.c.id, articles.c.text).where(articles.c.revision == latest)


def _partners(connection: Connection, article_id: str) -> set[str]:
    """Return the ids in a pair with a story."""
    query = select(near_duplicates).where(
        or_(near_duplicates.c.one == article_id, near_duplicates.c.other == article_id)
    )
    return {row.other if row.one == article_id else row.one for row in connection.execute(query)}


def _relabel(connection: Connection, article_id: str) -> None:
    """Set the label of a story, in all of its revisions: the earliest of its near-duplicates, if any is earlier."""
    stories = [article_id, *_partners(connection, article_id)]
    earliest = (
        select(articles.c.id)
        .where(articles.c.id.in_(stories))
        .order_by(articles.c.published_utc, articles.c.id)
        .limit(1)
    )
    first = connection.execute(earliest).scalar()
    label = None if first == article_id else first
    changed = and_(articles.c.id == article_id, articles.c.near_duplicate_of.is_distinct_from(label))
    connection.execute(update(articles).where(changed).values(near_duplicate_of=label))
