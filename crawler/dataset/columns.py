"""The columns of an exported table: the fields of its records, and the local day and hour beside `published_at`.

Those are derived at export, not stored. A spreadsheet, R and pandas read `published_at`, whose zone differs from page
to page, as text or as another day; `date`, `time` and `published_utc` mean the same in every program.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final, get_type_hints

DERIVED: Final[Mapping[str, tuple[type, str]]] = {
    "date": (date, "Day of `published_at` in the page's own zone."),
    "time": (time, "Time of `published_at` in the page's own zone."),
    "published_utc": (datetime, "`published_at` in UTC, to compute with."),
}
"""Column -> type and meaning. They stand behind `published_at`."""


def column_types(item: type, kept: frozenset[str] | None = None) -> dict[str, Any]:
    """Return the columns of a table in order, with their types.

    :param item: dataclass of a record.
    :param kept: its fields to keep; None keeps all.
    """
    columns: dict[str, Any] = {}
    for name, hint in get_type_hints(item).items():
        if kept is None or name in kept:
            columns[name] = hint
            if name == "published_at":
                columns.update((derived, kind) for derived, (kind, _) in DERIVED.items())
    return columns


def fields_of(item: type) -> frozenset[str]:
    """Return the names of the fields of a record."""
    return frozenset(get_type_hints(item))


def derived_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the derived columns of a record; none if it has no `published_at`.

    >>> [str(value) for value in derived_values({"published_at": "2021-04-23T05:06:00+08:00"}).values()]
    ['2021-04-23', '05:06:00', '2021-04-22 21:06:00+00:00']
    """
    if "published_at" not in record:
        return {}
    moment = datetime.fromisoformat(record["published_at"])
    return {"date": moment.date(), "time": moment.time(), "published_utc": moment.astimezone(UTC)}
