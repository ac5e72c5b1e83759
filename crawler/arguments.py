"""The `-a` arguments of the crawl: a table of them, and one typed value that is read before anything starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Final, Protocol, runtime_checkable

from scrapy.crawler import Crawler

from crawler.clock import WIB, utc_now
from crawler.errors import BadArgument
from crawler.kompas.sections import front_urls
from crawler.url_list import UrlList, read_urls
from crawler.visible import visible

ORDERS: Final = ("newest", "oldest")

_FIRST_YEAR: Final = 1995
"""Kompas Online began in September 1995."""
_LAST_YEAR: Final = 2199
_MOST_DIGITS: Final = 9

CATCH_UP: Final = timedelta(days=14)
"""How far back the daily run looks for index days that earlier runs did not finish. That is enough for a machine that
was off for a week; for a longer gap the user gives the range."""

ARGUMENTS: Final = {
    "since": (
        "DAY",
        "yesterday",
        "First index day (WIB), such as 2021-04-01. Without `since` and `until` the crawl also finishes index days of "
        f"the {CATCH_UP.days} days before that earlier runs left unfinished.",
    ),
    "until": ("DAY", "today", "Last index day (WIB), included. Given alone, it is the only day."),
    "order": (" or ".join(ORDERS), ORDERS[0], "Which index day is read first."),
    "latest_depth": (
        "N",
        "1",
        'How many times in a row the crawl follows the boxes "Terkini Lainnya" and "Mungkin Anda melewatkan ini", '
        "beginning at an article of the index. 0: never.",
    ),
    "urls": (
        "FILE",
        "none",
        "Crawl only the articles, index days and section pages in this list: a text file with one URL a line, or the "
        "folder of a release.",
    ),
    "limit": ("N", "none", "Stop after this many articles."),
    "archive": (
        "FILES",
        "none",
        "Use no network. Read every article of the section from WARC files: paths with commas between them, folders, "
        "`.wacz` packages.",
    ),
    "replay": ("FILES", "none", "Use no network. Run the whole crawl, index and links included, on WARC files."),
    "wait": ("SECONDS", "0", "How long to wait for another run in the same store. 0: end at once with status 3."),
}
"""The table: name -> placeholder of the value, default, meaning."""


class Mode(Enum):
    """Where the responses of a run come from."""

    LIVE = "live"
    """The site."""
    REPLAY = "replay"
    """WARC files of an earlier crawl (`-a replay=`): the whole crawl runs on them, without network."""
    ARCHIVE = "archive"
    """WARC files (`-a archive=`): every article in them is read; nothing is crawled."""


@dataclass(frozen=True)
class CrawlArguments:
    """The arguments of one run, checked."""

    since: date
    """First index day (WIB)."""
    until: date
    """Last index day (WIB), included."""
    is_range: bool
    """True if the user gave `since` or `until`; False for the daily run."""
    job: str
    """Name of the job, from the arguments. A run resumes an unfinished run of the same job."""
    oldest_first: bool = False
    latest_depth: int = 1
    urls: UrlList = field(default_factory=UrlList)
    """The only articles, index days and section pages to crawl; empty for all other runs."""
    limit: int | None = None
    """Maximum number of articles."""
    archive: str | None = None
    """WARC files to read articles from, as given."""
    replay: str | None = None
    """WARC files that stand in for the site, as given."""
    wait: int = 0
    """Seconds to wait for another run in the same store to end; read by `commands.crawl`."""

    @property
    def days(self) -> list[date]:
        """Return the index days in crawl order."""
        days = [self.until - timedelta(days=n) for n in range((self.until - self.since).days + 1)]
        return days[::-1] if self.oldest_first else days

    @property
    def earlier_days(self) -> list[date]:
        """Return the days before those, newest first, that a daily run finishes if earlier runs did not."""
        return [] if self.is_range else [self.since - timedelta(days=n) for n in range(1, CATCH_UP.days + 1)]

    @property
    def mode(self) -> Mode:
        """Return where the responses come from."""
        if self.archive:
            return Mode.ARCHIVE
        return Mode.REPLAY if self.replay else Mode.LIVE

    @property
    def lists(self) -> bool:
        """Return whether the run reads index days."""
        return not (self.archive or self.urls)

    @property
    def is_daily(self) -> bool:
        """Return whether this is the daily run."""
        return self.lists and not self.is_range

    @property
    def first_day(self) -> date:
        """Return the first day that the run may look at."""
        return min((*self.days, *self.earlier_days))

    @property
    def fronts(self) -> list[str]:
        """Return the section fronts to read: those of a list, or both in a daily run."""
        if self.urls:
            return [front for front in front_urls() if front in self.urls]
        return [] if self.is_range else list(front_urls())


@runtime_checkable
class HasArguments(Protocol):
    """A spider that takes the arguments of this file."""

    @property
    def arguments(self) -> CrawlArguments:
        """What its run is to do."""


def arguments_of(crawler: Crawler) -> CrawlArguments:
    """Return the arguments of a crawl's spider; for a spider that takes none the defaults, with the job `none`."""
    spider: object = crawler.spider  # mypy takes no Spider for one with other methods
    return spider.arguments if isinstance(spider, HasArguments) else replace(parse_arguments({}, utc_now()), job="none")


