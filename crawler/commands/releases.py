"""The contents of a release, collected from a store; and the comparison of a release with a store."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from scrapy.settings import BaseSettings

from crawler import PARSER_VERSION, __version__
from crawler import settings as project_settings
from crawler.dataset.edition import Text
from crawler.dataset.release import Release
from crawler.dataset.schema import article_schema
from crawler.dataset.splits import Plan
from crawler.own_settings import TABLE
from crawler.storage import Selection, State, Store

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
)
"""The columns of a run that go into a manifest; host and process are left out."""


def release_of(
    store: Store,
    settings: BaseSettings,
    selection: Selection,
    asked: dict[str, Any],
    days: tuple[date | None, date | None],
    text: Text,
    plan: Plan | None,
) -> Release:
    """Return the contents of a release.

    :param asked: the filters as the user typed them.
    :param days: the first and the last day of them.
    """
    return Release(
        records=store.records(selection),
        stories=store.stories(selection),
        pairs=list(store.near_duplicates()),
        coverage=day_counts(store, days),
        runs=[{name: run[name] for name in RUN} for run in store.runs.newest_first()][::-1],
        robots=store.runs.robots(),
        settings=_settings(settings),
        contact=settings["KOMPAS_CONTACT"],
        selection=asked,
        schema=article_schema(),
        version=__version__,
        parser_version=PARSER_VERSION,
        text=text,
        plan=plan,
    )


def rebuilt(store: Store, hashes: dict[tuple[str, int], str]) -> Iterator[tuple[str, int, str]]:
    """Yield id, revision and `same`, `different` or `missing` for each record, compared with the texts of a store.

    :param hashes: (id, revision) -> hash of title and text.
    """
    for (story, revision), stated in hashes.items():
        found = store.hashes(story)
        yield story, revision, "same" if stated in found else "different" if found else "missing"


def _settings(settings: BaseSettings) -> dict[str, Any]:
    """Return the numbers and switches among the settings: no paths of this machine, and no secrets."""
    ours = {name: row.read(settings[name]) for name, row in TABLE.items() if isinstance(row.default, int | float)}
    stated = {name: value for name, value in vars(project_settings).items() if name.isupper() and name not in TABLE}
    return ours | {name: settings[name] for name, value in stated.items() if isinstance(value, bool | int | float)}


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
