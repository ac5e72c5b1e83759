"""Near-duplicates: stories with nearly the same body get a label; none is dropped.

Pairs are stored, not groups: whether two stories are near-duplicates depends neither on a third one nor on the order
in which they were stored. `articles.near_duplicate_of` follows from the pairs: the earliest story in a pair with this.

Of more stories with one key than `bounds.NEIGHBOURS` on a side, a story is compared with the nearest by id, that is by
time: each is in a pair with stories near it, and the cost of a story does not grow with the number of its copies.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Select, and_, delete, exists, func, insert, or_, select, union_all, update

from crawler import bounds
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
        for other, text in _candidates(connection, article_id, likeness, before)
        if (share := likeness.alike(text)) is not None
    ]
    if found:
        connection.execute(insert(near_duplicates), found)
    if likeness.keys:
        rows = [{"key": key, "article_id": article_id} for key in sorted(set(likeness.keys))]
        connection.execute(insert(shingle_keys), rows)
    if before or found:
        _relabel(connection, {article_id, *before, *_partners(connection, article_id)})


def unlabelled(connection: Connection, limit: int, after: str) -> list[tuple[str, str]]:
    """Return id and text of stories without keys, by id: those stored without a label, and bodies too short for one."""
    keyed = exists().where(shingle_keys.c.article_id == articles.c.id)
    query = _latest_texts().where(~keyed, articles.c.id > after).order_by(articles.c.id).limit(limit)
    return [(row.id, row.text) for row in connection.execute(query)]


def same_texts(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield pairs of stories of which a revision of each has the same hash of title and text, by hash and id."""
    shared = select(articles.c.content_hash).group_by(articles.c.content_hash)
    shared = shared.having(func.count(articles.c.id.distinct()) > 1)
    query = select(articles.c.content_hash, articles.c.id).where(articles.c.content_hash.in_(shared)).distinct()
    first = ("", "")
    for digest, story in connection.execute(query.order_by(articles.c.content_hash, articles.c.id)):
        if digest != first[0]:
            first = (digest, story)
        else:
            yield first[1], story


def pairs(connection: Connection) -> Iterator[tuple[str, str, float]]:
    """Yield all pairs of ids with their similarity, by id."""
    for row in connection.execute(select(near_duplicates).order_by(near_duplicates.c.one, near_duplicates.c.other)):
        yield row.one, row.other, row.similarity


def _candidates(
    connection: Connection, article_id: str, likeness: BodyLikeness, before: set[str]
) -> list[tuple[str, str]]:
    """Return id and latest text of stories that share a key, the nearest by id, and of those in a pair before."""
    if not likeness.keys:
        return []
    other = shingle_keys.c.article_id
    sides = ((other < article_id, other.desc()), (other > article_id, other.asc()))
    nearest = [
        select(select(other).where(shingle_keys.c.key == key, side).order_by(order).limit(bounds.NEIGHBOURS).subquery())
        for key in sorted(set(likeness.keys))
        for side, order in sides
    ]
    sharing = sorted({row.article_id for row in connection.execute(union_all(*nearest))})
    middle = bisect_left(sharing, article_id)
    found = before.union(sharing[max(0, middle - bounds.NEIGHBOURS) : middle + bounds.NEIGHBOURS])
    return [(row.id, row.text) for row in connection.execute(_latest_texts().where(articles.c.id.in_(sorted(found))))]


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


def _relabel(connection: Connection, stories: set[str]) -> None:
    """Set the labels of stories, in all of their revisions: the earliest of its near-duplicates, if any is earlier."""
    pairs_of: dict[str, set[str]] = {story: {story} for story in stories}
    either = or_(near_duplicates.c.one.in_(stories), near_duplicates.c.other.in_(stories))
    for row in connection.execute(select(near_duplicates.c.one, near_duplicates.c.other).where(either)):
        for story, partner in ((row.one, row.other), (row.other, row.one)):
            if story in pairs_of:
                pairs_of[story].add(partner)
    published = _published(connection, set().union(*pairs_of.values()))
    stored = select(articles.c.id, articles.c.near_duplicate_of).distinct().where(articles.c.id.in_(stories))
    for story, label in connection.execute(stored).all():
        first = min(pairs_of[story], key=lambda each: (published[each], each))
        right = None if first == story else first
        if label != right:
            changed = and_(articles.c.id == story, articles.c.near_duplicate_of.is_not_distinct_from(label))
            connection.execute(update(articles).where(changed).values(near_duplicate_of=right))


def _published(connection: Connection, stories: set[str]) -> dict[str, datetime]:
    """Return the earliest publication time of stories over all of their revisions."""
    earliest = func.min(articles.c.published_utc)
    query = select(articles.c.id, earliest).where(articles.c.id.in_(stories)).group_by(articles.c.id)
    return {row[0]: row[1] for row in connection.execute(query)}
