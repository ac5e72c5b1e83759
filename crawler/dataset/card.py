"""The dataset card: the text of `README.md`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

from crawler.dataset import delta
from crawler.dataset.card_header import header, part_names
from crawler.dataset.card_text import (
    CARD,
    FULL,
    FULL_LAW,
    NAMES_LAW,
    NO_CITATION,
    NO_RUNS,
    NO_TOOL,
    NONE,
    NONE_LAW,
    NOT_WALKED,
    TOOL,
    WORDS_LAW,
)
from crawler.dataset.citation import bibtex, day_of, title, version_of
from crawler.dataset.edition import Extra
from crawler.dataset.monthly import Data
from crawler.dataset.release import Release, Tally
from crawler.visible import visible

_MOST_VALUES: Final = 40
"""Most values of a field that the card names."""
_LONGEST: Final = 80
"""Characters of a value that the card shows."""
_MARKUP: Final = re.compile(r"[\\`*_{}\[\]()!|~#]")
_LINK: Final = re.compile(r"[:@]|(?<=www)\.", re.IGNORECASE)
"""What makes a link of a word without any markup."""
_MOST_GAPS: Final = 40
"""Most days that the card lists one by one; `coverage.csv` has all."""


def card(release: Release, data: Data, clusters: int, folder: Path) -> str:
    """Return the text of `README.md`.

    :param clusters: number of groups of near-duplicates.
    :param folder: the release; its data are written already.
    """
    tally = data.tally
    month = next(iter(tally.months), "2021-04")
    names = part_names(release)
    is_full = release.edition.is_full
    has_words = Extra.WORDS in release.edition.extras
    return CARD.substitute(
        header=header(release, data, folder),
        title=title(release.about, tally),
        records=f"{tally.records:,}",
        first=day_of(tally.first),
        last=day_of(tally.last),
        captured_until=day_of(tally.fetched_at),
        words=f"{tally.words:,}",
        complete=f"{tally.complete:,}",
        average=f", {tally.words / tally.records:.0f} in an article" if tally.records else "",
        edition=FULL if is_full else Template(NONE).substitute(parser_version=release.parser_version),
        changes=data.changes,
        words_table=", and `tables/words.parquet` how often each word stands in each article" if has_words else "",
        since=_since(release, data),
        made=_made(release.runs),
        tool=_tool(release),
        reservation=_reservation(release),
        cite=_cite(release, tally),
        one_file=f"parquet/{names[0]}/{month}.parquet" if names != [""] else f"parquet/{month}.parquet",
        folder="DIR",
        month=month,
        values=_values(tally),
        parts=_parts(release, tally),
        fields=_table(("field", "filled"), _shares(release, tally)),
        coverage=_coverage(release.coverage),
        gaps=_gaps(release.coverage),
        clustered=len(tally.parts),
        clusters=clusters,
        version=release.version,
        parser_version=release.parser_version,
        law="\n\n".join(_law(release)),
    )


def _since(release: Release, data: Data) -> str:
    """Return what changed since the earlier release."""
    earlier = release.earlier
    if earlier is None:
        return "This release was compared with no earlier one."
    counts = delta.counted(delta.delta(earlier.hashes, data.latest))
    name = ", ".join(str(earlier.name[key]) for key in ("title", "version", "doi") if key in earlier.name)
    numbers = ", ".join(f"{count:,} {change}" for change, count in counts.items())
    return f"Against {cell(name)} ({earlier.name['records']:,} records), stories: {numbers}. `delta.csv` lists them."


def _made(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the politeness that the runs had: a row for each set of settings."""
    if not runs:
        return NO_RUNS
    rows: Counter[tuple[str, ...]] = Counter(tuple(_politeness(run.get("settings") or {})) for run in runs)
    table = [(*settings, count) for settings, count in rows.items()]
    return _table(("responses from", "robots.txt", "seconds between requests", "requests at once", "runs"), table)


