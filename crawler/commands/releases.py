"""The contents of a release, collected from a store; and the comparison of a release with a store."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any, Final

from crawler import PARSER_VERSION, __version__
from crawler.dataset.about import About
from crawler.dataset.delta import Earlier
from crawler.dataset.edition import Edition
from crawler.dataset.release import Release
from crawler.dataset.reservation import reserved
from crawler.dataset.schema import article_schema
from crawler.dataset.splits import Plan
from crawler.dedupe.likeness import Likeness
from crawler.storage import Revisions, Selection, State, Store

_PACKAGE: Final = "kompas-global"
_FILES: Final = re.compile(r"\b((?:archive|replay|urls)=)((?:[^\s,:]+,)*[^\s,:]+)")
_ABSOLUTE: Final = re.compile(r"(?<![^\s'\"(=,])(?:~|\.{1,2})?/(?:[^\s/'\",;:()]+/)*(?=[^\s/'\",;:()])")
RUN: Final = (
    "started_at",
    "ended_at",
    "job",
    "finish_reason",
    "healthy",
    "summary",
    "reasons",
    "version",
    "parser_version",
    "settings",
)
"""The columns of a run that go into a manifest; host and process are left out."""


@dataclass(frozen=True)
class Wanted:
    """What the user wants of a release, beside the selection."""

    asked: dict[str, Any]
    """The filters as typed."""
    edition: Edition
    plan: Plan | None
    about: About
    earlier: Earlier | None


def release_of(store: Store, selection: Selection, days: tuple[date | None, date | None], wanted: Wanted) -> Release:
    """Return the contents of a release.

    :param days: the first and the last day of the filters.
    """
    pairs = {(one, other): share for one, other, share in store.near_duplicates()}
    return Release(
        records=store.records(selection),
        stories=store.stories(selection),
        pairs=[(*pair, share) for pair, share in sorted({**dict.fromkeys(store.same_texts(), 1.0), **pairs}.items())],
        changes=store.revision_pairs(replace(selection, revisions=Revisions.ALL)),
        coverage=day_counts(store, days),
        runs=[_published_run(run) for run in store.runs.newest_first()][::-1],
        robots=store.runs.robots(),
        reservations=_reservations(store),
        selection=wanted.asked,
        schema=article_schema(wanted.edition),
        version=__version__,
        parser_version=PARSER_VERSION,
        edition=wanted.edition,
        plan=wanted.plan,
        about=wanted.about,
        earlier=wanted.earlier,
        tool=wanted.about.tool or tool_address(),
    )


def never_compared(store: Store) -> bool:
    """Return whether a story that is long enough was never compared with the others for near-duplicates."""
    return any(Likeness(text).keys for _, text in store.unlabelled())


def tool_address() -> str:
    """Return the address of the program that its installed package states; empty without a real one."""
    try:
        stated = metadata(_PACKAGE).get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    addresses = [line.partition(",")[2].strip() for line in stated]
    return next((address for address in addresses if "example.org" not in address), "")


def without_paths(text: str) -> str:
    """Return a text in which each path is only the last name of it; addresses stay.

    >>> without_paths("archive=/home/ani/a.warc.gz,data/b.wacz: /srv/c.db is full; https://www.kompas.com/a/b")
    'archive=a.warc.gz,b.wacz: c.db is full; https://www.kompas.com/a/b'
    """
    job = _FILES.sub(lambda found: found[1] + ",".join(name.rpartition("/")[2] for name in found[2].split(",")), text)
    return _ABSOLUTE.sub("", job)


def _published_run(run: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a run that may be published."""
    kept = {name: run[name] for name in RUN}
    return {
        **kept,
        "job": without_paths(kept["job"]),
        "summary": without_paths(kept["summary"]) if kept["summary"] else kept["summary"],
        "reasons": [without_paths(reason) for reason in kept["reasons"] or []],
    }


def _reservations(store: Store) -> list[dict[str, Any]]:
    """Return what the newest robots.txt of each host says about AI; hosts whose file says nothing are left out."""
    newest = {host: (last, text) for host, last, text in store.runs.robots_texts()}
    found = ((host, last, reserved(text)) for host, (last, text) in sorted(newest.items()))
    return [{"host": host, "last_seen": last, "lines": lines} for host, last, lines in found if lines]


def rebuilt(store: Store, hashes: dict[tuple[str, int], str]) -> Iterator[tuple[str, int, str]]:
    """Yield id, revision and `same`, `different` or `missing` for each record, compared with the texts of a store.

    :param hashes: (id, revision) -> hash of title and text.
    """
    for (story, revision), stated in hashes.items():
        found = store.hashes(story)
        yield story, revision, "same" if stated in found else "different" if found else "missing"


def day_counts(store: Store, days: tuple[date | None, date | None]) -> list[dict[str, Any]]:
    """Return the counts of each index day, as `Release.coverage` holds them."""
    return [
        {
            "day": day.day.isoformat(),
            "state": day.state.value,
            "asked": day.asked,
            "pages": day.pages,
            "listed": day.listed,
            **{state.value: day.count(state) for state in State},
            "linked": len(day.linked),
            "short": day.short,
        }
        for day in store.coverage(*days)
    ]