def parse_arguments(given: Mapping[str, Any], now: datetime) -> CrawlArguments:
    """Return the arguments of a run as one checked value.

    :param given: text by name, as after `-a`; `urls` may also be the URLs themselves, as `retry-failed` gives them.
    :raises BadArgument: a name is unknown, a value cannot be used, or two arguments contradict each other.
    """
    _refuse_names(given)
    since, until = _span(given, now.astimezone(WIB).date())
    order = given.get("order", ORDERS[0])
    if order not in ORDERS:
        raise BadArgument(f"-a order={order} is not an order; give {' or '.join(ORDERS)}")
    return CrawlArguments(
        since=since,
        until=until,
        is_range="since" in given or "until" in given,
        job=_job(given),
        oldest_first=order == "oldest",
        latest_depth=_number("latest_depth", given.get("latest_depth", "1"), least=0),
        urls=read_urls(given["urls"]) if "urls" in given else UrlList(),
        limit=_number("limit", given["limit"], least=1) if "limit" in given else None,
        archive=given.get("archive"),
        replay=given.get("replay"),
        wait=_number("wait", given.get("wait", "0"), least=0),
    )


def parse_day(option: str, text: str) -> date:
    """Return the day that the user gave.

    :param option: the option as it stands before the value, for the message.
    :raises BadArgument: the text is not a day.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadArgument(f"{option}{text} is not a day; write it as 2021-04-30") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadArgument(f"{option}{text} is not a day of the site, which began in {_FIRST_YEAR}")
    return day


def _refuse_names(given: Mapping[str, Any]) -> None:
    """Refuse names that are unknown, empty or exclude each other.

    :raises BadArgument: a name is unknown, a file has no name, or two arguments contradict each other.
    """
    unknown = sorted(set(given) - set(ARGUMENTS))
    if unknown:
        raise BadArgument(f"there is no argument -a {unknown[0]}=; known are {', '.join(ARGUMENTS)}")
    for name in ("archive", "replay"):
        if not given.get(name, "x").strip():
            raise BadArgument(f"-a {name}= names no file; give a .warc.gz, or leave it out for a live crawl")
    chosen = ["urls" in given, "archive" in given, "since" in given or "until" in given]
    if sum(chosen) > 1 or ("archive" in given and "replay" in given):
        raise BadArgument(
            "-a urls=, -a archive= and a range of days exclude each other, as do -a archive= and -a replay=; "
            "give one of them"
        )


def _span(given: Mapping[str, Any], today: date) -> tuple[date, date]:
    """Return the first and the last index day, which is not later than today.

    :raises BadArgument: a text is not a day, or no day is left.
    """
    until = parse_day("-a until=", given["until"]) if "until" in given else today
    if "since" in given:
        since = parse_day("-a since=", given["since"])
    else:
        since = until if "until" in given else today - timedelta(days=1)
    if since > until or since > today:
        raise BadArgument(
            f"-a since={since} lies after {min(until, today)}, so that no day is left; give an earlier day"
        )
    return since, min(until, today)


def _job(given: Mapping[str, Any]) -> str:
    """Return the name of the job: the arguments that say what is read, not how."""
    named = [f"{name}={given[name]}" for name in ("since", "until", "archive", "replay") if name in given]
    if "urls" in given:  # without the folder, which may be a temporary one
        named.append(f"urls={Path(given['urls']).name}" if isinstance(given["urls"], str) else "retry-failed")
    return visible(" ".join(named)) or "daily"


def _number(name: str, value: str, least: int) -> int:
    """Return the whole number that the user gave.

    :raises BadArgument: the value is not a whole number of at least `least`.
    """
    if not (value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS and int(value) >= least):
        raise BadArgument(f"-a {name}={value[:40]} is not a whole number of at least {least}")
    return int(value)
