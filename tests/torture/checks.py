"""What must hold of a store and its feed whenever a crawl is killed, and what must hold in the end."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from crawler.items import Article
from crawler.storage import KILLED, Revisions, State, Store
from tests.site.site import Site
from tests.torture.running import Place, query


class Fault(NamedTuple):
    """Something that must not be."""

    kind: str
    """`lost`, `doubled`, `invalid` (a line of the feed), `lie` (a row of the ledger), `damaged`."""
    what: str


CONTENTS: Final = {
    "article": "select id, revision, content_hash from articles",
    "listed": "select site, day, entry, title, section, position, from_url, excluded from listed",
    "sighting": "select article_id, via, title, section from sightings",
    "exclusion": "select article_id, reason from exclusions",
    "failure": "select url, reason, times from failures",
    "day": "select site, day, pages, pages_read from index_days where walked_at = read_at",  # not being walked again
}
"""What two stores of the same site have in common, however they came to it."""
Contents = dict[str, set[tuple[Any, ...]]]


def contents(path: Path) -> Contents:
    return {kind: set(query(path, sql)) for kind, sql in CONTENTS.items()}


def record_of(article: Article) -> dict[str, Any]:
    """An article as a line of the feed gives it."""
    record: dict[str, Any] = json.loads(json.dumps(asdict(article), default=datetime.isoformat))
    return record


def faults_of(place: Place, site: Site, whole: Contents) -> list[Fault]:
    """What is wrong with what a killed run left behind.

    :param whole: of a store whose crawl nothing interrupted.
    """
    path = place.copied()
    found = [*faults_of_articles(path, site), *faults_of_feed(place, path)]
    if query(path, "select 1"):
        found += [*_of_ledger(path, site, whole), *_of_states(path), *_of_runs(path)]
    return found


def faults_of_articles(path: Path, site: Site) -> Iterator[Fault]:
    """Each story is in once, and is what the site says."""
    said = query(path, "pragma integrity_check")
    if said not in ([("ok",)], []):
        yield Fault("damaged", f"integrity_check: {said}")
    for story, rows, revision in query(path, "select id, count(*), max(revision) from articles group by id"):
        if (rows, revision) != (1, 1):
            yield Fault("doubled", f"{story}: {rows} rows up to revision {revision}")
    if not query(path, "select 1"):
        return
    with closing(Store(str(path))) as store:
        for article in store.articles(Revisions.ALL):
            record, truth = record_of(article), site.truth(article.id)
            wrong = [key for key, value in truth.items() if record[key] != value]
            if wrong:
                yield Fault("damaged", f"{article.id} is stored with a wrong {wrong}")


def faults_of_feed(place: Place, path: Path) -> Iterator[Fault]:
    """Whole lines alone, each story once, and nothing that is not stored. Only the last line may be torn."""
    lines = place.feed.read_bytes().split(b"\n")[:-1] if place.feed.exists() else []
    seen = Counter[tuple[str, str]]()
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            yield Fault("invalid", f"the feed has the line {line[:80]!r}")
        else:
            seen[record["id"], record["content_hash"]] += 1
    yield from (Fault("doubled", f"{key} is in the feed {times} times") for key, times in seen.items() if times > 1)
    stored = set(query(path, "select id, content_hash from articles"))
    yield from (Fault("lost", f"{key} is in the feed and not in the store") for key in seen if key not in stored)


def _of_ledger(path: Path, site: Site, whole: Contents) -> Iterator[Fault]:
    """What is noted is what the site lists, and a day that counts as walked is noted to its end."""
    now = contents(path)
    for kind in ("listed", "sighting", "exclusion", "day"):
        for row in now[kind] - whole[kind]:
            yield Fault("lie", f"{kind} {row} is not what the site shows")
    noted = {(day, entry) for _, day, entry, *_ in now["listed"]}
    for _, day, *_ in now["day"]:
        for story in {row.story.id for row in site.rows(date.fromisoformat(day))}:
            if (day, story) not in noted:
                yield Fault("lie", f"{day} counts as walked, but {story} is not noted")
    stored = {story for story, *_ in now["article"]}
    for (story,) in query(path, "select article_id from visits"):
        if story not in stored:
            yield Fault("lie", f"{story} was visited, and is not stored")


def _of_states(path: Path) -> Iterator[Fault]:
    """What `scrapy coverage` would say."""
    stored = {story for (story,) in query(path, "select id from articles")}
    failed = {story for (story,) in query(path, "select article_id from failures")}
    with closing(Store(str(path))) as store:
        stories = [story for day in store.coverage() for story in (*day.stories, *day.linked)]
    for story in stories:
        if (story.state is State.STORED) is not (story.entry in stored):
            yield Fault("lie", f"{story.entry} counts as {story.state.value}; stored: {story.entry in stored}")
        if (story.state is State.FAILED) is not (story.entry in failed):
            yield Fault("lie", f"{story.entry} counts as {story.state.value}; failed: {story.entry in failed}")


def _of_runs(path: Path) -> Iterator[Fault]:
    """Only the last run may lack its end; those before it were killed, and say so."""
    runs = query(path, "select id, finish_reason, healthy from runs order by id")
    for run, reason, healthy in runs[:-1]:
        if (reason, healthy) != (KILLED, 0):
            yield Fault("lie", f"run {run} was killed, and is noted as {reason}, healthy: {healthy}")
    if runs and runs[-1][1] == KILLED:
        yield Fault("lie", f"run {runs[-1][0]} is noted as killed before anyone could know")


def faults_of_the_end(place: Place, whole: Contents) -> list[Fault]:
    """In what a store that was finished after kills differs from one whose crawl nothing interrupted."""
    now = contents(place.store)
    found = []
    for kind, rows in whole.items():
        found += [Fault("lost", f"{kind} {row}") for row in rows - now[kind]]
        found += [Fault("lie", f"{kind} {row} should not be there") for row in now[kind] - rows]
    last = query(place.store, "select finish_reason from runs order by id desc limit 1")
    if last != [("finished",)]:
        found.append(Fault("lie", f"the last run ended as {last}"))
    return found


def unfed(place: Place) -> int:
    """Stories that the store has and the feed has not: killed between the two."""
    lines = place.feed.read_text(encoding="utf-8").splitlines() if place.feed.exists() else []
    fed = {json.loads(line)["id"] for line in lines}
    return len({story for (story,) in query(place.store, "select id from articles")} - fed)
