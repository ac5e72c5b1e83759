"""The settings of this project (`KOMPAS_*`): default, meaning and accepted values of each, and their check.

`crawler.settings` takes each value from the environment or from the default here; `-s NAME=VALUE` overrides both.
`scrapy schema` writes this table into `docs/settings.md`.
"""

import math
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from crawler.errors import BadArgument

PREFIX: Final = "KOMPAS_"
REPLACED: Final = {"KOMPAS_ARCHIVE": "-a archive=FILES", "KOMPAS_REPLAY": "-a replay=FILES"}
"""Former settings, and what to give instead."""
_LONGEST_AGE: Final = 100 * 366 * 24
"""Hours. Added to a date they must not leave Python's calendar."""


@dataclass(frozen=True)
class OwnSetting:
    """One row of the table."""

    name: str
    default: str | int | float
    meaning: str
    form: str
    """The accepted values, in words that complete the sentence "give ..."."""
    read: Callable[[Any], object]
    """Return a value as the type of the default, or raise `ValueError`. Takes text, and typed values set in code."""


def _text(value: Any) -> str:
    """Return one line of text, or a path."""
    text = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(text, str) or not text.isprintable():
        raise ValueError(value)
    return text


def _some_text(value: Any) -> str:
    """Return a text that is not blank."""
    if not _text(value).strip():
        raise ValueError(value)
    return _text(value)


def _whole(value: Any) -> int:
    """Return a whole number of at least 0."""
    number = int(str(value))
    if number < 0:
        raise ValueError(value)
    return number


def _number(value: Any) -> float:
    """Return a finite number of at least 0."""
    number = float(str(value))
    if not 0 <= number < math.inf:
        raise ValueError(value)
    return number


def _share(value: Any) -> float:
    """Return a number from 0 to 1."""
    if _number(value) > 1:
        raise ValueError(value)
    return _number(value)


def _hours(value: Any) -> list[float]:
    """Return numbers from a text with commas between them, or from a list; an empty text is an empty list."""
    if not isinstance(value, str | list | tuple):
        raise ValueError(value)
    parts = value.split(",") if value and isinstance(value, str) else value
    hours = [_number(part) for part in parts]
    if any(number > _LONGEST_AGE for number in hours):
        raise ValueError(value)
    return hours


def _choice(*names: str) -> Callable[[Any], str]:
    """Return a reader that accepts only these names."""

    def read(value: Any) -> str:
        if value not in names:
            raise ValueError(value)
        return str(value)

    return read


