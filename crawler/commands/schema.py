"""`scrapy schema`: write the generated documents: data format, JSON Schema, Datasette metadata, settings."""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from crawler.arguments import ARGUMENTS
from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.streams import print_line
from crawler.dataset.aside import written_aside
from crawler.dataset.browse import datasette_metadata
from crawler.dataset.schema import DOCS, article_schema, files
from crawler.own_settings import TABLE

_INTRODUCTION: Final = """\
# Settings and arguments

Generated from `crawler/own_settings.py` and `crawler/arguments.py` by `scrapy schema`; change them there.

## Settings

Every command takes its settings from three places. The first of them that names a setting counts:

1. the option `-s`: `scrapy coverage -s KOMPAS_DB=test.db`
2. the environment: `KOMPAS_DB=test.db scrapy coverage`
3. the default

A command refuses an unknown `KOMPAS_*` name, also one in the environment, and a value of another form. It then does
nothing and exits with status 2.
"""
_ARGUMENTS: Final = """
## Arguments of `scrapy crawl kompas_global`

Give each with `-a`: `scrapy crawl kompas_global -a since=2021-04-01 -a until=2021-04-30`. Only one of `urls`,
`archive` and a range of days can be given, and only one of `archive` and `replay`.
"""


def write_documents(command: KompasCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Write the generated documents and print their paths."""
    for path, text in generated().items():
        with written_aside(path) as aside:
            aside.write_text(text, encoding="utf-8")
        print_line(str(path))
    return ExitStatus.HEALTHY


def generated() -> dict[Path, str]:
    """Return the text of each generated document."""
    metadata = json.dumps(datasette_metadata(article_schema()), indent=2, ensure_ascii=False) + "\n"
    return {**files(), DOCS / "datasette.json": metadata, DOCS / "settings.md": settings_page()}


def settings_page() -> str:
    """Return `docs/settings.md`: a table of the settings, and one of the crawl's arguments."""
    settings = [(f"`{row.name}`", _code(row.default), row.meaning, row.form) for row in TABLE.values()]
    arguments = [(f"`-a {name}={form}`", default, meaning) for name, (form, default, meaning) in ARGUMENTS.items()]
    return "\n".join(
        [
            _INTRODUCTION,
            *_table("setting", "default", "meaning", "value", rows=settings),
            _ARGUMENTS,
            *_table("argument", "default", "meaning", rows=arguments),
            "",
        ]
    )


def _code(default: str | float) -> str:
    """Return a default as Markdown code."""
    text = f"{default:g}" if isinstance(default, float) else str(default)
    return f"`{text}`" if text else "empty"


def _table(*headings: str, rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    return [f"| {' | '.join(cells)} |" for cells in (headings, ["---"] * len(headings), *rows)]
