"""The data dictionary, its published forms, and a record as it leaves."""

import ast
import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from scrapy.exporters import JsonLinesItemExporter

from crawler import items
from crawler.commands.schema import generated
from crawler.dataset.schema import DOCS
from crawler.items import Article
from tests.make import make_article, make_full_article

CHECKER = FormatChecker(formats=())


@CHECKER.checks("date-time", raises=ValueError)
def _is_time_with_zone(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def exported(article: Article) -> dict[str, Any]:
    """The record as Scrapy's feed export writes it."""
    out = BytesIO()
    exporter = JsonLinesItemExporter(out, encoding="utf-8")
    exporter.start_exporting()
    exporter.export_item(article)
    exporter.finish_exporting()
    record: dict[str, Any] = json.loads(out.getvalue())
    return record


def validator() -> Draft202012Validator:
    published = json.loads((DOCS / "article.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(published)
    return Draft202012Validator(published, format_checker=CHECKER)


def class_bodies() -> list[ast.ClassDef]:
    tree = ast.parse(Path(items.__file__).read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.ClassDef)]


@pytest.mark.parametrize("cls", class_bodies(), ids=lambda cls: cls.name)
def test_every_field_says_what_it_means(cls: ast.ClassDef) -> None:
    """Without it a user meets a key that no document explains."""
    assert is_dataclass(getattr(items, cls.name))
    assert ast.get_docstring(cls)
    for field, below in zip(cls.body, [*cls.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign):
            is_text = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
            assert is_text, f"{cls.name}.{ast.unparse(field.target)}"


@pytest.mark.parametrize(("path", "text"), generated().items(), ids=lambda value: getattr(value, "name", ""))
def test_the_published_documents_are_current(path: Path, text: str) -> None:
    """Without it the documents describe another dataset than the one that comes out; `scrapy schema` writes them."""
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "article", [make_article(), make_full_article(), make_article(section=None, summary=None, dateline=None)]
)
def test_an_exported_record_keeps_to_the_published_schema(article: Article) -> None:
    """Without it a user who checks the data by its schema has to reject them."""
    assert [error.message for error in validator().iter_errors(exported(article))] == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": None},
        {"published_at": None},
        {"published_at": "2021-04-22T16:06:00"},
        {"published_at": "kemarin"},
        {"word_count": "7"},
        {"tags": None},
        {"body": [{"type": "paragraph"}]},
        {"images": [{"url": 1, "caption": None, "credit": None, "role": "lead"}]},
    ],
)
def test_the_published_schema_refuses_what_is_no_record(change: dict[str, Any]) -> None:
    """Without it the schema accepts everything, and warns no user."""
    assert not validator().is_valid({**exported(make_full_article()), **change})


@pytest.mark.parametrize("field", [field.name for field in fields(Article)])
def test_every_key_is_required(field: str) -> None:
    """Without it a program that reads the data has to test whether each key exists."""
    record = exported(make_full_article())
    del record[field]
    assert not validator().is_valid(record)


def test_an_exported_record_has_every_key_and_times_with_their_zone() -> None:
    """Without it "not said" and "not looked for" are the same to a reader, and hours mean nothing."""
    record = exported(make_full_article())
    assert list(record) == [field.name for field in fields(Article)]
    assert record["published_at"] == "2021-04-22T17:06:01+08:00"
    assert record["latest"][0]["published_at"] == "2021-04-22T17:00:00+07:00"
    assert exported(make_article())["modified_at"] is None
    assert exported(make_article())["images"] == []
