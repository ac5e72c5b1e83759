"""The statistics of a run, as the verdict reads them: what it brought, and each way in which it fell short."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from crawler.errors import Blocked, FailureReason, FinishReason, IndexCutShort, UnknownLayout
from crawler.plural import number_of

SERIOUS: Final = (Blocked.__name__, UnknownLayout.__name__, IndexCutShort.__name__, f"{FailureReason.UNEXPECTED} ")
"""Beginnings of the reasons of failures that make a run unhealthy however few they are."""
NETWORK: Final = (
    FailureReason.HTTP_STATUS,
    FailureReason.TIMEOUT,
    FailureReason.CONNECTION_FAILED,
    FailureReason.CUT_OFF,
)
"""Beginnings of the reasons of failures that are errors of requests, too."""
EXPLAINED: Final[Mapping[str, tuple[str, ...]]] = {
    FinishReason.BLOCKED: (Blocked.__name__, "HttpStatus 403", "HttpStatus 429"),
    FinishReason.ROBOTS_UNREACHABLE: (FailureReason.ROBOTS_TXT,),
    FinishReason.SITE_UNREACHABLE: NETWORK,
    FinishReason.TOLD_TO_WAIT: ("HttpStatus 429", "HttpStatus 503"),
}
"""Finish reason -> beginnings of the reasons of failures that it explains: one cause is reported once."""
MAX_ERROR_SHARE: Final = 0.1
"""Share of all requests, retried ones included, with a status of 400 or more or without a response. Retries hide a site
that begins to fail."""
ENOUGH_ANSWERS: Final = 20
"""Responses from which on `MAX_ERROR_SHARE` holds."""
MAX_GONE_SHARE: Final = 0.1
"""Share of the stories of a run that may become gone in it; more means that the site answers wrongly everywhere."""
ENOUGH_GONE: Final = 5
"""Stories from which on `MAX_GONE_SHARE` holds."""
MOST_NAMED: Final = 4
"""Things of one kind that the one line names."""


class RunCounts:
    """The statistics of a run."""

    def __init__(self, stats: Mapping[str, Any]) -> None:
        self.stats = stats
        self.failed = self._below("failed")
        self.index_failed = self._below("failed_index")
        self.failed_before = self._below("left/failed")
        self.gone = self._below("gone")
        self.requests = int(stats.get("downloader/request_count", 0))
        self.known = sum(map(self.count, ("store/known", "skip_known/stored", "visits/unchanged")))
        kept = ("store/new", "store/revised", "store/held", "store/completed")
        passed_over = ("skip_known/excluded", "passed_over/other_section")
        self.seen = self.known + sum(map(self.count, (*kept, *passed_over))) + sum(self.gone.values())

    def _below(self, name: str) -> dict[str, int]:
        """Return reason -> number of the statistics `kompas/<name>/<reason>`, the most frequent first."""
        own = f"kompas/{name}/"
        found = {stat.removeprefix(own): int(count) for stat, count in self.stats.items() if stat.startswith(own)}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    def count(self, name: str) -> int:
        """Return a statistic below `kompas/`."""
        return int(self.stats.get(f"kompas/{name}", 0))

    def said(self, name: str) -> str:
        """Return a sentence that a component left below `kompas/run/`; empty if there is none."""
        return str(self.stats.get(f"kompas/run/{name}", ""))

    @property
    def summary(self) -> str:
        """Return the counts of what the run brought, in one line. Rare outcomes are named only if there are any."""
        parts = [f"{self.count('store/new')} new", f"{self.count('store/revised')} revised"]
        parts += self._counted("store/completed", "completed with further pages")
        parts += [f"{self.known} unchanged", f"{sum(self.failed.values())} failed"]
        parts += [f"{sum(self.gone.values())} gone from the site"] if self.gone else []
        parts += self._counted("store/held", "held back")
        parts += self._counted("store/incomplete", "without all pages")
        if "kompas/left/stories" in self.stats:
            parts.append(f"{self.count('left/stories')} missing")
        parts += self._counted("left/days", "days not read", "day not read")
        parts += self._counted("days/empty", "days list nothing", "day lists nothing")
        return ", ".join([*parts, *self._counted("witness/unlisted", "not listed by the index")])

    def _counted(self, name: str, words: str, of_one: str = "") -> list[str]:
        """Return a statistic with its words; nothing if it is 0."""
        count = self.count(name)
        return [number_of(count, of_one or words, words)] if count else []

    def failures(self, share: float, advice: str, explained: Collection[str] = (), *, before: bool = True) -> list[str]:
        """Return the reasons of failed index pages and of too many failed stories, with the commonest by name.

        Stories that no layout reads have a reason of their own (`unread`).

        :param share: largest share of failed stories among all; a failed index page is always a reason.
        :param advice: what to do.
        :param explained: beginnings of reasons that the end of the run explains.
        :param before: count the stories of the days that failed in earlier runs, too.
        """
        index = _without(self.index_failed, explained)
        stories = {reason: n - self.index_failed.get(reason, 0) for reason, n in self.failed.items()}
        stories[UnknownLayout.__name__] = stories.get(UnknownLayout.__name__, 0) - self.count("unread/stories")
        now = _without({reason: n for reason, n in stories.items() if n > 0}, explained)
        earlier = self.failed_before if before else {}
        total = sum(now.values()) + sum(earlier.values())
        serious = any(reason.startswith(SERIOUS) for reason in (*now, *earlier))
        pages = number_of(sum(index.values()), "index page", "index pages")
        reasons = [f"{pages} failed: {_named(index)} ({advice})"] if index else []
        if total and (serious or total > share * (total + self.seen)):
            parts = [f"{sum(now.values())} failed: {_named(now)}"] if now else []
            parts += [f"{sum(earlier.values())} failed in earlier runs: {_named(earlier)}"] if earlier else []
            reasons.append(f"{' and '.join(parts)} ({advice})")
        return reasons

    def unread(self) -> list[str]:
        """Return the one reason of all stories that no layout reads: the site changed its markup."""
        stories, example = self.count("unread/stories"), self.stats.get("kompas/unread/example", "")
        advice = (
            f"scrapy explain {example} names the elements of a new layout; with it, scrapy reextract reads them all"
        )
        archived = number_of(stories, "story is archived", "stories are archived")
        return [f"{archived} in a markup that no layout reads ({advice})"] if stories else []

    def many_gone(self) -> list[str]:
        """Return the reason of many stories that are gone from the site at once."""
        gone = sum(self.gone.values())
        if gone < ENOUGH_GONE or gone <= MAX_GONE_SHARE * (self.seen + sum(self.failed.values())):
            return []
        return [f"{gone} stories at once count as gone from the site: {_named(self.gone)}; look at some of them"]

    def days(self) -> list[str]:
        """Return the reasons of index days that list nothing, and of those that list too little."""
        empty, thin = self.count("days/empty"), self.count("days/thin")
        on, listing = number_of(empty, "day", "days"), number_of(thin, "index day lists", "index days list")
        reasons = [f"the index lists nothing on {on} ({self.said('empty_days')})"] if empty else []
        return reasons + ([f"{listing} far less than the days around (see the log)"] if thin else [])

    def left(self) -> list[str]:
        """Return the reasons of missing stories, and of days that were not read to their end without an error."""
        missing, unread = self.count("left/stories"), self.count("left/days")
        stories = number_of(missing, "listed story is", "listed stories are")
        reasons = [f"{stories} missing (scrapy coverage names them)"] if missing else []
        if unread and not self.index_failed:
            days = number_of(unread, "index day was not read to its end", "index days were not read to their end")
            reasons.append(days)
        return reasons

    def errors(self) -> list[str]:
        """Return the reason of too many errors among all requests, robots.txt included; failures tell it themselves."""
        if any(reason.startswith(NETWORK) for reason in self.failed):
            return []
        statuses = {
            name.rpartition("/")[2]: int(count)
            for name, count in self.stats.items()
            if name.startswith("downloader/response_status_count/")
        }
        bad = sum(count for status, count in statuses.items() if status >= "400")
        silent = int(self.stats.get("downloader/exception_count", 0))
        total = sum(statuses.values()) + silent
        if total < ENOUGH_ANSWERS or bad + silent <= MAX_ERROR_SHARE * total:
            return []
        return [f"{bad + silent} of {total} requests got an error or no answer"]


def _without(failed: Mapping[str, int], explained: Collection[str]) -> dict[str, int]:
    return {reason: count for reason, count in failed.items() if not reason.startswith(tuple(explained))}


def _named(failed: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in list(failed.items())[:MOST_NAMED])


def first_of(said: Sequence[str], separator: str = ", ") -> str:
    """Return the first `MOST_NAMED` of some texts as one, and how many more there are.

    >>> first_of(["a", "b", "c", "d", "e"])
    'a, b, c, d and 1 more'
    """
    more = f" and {len(said) - MOST_NAMED} more" if len(said) > MOST_NAMED else ""
    return separator.join(said[:MOST_NAMED]) + more
