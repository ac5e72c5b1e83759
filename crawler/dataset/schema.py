"""The data format as JSON Schema and as a page, generated from the field docstrings of ``items``.

itemadapter turns dataclasses with docstrings into JSON Schema. This module adds that times are ISO 8601 with a zone
and that every key is always present.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final, get_type_hints

from itemadapter import ItemAdapter

from crawler.dataset.changes import Change
from crawler.dataset.columns import DERIVED
from crawler.dataset.edition import COUNTS, Edition, PublishedArticle, edited
from crawler.dataset.word_counts import WordCount

DOCS: Final = Path(__file__).parent.parent.parent / "docs"

_INTRODUCTION: Final = """\
# The data format

One record per story of the kanal Global or Internasional, as a row of the store and as a line of JSON Lines. Every key
is always present; `null` or an empty list means that the page does not say. Times are ISO 8601 with the page's own
zone. The same in JSON Schema: [article.schema.json](article.schema.json).

Generated from `crawler/items.py` by `scrapy schema`; change it there.
"""

_DERIVED: Final = """
## Columns of tables

CSV, TSV, Excel and Parquet have three columns more, behind `published_at`. They are derived at export:
"""
_COUNTS: Final = """
## Counts of records without texts

`--text none` leaves out the texts and adds numbers about them:
"""
_CHANGES: Final = """
## Table `changes`

`scrapy export OUT --what changes`: one row for each revision after the first, with what it changed.
"""
_WORDS: Final = """
## Table `words`

`scrapy export OUT --what words`: one row for each word of each article.
"""


def files() -> dict[Path, str]:
    """Return the generated files and their texts."""
    schema = article_schema()
    return {
        DOCS / "article.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n",
        DOCS / "data-format.md": data_format(schema),
    }


def article_schema(edition: Edition = Edition()) -> dict[str, Any]:  # noqa: B008 - it is frozen
    """Return the JSON Schema (2020-12) of an exported record."""
    schema = _with_times(ItemAdapter.get_json_schema(edition.item))
    schema["properties"] = edited(schema["properties"], edition.columns)
    schema["required"] = list(schema["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Article",
        **schema,
    }


def _with_times(schema: dict[str, Any]) -> dict[str, Any]:
    """Give times their type and make every key required."""
    if "properties" in schema:
        properties = {name: _with_times(inner) for name, inner in schema["properties"].items()}
        return {**schema, "properties": properties, "required": list(properties)}
    if "items" in schema:
        return {**schema, "items": _with_times(schema["items"])}
    if "type" in schema:
        return schema
    types = ["null", "string"] if "anyOf" in schema else "string"
    return {"type": types, "format": "date-time", "description": schema["description"]}


def data_format(schema: dict[str, Any]) -> str:
    """Return the page: a table of the record, then one for each nested object."""
    parts = [_INTRODUCTION, "## Record", "", *_table(schema)]
    for name, field in schema["properties"].items():
        inner = field.get("items", field)
        if "properties" in inner:
            parts += ["", f"## `{name}`", "", *_table(inner)]
    derived = [f"| `{name}` | {meaning} |" for name, (_, meaning) in DERIVED.items()]
    parts += [_DERIVED, "| column | meaning |", "|---|---|", *derived]
    counts = edited(ItemAdapter.get_json_schema(PublishedArticle)["properties"], COUNTS)
    parts += [_COUNTS, *_table({"properties": counts})]
    for item, introduction in ((Change, _CHANGES), (WordCount, _WORDS)):
        parts += [introduction, *_table(_table_schema(item))]
    return "\n".join(parts) + "\n"


def table_meanings(item: type) -> dict[str, str]:
    """Return the meaning of each column of a table, with those that are derived."""
    meanings = {name: _meaning(one) for name, one in _table_schema(item)["properties"].items()}
    return meanings | {name: meaning for name, (_, meaning) in DERIVED.items()}


def _meaning(field: dict[str, Any]) -> str:
    return " ".join(field.get("description", "").split())


def _table_schema(item: type) -> dict[str, Any]:
    """Return the JSON Schema of a row of a table; a field of type `date` has the format of a day, not of a time."""
    schema = _with_times(ItemAdapter.get_json_schema(item))
    for name, hint in get_type_hints(item).items():
        if hint is date:
            schema["properties"][name]["format"] = "date"
    return schema


def _table(schema: dict[str, Any]) -> list[str]:
    rows = [
        f"| `{name}` | {_type(field)} | {' '.join(field.get('description', '').split()).replace('|', chr(92) + '|')} |"
        for name, field in schema["properties"].items()
    ]
    return ["| key | type | meaning |", "|---|---|---|", *rows]


def _type(field: dict[str, Any]) -> str:
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    if field.get("format") == "date":
        return "date"
    names = [name for name in types if name != "null"] + (["null"] if "null" in types else [])
    text = " or ".join("time" if field.get("format") == "date-time" and name == "string" else name for name in names)
    return f"list of {_type(field['items'])}" if text == "array" else text
