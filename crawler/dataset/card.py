"""The dataset card, with the header that Hugging Face's tools read, and the citation file."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from string import Template
from typing import Any, Final

from crawler.dataset.card_text import CARD, CITATION, FULL, FULL_LAW, NONE, NONE_LAW, NOT_WALKED
from crawler.dataset.edition import Text, columns_of
from crawler.dataset.release import Release, Tally
from crawler.visible import visible

_SIZES: Final = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_MOST_VALUES: Final = 40
"""Most values of a field that the card names."""
_LONGEST: Final = 80
"""Characters of a value that the card shows."""
_MARKUP: Final = re.compile(r"[\\`*_{}\[\]()!|~#]")
_LINK: Final = re.compile(r"[:@]|(?<=www)\.", re.IGNORECASE)
"""What makes a link of a word without any markup."""
_MOST_GAPS: Final = 40
"""Most days that the card lists one by one; `coverage.csv` has all."""


def card(release: Release, tally: Tally, clusters: int) -> str:
    """Return the text of `README.md`.

    :param clusters: number of groups of near-duplicates.
    """
    month = next(iter(tally.months), "2021-04")
    names = part_names(release)
    is_full = release.text is Text.FULL
    return CARD.substitute(
        header=_header(release, tally),
        title=title(tally),
        records=f"{tally.records:,}",
        first=_day(tally.first),
        last=_day(tally.last),
        captured_until=_day(tally.fetched_at),
        words=f"{tally.words:,}",
        complete=f"{tally.complete:,}",
        average=f", {tally.words / tally.records:.0f} in an article" if tally.records else "",
        edition=FULL if is_full else Template(NONE).substitute(parser_version=release.parser_version),
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
        law=FULL_LAW if is_full else NONE_LAW,
    )


def citation(release: Release, tally: Tally) -> str:
    """Return the text of `CITATION.cff`; its author is the contact of the crawl."""
    return CITATION.substitute(
        title=json.dumps(title(tally)),
        author=json.dumps(release.contact or "whoever crawled it with kompas_global"),
        version=json.dumps(f"{release.version}, parser {release.parser_version}"),
        date=_day(tally.fetched_at),
    )


def title(tally: Tally) -> str:
    return f"Kompas.com, international section, {_day(tally.first)} to {_day(tally.last)}"


def part_names(release: Release) -> list[str]:
    """Return the names of the parts; one empty name for a bundle without parts."""
    return list(release.plan.shares) if release.plan else [""]


def _header(release: Release, tally: Tally) -> str:
    """Return the YAML header: one configuration for all months, and one for each month."""
    size = next((name for limit, name in _SIZES if tally.records < limit), "1M<n<10M")
    names = part_names(release)
    lines = ["language:", "- id", "license: other", f"license_name: {_license(release)}"]
    lines += [
        f"pretty_name: {json.dumps(title(tally))}",
        "size_categories:",
        f"- {size}",
        "tags:",
        "- news",
        "configs:",
    ]
    lines += _config("default", [(name, "*") for name in names if tally.in_part(name)], ["  default: true"])
    for month, counts in tally.months.items():
        lines += _config(month, [(name, month) for name in names if counts[name]], [])
    return "\n".join(lines) + "\n"


def _license(release: Release) -> str:
    return "research-only" if release.text is Text.FULL else "facts-about-articles"


def _config(name: str, files: Iterable[tuple[str, str]], more: list[str]) -> Iterator[str]:
    yield f"- config_name: {json.dumps(name)}"
    yield from more
    yield "  data_files:"
    for part, month in files:
        yield f"  - split: {part or 'train'}"
        yield f"    path: {json.dumps('/'.join(filter(None, ('parquet', part, f'{month}.parquet'))))}"


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
    columns = columns_of(release.text)
    for name in release.schema["properties"]:
        if columns is None or name in columns:
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
        return "No day that was asked for is short of what its index lists."
    more = [f"- and {len(short) - _MOST_GAPS} days more"] if len(short) > _MOST_GAPS else []
    return "\n".join([*short[:_MOST_GAPS], *more])


def cell(text: str) -> str:
    """Return a text of the site as it stands in a Markdown table: a word, no markup, link or picture of its own."""
    line = visible(" ".join(text.split()))
    line = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
    marked = _MARKUP.sub(r"\\\g<0>", escape(line, quote=False))
    return _LINK.sub(lambda found: f"&#{ord(found[0])};", marked)


def _day(moment: str | None) -> str:
    return (moment or "")[:10] or "-"
