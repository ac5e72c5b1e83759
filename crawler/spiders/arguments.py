"""The `-a` arguments of the spider, read once into one typed value; a wrong one is refused before anything starts."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from crawler.errors import BadArgument
from crawler.text.dates import WIB
from crawler.urls import is_ours

NAMES: Final = ("since", "until", "latest_depth", "urls", "limit", "archive")


@dataclass(frozen=True)
class CrawlArguments:
    """What a run is to do."""

    since: date
    """First index day (WIB)."""
    until: date
    """Last index day (WIB), included."""
    is_range: bool
    """`since` or `until` was given: a chosen range, not the daily run."""
    latest_depth: int = 1
    """How many times in a row "Terkini Lainnya" is followed from an indexed article; 0 = not at all."""
    urls: list[str] = field(default_factory=list)
    """Only these articles."""
    limit: int | None = None
    """At most so many articles."""
    archive: str | None = None
    """WARC files that answer instead of the network."""

    @property
    def days(self) -> list[date]:
        """Index days, newest first."""
        return [self.until - timedelta(days=n) for n in range((self.until - self.since).days + 1)]


def parse_arguments(given: dict[str, str], now: datetime) -> CrawlArguments:
    """
    :raises BadArgument: an unknown name, or a value that cannot be meant.
    """
    unknown = sorted(set(given) - set(NAMES))
    if unknown:
        raise BadArgument(f"there is no argument -a {unknown[0]}=; known are {', '.join(NAMES)}")
    if not given.get("archive", "x").strip():
        raise BadArgument("-a archive= names no file; give a .warc.gz, or leave it out for a live crawl")
    today = now.astimezone(WIB).date()
    until = _day("until", given["until"]) if "until" in given else today
    since = _day("since", given["since"]) if "since" in given else min(until, today) - timedelta(days=1)
    if "until" in given and "since" not in given:
        since = until
    if since > until or since > today:
        raise BadArgument(
            f"-a since={since} lies after {min(until, today)}, so that no day is left; give an earlier day"
        )
    if sum(name in given for name in ("urls", "archive")) > 1 or (
        ("since" in given or "until" in given) and ("urls" in given or "archive" in given)
    ):
        raise BadArgument("-a urls=, -a archive= and a range of days exclude each other; give one of them")
    return CrawlArguments(
        since=since,
        until=min(until, today),
        is_range="since" in given or "until" in given,
        latest_depth=_number("latest_depth", given.get("latest_depth", "1"), least=0),
        urls=_read_urls(given["urls"]) if "urls" in given else [],
        limit=_number("limit", given["limit"], least=1) if "limit" in given else None,
        archive=given.get("archive"),
    )


def _day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadArgument(f"-a {name}={value} is not a day; write it as 2021-04-30") from None


def _number(name: str, value: str, least: int) -> int:
    if not (value.isascii() and value.isdigit() and int(value) >= least):
        raise BadArgument(f"-a {name}={value} is not a whole number of at least {least}")
    return int(value)


def _read_urls(name: str) -> list[str]:
    try:
        lines = [line.strip() for line in Path(name).read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadArgument(
            f"the list -a urls={name} cannot be read ({error}); give a text file with one URL a line"
        ) from error
    urls = [line for line in lines if line and not line.startswith("#")]
    foreign = next((url for url in urls if not is_ours(url)), None)
    if foreign:
        raise BadArgument(
            f"{foreign} in {name} is not an article of kanal Global or Internasional; take it out of the list"
        )
    if not urls:
        raise BadArgument(f"the list -a urls={name} holds no URL")
    return urls
