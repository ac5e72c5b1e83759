"""Near-duplicates: stories with nearly the same body get a label; none is dropped.

Pairs are stored, not groups: whether two stories are near-duplicates depends neither on a third one nor on the order
in which they were stored. `articles.near_duplicate_of` follows from the pairs: the earliest story in a pair with this.

Of more stories with one key than `bounds.NEIGHBOURS` on a side, a story is compared with the nearest by id, that is by
time: each is in a pair with stories near it, and the cost of a story does not grow with the number of its copies.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Final, Protocol

from sqlalchemy import (
    BindParameter,
    Connection,
    Integer,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from crawler import bounds
from crawler.storage.statements import Prepared
from crawler.storage.tables import articles, near_duplicates, shingle_keys


class BodyLikeness(Protocol):
    """What `dedupe.likeness` knows of a body."""

    @property
    def keys(self) -> Sequence[int]:
        """Hashes of the body; nearly the same bodies share at least one."""

    def alike(self, text: str) -> float | None:
        """Return the share of word shingles that a text has in common with this body; None if they are not near."""


_STORIES: Final[BindParameter[str]] = bindparam("stories", expanding=True)
_OWN: Final[BindParameter[str]] = bindparam("story")
_MOST: Final = bindparam("most", type_=Integer)
_PAIRS: Final = select(near_duplicates.c.one, near_duplicates.c.other).where(
    or_(near_duplicates.c.one.in_(_STORIES), near_duplicates.c.other.in_(_STORIES))
)
_INSERT_PAIRS: Final = insert(near_duplicates)
_DELETE_PAIRS: Final = delete(near_duplicates).where(
    or_(near_duplicates.c.one == _OWN, near_duplicates.c.other == _OWN)
)
_INSERT_KEYS: Final = Prepared(insert(shingle_keys))
_DELETE_KEYS: Final = Prepared(delete(shingle_keys).where(shingle_keys.c.article_id == _OWN))
_LABELS: Final = select(articles.c.id, articles.c.near_duplicate_of).distinct().where(articles.c.id.in_(_STORIES))
_SET_LABEL: Final = update(articles).where(articles.c.id == _OWN).values(near_duplicate_of=bindparam("label"))
_PUBLISHED: Final = (
    select(articles.c.id, func.min(articles.c.published_utc)).where(articles.c.id.in_(_STORIES)).group_by(articles.c.id)
)


def label(connection: Connection, article_id: str, likeness: BodyLikeness) -> str | None:
    """Find the near-duplicates of a story, store its pairs, its keys and all labels that change; return its label."""
    had_keys = _DELETE_KEYS.result(connection, {"story": article_id}).rowcount > 0
    before = _partners(connection, article_id) if had_keys else set()  # no story is in a pair without keys
    if before:
        connection.execute(_DELETE_PAIRS, {"story": article_id})
    found = [
        (other, share)
        for other, text in _candidates(connection, article_id, likeness, before)
        if (share := likeness.alike(text)) is not None
    ]
    if found:
        rows = [
            {"one": min(article_id, one), "other": max(article_id, one), "similarity": share} for one, share in found
        ]
        connection.execute(_INSERT_PAIRS, rows)
    if likeness.keys:
        keys = [{"key": key, "article_id": article_id} for key in sorted(set(likeness.keys))]
        _INSERT_KEYS(connection, keys)
    partners = {other for other, _ in found}
    return _relabel(connection, article_id, partners, before) if before or found else None


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
    keys = sorted(set(likeness.keys))
    named = {f"key_{number}": key for number, key in enumerate(keys)}
    asked = {"story": article_id, "most": bounds.NEIGHBOURS, **named}
    sharing = sorted(set(_nearest(len(keys)).result(connection, asked).scalars()))
    middle = bisect_left(sharing, article_id)
    found = before.union(sharing[max(0, middle - bounds.NEIGHBOURS) : middle + bounds.NEIGHBOURS])
    return [(row.id, row.text) for row in connection.execute(_TEXTS, {"stories": sorted(found)})] if found else []


@cache
def _nearest(keys: int) -> Prepared:
    """Return the query for the stories that share one of so many keys with a story, the nearest by id for each key."""
    other, own = shingle_keys.c.article_id, _OWN
    sides = ((other < own, other.desc()), (other > own, other.asc()))
    return Prepared(
        union_all(
            *(
                select(
                    select(other)
                    .where(shingle_keys.c.key == bindparam(f"key_{number}"), side)
                    .order_by(order)
                    .limit(_MOST)
                    .subquery()
                )
                for number in range(keys)
                for side, order in sides
            )
        )
    )


def _latest_texts() -> Select[str, str]:
    """Return a query for id and text of the latest revision of each story."""
    other = articles.alias()
    latest = select(func.max(other.c.revision)).where(other.c.id == articles.c.id).scalar_subquery()
    return select(articles.c.id, articles.c.text).where(articles.c.revision == latest)


_TEXTS: Final = _latest_texts().where(articles.c.id.in_(_STORIES))


def _partners(connection: Connection, article_id: str) -> set[str]:
    """Return the ids in a pair with a story."""
    pairs_of = connection.execute(_PAIRS, {"stories": [article_id]})
    return {row.other if row.one == article_id else row.one for row in pairs_of}


def _relabel(connection: Connection, article_id: str, partners: set[str], before: set[str]) -> str | None:
    """Set the label of a story and of the stories in a pair with it; return its label.

    A label is the earliest story in a pair with a story, if any is earlier than itself. The label of a partner follows
    from its label so far and this story; all of its pairs are read only where that label is lost (this story was it, or
    it is not in the store). So the cost grows with the number of partners, not with that of their pairs.

    :param before: its partners so far.
    """
    stored: dict[str, set[str]] = {}
    for story, stored_label in connection.execute(_LABELS, {"stories": [article_id, *partners | before]}):
        stored.setdefault(story, set()).add(stored_label or story)
    published = _published(connection, {article_id, *partners}.union(*stored.values()))
    lost = [
        story
        for story, known in stored.items()
        if story != article_id and (article_id in known or len(known) > 1 or known - published.keys())
    ]
    groups = {story: {story, article_id, *stored[story]} for story in partners}
    groups |= _groups(connection, lost) | {article_id: {article_id, *partners}}
    published |= _published(connection, set().union(*groups.values()) - published.keys())
    first = {story: min(group, key=lambda each: (published[each], each)) for story, group in groups.items()}
    for story, earliest in first.items():
        if stored[story] != {earliest}:
            connection.execute(_SET_LABEL, {"story": story, "label": None if earliest == story else earliest})
    return None if first[article_id] == article_id else first[article_id]


def _groups(connection: Connection, stories: list[str]) -> dict[str, set[str]]:
    """Return for each story itself and all stories in a pair with it."""
    found = {story: {story} for story in stories}
    for row in connection.execute(_PAIRS, {"stories": stories}) if stories else ():
        for story, partner in ((row.one, row.other), (row.other, row.one)):
            if story in found:
                found[story].add(partner)
    return found


def _published(connection: Connection, stories: set[str]) -> dict[str, datetime]:
    """Return the earliest publication time of stories over all of their revisions."""
    return {row[0]: row[1] for row in connection.execute(_PUBLISHED, {"stories": sorted(stories)})}
