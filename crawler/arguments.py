"""The `-a` arguments of the spider, read once into one typed value; a wrong one is refused before the run starts."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from scrapy.crawler import Crawler

from crawler.clock import utc_now
from crawler.errors import BadArgument
from crawler.kompas.text.dates import WIB
from crawler.kompas.urls import FRONT_URLS, index_of, is_ours

NAMES: Final = ("since", "until", "order", "latest_depth", "urls", "limit", "archive", "replay", "wait")
ORDERS: Final = ("newest", "oldest")

CATCH_UP: Final = timedelta(days=14)
"""How far back a daily run looks for days that earlier runs began and that have no final walk yet. It makes up for a
machine that was off for a week; after a month, give the range."""


class Mode(Enum):
    """Where the responses of a run come from."""

    LIVE = "live"
    """The site."""
    REPLAY = "replay"
    """A recording of a crawl (`-a replay=`): the whole crawl runs, without network."""
    ARCHIVE = "archive"
    """WARC files (`-a archive=`): every article in them is read, without crawling."""


@dataclass(frozen=True)
class CrawlArguments:
    """What a run is to do."""

    since: date
    """First index day (WIB)."""
    until: date
    """Last index day (WIB), included."""
    is_range: bool
    """`since` or `until` was given: a chosen range, not the daily run."""
    job: str
    """The arguments that name the work, in words. A run resumes an unfinished run of the same job."""
    oldest_first: bool = False
    latest_depth: int = 1
    """Number of times in a row that "Terkini Lainnya" is followed from an indexed article; 0 = never."""
    urls: list[str] = field(default_factory=list)
    """Only these articles, index days and fronts."""
    limit: int | None = None
    """Largest number of articles; None = no limit."""
    archive: str | None = None
    """WARC files whose stories are read, without any request."""
    replay: str | None = None
    """Recordings that answer the requests of the crawl in place of the site."""
    wait: int = 0
    """Seconds to wait for another run in the same store to end; read by `commands.crawl`."""

    @property
    def days(self) -> list[date]:
        """Return the index days in the order of the walk."""
        days = [self.until - timedelta(days=n) for n in range((self.until - self.since).days + 1)]
        return days[::-1] if self.oldest_first else days

    @property
    def earlier_days(self) -> list[date]:
        """Return the days before those, newest first, which a daily run finishes where earlier runs left them open."""
        return [] if self.is_range else [self.since - timedelta(days=n) for n in range(1, CATCH_UP.days + 1)]

    @property
    def mode(self) -> Mode:
        """Return where the responses come from."""
        if self.archive:
            return Mode.ARCHIVE
        return Mode.REPLAY if self.replay else Mode.LIVE

    @property
    def lists(self) -> bool:
        """Return whether the run walks the index days of a range."""
        return not (self.archive or self.urls)

    @property
    def fronts(self) -> list[str]:
        """Return the section fronts to read: those of a list, or both in a daily run."""
        if self.urls:
            return [front for front in FRONT_URLS if front in self.urls]
        return [] if self.is_range else list(FRONT_URLS)


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


def parse_arguments(given: dict[str, str], now: datetime) -> CrawlArguments:
    """Read the arguments as they are typed.

    :param now: decides which day is today.
    :raises BadArgument: an unknown name or a wrong value.
    """
    unknown = sorted(set(given) - set(NAMES))
    if unknown:
        raise BadArgument(f"there is no argument -a {unknown[0]}=; known are {', '.join(NAMES)}")
    for name in ("archive", "replay"):
        if not given.get(name, "x").strip():
            raise BadArgument(f"-a {name}= names no file; give a .warc.gz, or leave it out for a live crawl")
    today = now.astimezone(WIB).date()
    until = _day("until", given["until"]) if "until" in given else today
    since = _day("since", given["since"]) if "since" in given else min(until, today) - timedelta(days=1)
    if "until" in given and "since" not in given:
        since = until
    if since > until or since > today:
        raise BadArgument(
            f"-a since={since} lies after {min(until, today)}, so that no day is left; give an earlier day"
        )
    chosen = ["urls" in given, "archive" in given, "since" in given or "until" in given]
    if sum(chosen) > 1 or ("archive" in given and "replay" in given):
        raise BadArgument(
            "-a urls=, -a archive= and a range of days exclude each other, as do -a archive= and -a replay=; "
            "give one of them"
        )
    order = given.get("order", ORDERS[0])
    if order not in ORDERS:
        raise BadArgument(f"-a order={order} is not an order; give {' or '.join(ORDERS)}")
    asked = [f"{name}={given[name]}" for name in ("since", "until", "archive", "replay") if name in given]
    if "urls" in given:  # without its folder, which is a temporary one in `scrapy retry-failed`
        asked.append(f"urls={Path(given['urls']).name}")
    return CrawlArguments(
        since=since,
        until=min(until, today),
        is_range="since" in given or "until" in given,
        job=" ".join(asked) or "daily",
        oldest_first=order == "oldest",
        latest_depth=_number("latest_depth", given.get("latest_depth", "1"), least=0),
        urls=_read_urls(given["urls"]) if "urls" in given else [],
        limit=_number("limit", given["limit"], least=1) if "limit" in given else None,
        archive=given.get("archive"),
        replay=given.get("replay"),
        wait=_number("wait", given.get("wait", "0"), least=0),
    )


def can_be_listed(url: str) -> bool:
    """Return whether `-a urls=` takes an address: a story of these kanals, an index day or a section front."""
    return is_ours(url) or index_of(url) is not None or url in FRONT_URLS


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
    path = Path(name)
    if path.is_dir():  # a released dataset (`scrapy export --bundle`)
        path /= "urls.txt"
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadArgument(
            f"the list -a urls={name} cannot be read ({error}); give a text file with one URL a line, or a bundle"
        ) from error
    urls = [line for line in lines if line and not line.startswith("#")]
    foreign = next((url for url in urls if not can_be_listed(url)), None)
    if foreign:
        raise BadArgument(
            f"{foreign} in {name} is no article, index day or front of kanal Global or Internasional; "
            "take it out of the list"
        )
    if not urls:
        raise BadArgument(f"the list -a urls={name} holds no URL")
    return urls