def _politeness(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield the cells of a run; one of an earlier version states nothing."""
    mode = settings.get("mode")
    yield {"live": "the site", "replay": "a recording", "archive": "WARC files"}.get(str(mode), "not recorded")
    if mode != "live":
        yield from ("-", "-", "-")
        return
    yield "obeyed" if settings.get("robotstxt_obey") else "not obeyed"
    throttle = ", more where the site is slow" if settings.get("autothrottle_enabled") else ""
    yield f"{settings.get('delay', 0):g}{throttle}"
    yield f"{settings.get('concurrent_requests_per_domain', 0):g}"


def _tool(release: Release) -> str:
    return TOOL.substitute(tool=release.tool, version=release.version) if release.tool else NO_TOOL


def _reservation(release: Release) -> str:
    """Return what robots.txt says about AI, as printed."""
    if not release.robots:
        return "These runs read no robots.txt: they did not ask the site."
    if not release.reservations:
        return "No robots.txt that these runs read says anything about AI."
    parts = []
    for stated in release.reservations:
        lines = "\n".join(f"    {visible(line)}" for line in stated["lines"])
        parts.append(f"robots.txt of {stated['host']}, last read on {str(stated['last_seen'])[:10]}:\n\n{lines}")
    return "\n\n".join(parts)


def _cite(release: Release, tally: Tally) -> str:
    if not release.about.creators:
        return NO_CITATION.substitute(title=title(release.about, tally), version=version_of(release.about, tally))
    return f"```bibtex\n{bibtex(release.about, tally)}```\n\n`CITATION.cff` and `datacite.json` say the same."


def _law(release: Release) -> Iterator[str]:
    """Yield the paragraphs on law; one for each part that the user added."""
    yield FULL_LAW if release.edition.is_full else NONE_LAW
    if release.about.license and not release.edition.is_full:
        yield f"Licence of what the makers added: [{release.about.license.name}]({release.about.license.url})."
    if release.edition.is_full or Extra.NAMES in release.edition.extras:
        yield NAMES_LAW
    if Extra.WORDS in release.edition.extras:
        yield WORDS_LAW


def _table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _values(tally: Tally) -> str:
    """Return the table of sections and kinds; sections are words of the site, of which the commonest are named."""
    rows = [
        (name, value, count)
        for name, counts in tally.values.items()
        for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MOST_VALUES]
    ]
    return _table(("field", "value", "records"), [(f"`{name}`", cell(value), count) for name, value, count in rows])


def _parts(release: Release, tally: Tally) -> str:
    if release.plan is None:
        return "Not divided."
    rows = [(name, tally.in_part(name)) for name in part_names(release)]
    by, seed = release.plan.by.value, release.plan.seed
    proof = "Near-duplicates are always in the same part; `scrapy export --verify` counts it again on the files."
    return f"{_table(('part', 'records'), rows)}\n\nDivided by {by}, seed {seed}. {proof}"


def _shares(release: Release, tally: Tally) -> Iterator[tuple[str, str]]:
    for name in release.schema["properties"]:
        yield f"`{name}`", f"{tally.filled[name] / max(tally.records, 1):.1%}"


def _coverage(days: Iterable[Mapping[str, Any]]) -> str:
    """Return the coverage table by month."""
    counted = ("listed", "stored", "excluded", "failed", "missing")
    months: dict[str, list[int]] = {}
    for day in days:
        row = months.setdefault(day["day"][:7], [0] * (len(counted) + 2))
        for at, value in enumerate((1, bool(day["short"]), *(day[name] for name in counted))):
            row[at] += value
    if not months:
        return NOT_WALKED
    header = ("month", "days", "of them short", *counted)
    return _table(header, [(month, *row) for month, row in months.items()])


def _gaps(days: Sequence[Mapping[str, Any]]) -> str:
    if not days:
        return "Not known."
    short = [f"- {day['day']}: {'; '.join(day['short'])}" for day in days if day["short"]]
    if not short:
        return "No requested day is short of what its index lists."
    more = [f"- and {len(short) - _MOST_GAPS} days more"] if len(short) > _MOST_GAPS else []
    return "\n".join([*short[:_MOST_GAPS], *more])


def cell(text: str) -> str:
    """Return a text of the site as it stands in a Markdown table: a word, no markup, link or picture of its own."""
    line = visible(" ".join(text.split()))
    line = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
    marked = _MARKUP.sub(r"\\\g<0>", escape(line, quote=False))
    return _LINK.sub(lambda found: f"&#{ord(found[0])};", marked)
