"""The sentences about what came in: which element or line, in how many stories, and an example address."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from crawler.health.facts import FactCounts
from crawler.health.gains import rises
from crawler.health.run_counts import first_of
from crawler.health.watch import LINE, STORM
from crawler.plural import number_of

_LONGEST: Final = 80
"""Letters of a line that a sentence shows."""

_TEXTS: Final = {
    "text/unaccounted": "text that no rule and no field accounts for",
    "text/unstated": "text that the page's own text lacks",
    "text/surplus": "more words than the page counts",
    "text/doubled": "a paragraph twice",
    "text/link_line": "a line that is a link",
    "text/link_list": "a list of links",
}


class Addition(Protocol):
    """What several stories carry that no story had before (`storage.Addition`)."""

    @property
    def layout(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def printed(self) -> str: ...
    @property
    def stories(self) -> int: ...
    @property
    def url(self) -> str: ...


def gains(
    now: Mapping[str, FactCounts],
    earlier: Sequence[Mapping[str, FactCounts]],
    added: Sequence[Addition],
    examples: Mapping[tuple[str, str], str],
) -> Iterator[str]:
    """Yield the reasons of additions: what is new, and what is shown more often than before.

    :param examples: layout and fact -> address of a story that shows it.
    """
    new = [one for one in added if one.what != STORM]
    lines = [one for one in new if one.what.startswith(LINE)]
    shown = [one for one in new if not any(_is_part(one, other) for other in lines)]
    if shown:
        said = [f"{_named(one)} in {number_of(one.stories, 'story', 'stories')} ({one.url})" for one in shown]
        yield f"stories carry what none had before: {first_of(said, '; ')}"
    known = {(one.layout, one.what) for one in new}
    risen = [alarm for alarm in rises(now, earlier) if (alarm.layout, alarm.fact) not in known]
    if risen:
        urls = [examples.get((alarm.layout, alarm.fact)) for alarm in risen]
        said = [alarm.sentence + (f" ({url})" if url else "") for alarm, url in zip(risen, urls, strict=True)]
        yield f"pages show more than they did: {first_of(said, '; ')}"


def _is_part(one: Addition, other: Addition) -> bool:
    """Return whether a line is a part of another line of as many stories."""
    is_shorter = len(one.printed) < len(other.printed)
    return one.what.startswith(LINE) and is_shorter and one.stories <= other.stories and one.printed in other.printed


def _named(one: Addition) -> str:
    if one.what.startswith(LINE):
        short = one.printed if len(one.printed) <= _LONGEST else f"{one.printed[:_LONGEST]}..."
        return f"the line \u201c{short}\u201d"
    return f"{one.layout}: {_TEXTS.get(one.what, one.printed)}"