TABLE: Final = {
    row.name: row
    for row in (
        OwnSetting(
            "KOMPAS_DB",
            "data/kompas_global.db",
            "The store: the path of a SQLite file, or the address of a PostgreSQL database.",
            "a path, or postgresql://USER@HOST/DATABASE",
            _some_text,
        ),
        OwnSetting(
            "KOMPAS_CONTACT",
            "",
            "E-mail address or web page of the person who runs the crawl. It is sent to the site in the User-Agent "
            "header. Empty: a live crawl logs a warning.",
            "one line of text",
            _text,
        ),
        OwnSetting(
            "KOMPAS_WARC_DIR",
            "data/warc",
            "Folder of the WARC files. A live crawl writes every response into them; `scrapy explain` and "
            "`scrapy reextract` read them. Empty: nothing is archived.",
            "the path of a folder, or nothing",
            _text,
        ),
        OwnSetting(
            "KOMPAS_REVISIT_HOURS",
            "6,24,72",
            "Ages of a stored article, in hours after its publication. When it has reached one of them, the crawl "
            "fetches it once more and stores a changed text as a new revision. Empty: never.",
            "hours with commas between them, such as 6,24,72, or nothing",
            _hours,
        ),
        OwnSetting(
            "KOMPAS_BACKOFF",
            30.0,
            "Seconds that the crawl waits after a 429 or 503 response without a Retry-After header. Each retry of the "
            "request doubles them, up to 600. 0: no wait.",
            "seconds, a number of at least 0",
            _number,
        ),
        OwnSetting(
            "KOMPAS_BLOCK_STREAK",
            5,
            "Stop the crawl after this many responses with status 403 or 429 (retries count) without a good response "
            "between them. 0: never stop.",
            "a whole number of at least 0",
            _whole,
        ),
        OwnSetting(
            "KOMPAS_MAX_FAILED_SHARE",
            0.0,
            "Largest share of articles that may have failed, in the run or on its index days before it, in a healthy "
            "run. 0: a single failure makes the run unhealthy. A failed index page always does.",
            "a number from 0 to 1, such as 0.05 for 5 %",
            _share,
        ),
        OwnSetting(
            "KOMPAS_HEARTBEAT",
            "",
            "File into which each run writes its verdict, for a monitor: as JSON, or as metrics for Prometheus if "
            "the name ends in `.prom`. Empty: no file.",
            "the path of a file, or nothing",
            _text,
        ),
        OwnSetting(
            "KOMPAS_WORKERS",
            0,
            "Number of processes that read WARC files (`-a archive=`, `scrapy reextract`). 0: one for each processor "
            "core.",
            "a whole number of at least 0",
            _whole,
        ),
        OwnSetting(
            "KOMPAS_CLUSTER",
            "",
            "Address of a Dask scheduler. Its workers then read WARC files in place of the processes of this machine. "
            "Empty: the processes of this machine.",
            "the address of a Dask scheduler, such as tcp://10.0.0.5:8786, or nothing",
            _text,
        ),
        OwnSetting(
            "KOMPAS_RENDER",
            "never",
            "Which pages are rendered in Chromium. `never`: none; `auto`: pages that hold no content until their "
            "scripts have run; `always`: every page.",
            "never, auto or always",
            _choice("never", "auto", "always"),
        ),
    )
}
"""The settings by name."""


def values(environ: Mapping[str, str]) -> dict[str, str | int | float]:
    """Return the value of each setting: the environment's as it stands there, otherwise the default."""
    return {name: environ.get(name, row.default) for name, row in TABLE.items()}


def refuse_unusable(settings: Mapping[str, Any], environ: Mapping[str, str], known: Collection[str]) -> None:
    """Raise an error if a setting is unknown or has a value that cannot be used.

    :param settings: Scrapy's settings, complete.
    :param known: names that `crawler.settings` sets.
    :raises BadArgument: with the nearest known name, or with the values that are accepted.
    """
    for name in sorted(filter(_is_own, {*settings, *environ})):
        if name not in known or (name in REPLACED and settings.get(name)):
            raise BadArgument(_unknown(name, "" if name in settings else " (an environment variable)"))
    for name in sorted(TABLE.keys() & settings.keys()):
        try:
            TABLE[name].read(settings[name])
        except (TypeError, ValueError):
            raise BadArgument(f"{_shown(name, settings[name])} cannot be used; give {TABLE[name].form}") from None
    if settings.get("JOBDIR"):
        raise BadArgument(
            f"JOBDIR={settings['JOBDIR']} would keep a second queue beside the store; leave JOBDIR out, "
            "an interrupted crawl is resumed from the store"
        )


def _is_own(name: str) -> bool:
    return name.startswith(PREFIX)


def _shown(name: str, value: object) -> str:
    """Return the setting as it was given, on one line."""
    return f"{name}={value}" if str(value).isprintable() else f"{name} with a line break or control character"


def _unknown(name: str, origin: str) -> str:
    """Return the sentence for a name that is no setting."""
    if name in REPLACED:
        return f"there is no setting {name}{origin} any more; give {REPLACED[name]}"
    (nearest,) = get_close_matches(name.removeprefix(PREFIX), [row.removeprefix(PREFIX) for row in TABLE], 1, 0)
    return f"there is no setting {name}{origin}; the nearest is {PREFIX}{nearest}, docs/settings.md lists all"
