"""Which part of the project may import which, and which library is used in which part."""

import ast
from pathlib import Path

import pytest

from tests.project.source import CRAWLER, FILES, imported, imports_of, module, name, nodes, room, tree

FACTS = {"__version__", "PARSER_VERSION", "read"}
"""Names that the package `crawler` itself defines; they are not modules."""
EVERYWHERE = {"bounds", "plural"}
"""Modules that every part may import: a table of numbers, and a noun in the plural. They import nothing."""
BEFORE_LOADERS = {
    "errors",
    "items",
    "kompas.sections",
    "kompas.address",
    "kompas.urls",
    "kompas.text",
    "kompas.tree",
    "kompas.marks",
    "kompas.markup",
    "kompas.cleaning",
    "kompas.content_hash",
    "kompas.pages",
    "kompas.processors",
    "kompas.agencies",
    "kompas.geography",
    "kompas.kinds",
    "kompas.times",
    "kompas.credits",
}
ONLY: dict[str, set[str]] = {
    "__main__": set(),
    "bounds": set(),
    "plural": set(),
    "errors": set(),
    "items": set(),
    "kompas.sections": set(),
    "kompas.address": set(),
    "kompas.urls": {"errors", "kompas.address", "kompas.sections", "kompas.text"},
    "kompas.text": {"errors"},
    "kompas.markup": {"errors"},
    "kompas.tree": {"errors", "kompas.markup"},
    "kompas.marks": {"kompas.tree"},
    "kompas.content_hash": {"kompas.text"},
    "kompas.tables": {"kompas.text"},
    "kompas.agencies": {"kompas.tables", "kompas.text"},
    "kompas.geography": {"kompas.tables", "kompas.text"},
    "kompas.cleaning": {"kompas", "kompas.marks", "kompas.tree", "kompas.text", "kompas.urls", "errors", "items"},
    "kompas.pages": {
        *("kompas", "kompas.cleaning", "kompas.marks", "kompas.tree", "kompas.text", "kompas.sections", "kompas.urls"),
        *("errors", "items"),
    },
    "kompas.unread": {
        "kompas.cleaning",
        "kompas.pages",
        "kompas.marks",
        "kompas.sections",
        "kompas.text",
        "kompas.tree",
        "kompas.urls",
    },
    "kompas.processors": BEFORE_LOADERS,
    "kompas.kinds": set(),
    "kompas.times": {"kompas.pages", "kompas.text", "errors", "items"},
    "kompas.credits": {"kompas.pages", "kompas.text"},
    "kompas.loaders": BEFORE_LOADERS,
    "kompas.response": {*BEFORE_LOADERS, "clock"},
    "kompas.validation": {"kompas.urls", "clock", "errors", "items"},
    "kompas.signs": {"kompas.cleaning", "kompas.pages", "items"},
    "kompas.reading": {
        *("kompas", *BEFORE_LOADERS, "clock"),
        *("kompas.loaders", "kompas.response", "kompas.signs", "kompas.validation"),
    },
    "kompas.contact": {*BEFORE_LOADERS, "kompas.reading", "kompas.response", "kompas.unread"},
    "kompas.witnesses": {"kompas.sections", "kompas.urls"},
    "kompas.links": {*BEFORE_LOADERS, "kompas.reading", "kompas.response", "kompas.witnesses", "ledger_facts"},
    "dedupe": {"kompas.text", "kompas.urls", "errors", "items"},
    "ledger_facts": set(),
    "recent": set(),
    "health": {"kompas.text", "items", "errors"},
    "story_item": {"health", "kompas.links", "kompas.reading", "items", "ledger_facts"},
    "storage": {"items", "ledger_facts", "errors", "clock", "folders"},
    "drafting": {*BEFORE_LOADERS, "kompas.tables", "kompas.reading"},
    "dataset": {
        *("clock", "dedupe", "kompas.content_hash", "kompas.geography", "kompas.text", "kompas.urls"),
        *("items", "errors", "visible", "folders"),
    },
    "archive.extract": {
        *BEFORE_LOADERS,
        "kompas.reading",
        "kompas.response",
        "kompas.unread",
        "story_item",
        "archive",
        "clock",
        "executor",
        "errors",
        "items",
    },
    "clock": set(),
    "folders": set(),
    "own_settings": {"errors"},
    "url_list": {"errors", "kompas.sections", "kompas.urls"},
    "plan": {"clock", "ledger_facts", "storage"},
    "executor": {"errors"},
    "outputs": {"dataset", "errors"},
    "visible": set(),
}
NEVER: dict[str, set[str]] = {
    "spiders": {"pipelines", "storage", "settings", "extensions", "middlewares"},
    "middlewares": {"spiders", "pipelines", "commands"},
    "extensions": {"spiders", "pipelines", "middlewares", "commands"},
    "site_check": {"extensions", "middlewares", "pipelines", "commands", "storage"},
    "http_headers": {"extensions", "middlewares", "spiders", "pipelines", "commands", "storage", "kompas", "archive"},
    "ending": {"extensions", "middlewares", "spiders", "pipelines", "commands", "storage"},
    "archive": {
        "kompas.pages",
        "kompas.loaders",
        "kompas.reading",
        "kompas.response",
        "storage",
        "spiders",
        "pipelines",
        "extensions",
        "middlewares",
        "archive.extract",
    },
    "pipelines": {"kompas.pages", "spiders", "kompas.loaders", "kompas.reading", "kompas.cleaning"},
    "browser": {"kompas.loaders", "archive.extract", "storage", "spiders", "pipelines", "commands"},
}
WITHOUT_SCRAPY = set(ONLY) - {"__main__"}
SPIDER = {"crawler.arguments", "crawler.extensions.crawl_plan", "crawler.middlewares.whole_body"}
"""Modules that use the spider of a crawl: two by a Protocol, one to hand it back to Scrapy."""
LISTED = {"crawler.commands.base", "crawler.command_line.crawl", "crawler.errors"}
"""What a module of `command_line` may import at its top: Scrapy imports all of them to list the commands."""
ONE_ROOM = {
    "fastwarc": "archive",
    "warcio": "archive",
    "fsspec": "archive",
    "aiohttp": "archive",
    "distributed": "executor",
    "dask": "executor",
    "rensa": "dedupe",
    "pyarrow": "dataset",
    "xlsxwriter": "dataset",
    "altair": "dataset",
    "vl_convert": "dataset",
    "jinja2": "dataset",
    "tqdm": "extensions",
    "sqlalchemy": "storage",
    "alembic": "storage",
    "filelock": "storage",
    "psycopg": "storage",
    "playwright": "browser",
    "scrapy_playwright": "browser",
}


def own_rooms(path: Path) -> set[str]:
    """Return the other parts of the project from which a file imports."""
    found = {room(origin) for origin in imported(path) if origin.split(".")[0] == "crawler"}
    return found - {room(module(path)), *FACTS}


def packages(path: Path) -> set[str]:
    return {origin.split(".")[0] for origin in imported(path)}


def in_room(*rooms: str) -> list[Path]:
    return [path for path in FILES if room(module(path)) in rooms]


def test_every_part_in_the_tables_exists() -> None:
    """Without it a part that was renamed is no longer checked."""
    assert {wanted for wanted in (*ONLY, *NEVER, *ONE_ROOM.values()) if not in_room(wanted)} == set()


def test_a_part_imports_only_the_parts_in_its_row() -> None:
    """Without it reading a stored page depends on the crawl, and a rule cannot be tried out by itself."""
    allowed = {path: EVERYWHERE | ONLY[room(module(path))] for path in in_room(*ONLY)}
    assert {name(path): more for path in allowed if (more := own_rooms(path) - allowed[path])} == {}


def test_a_part_imports_none_of_the_parts_that_are_forbidden_to_it() -> None:
    """Without it the same page is kept or lost depending on the way it came."""
    found = {name(path): own_rooms(path) & NEVER[room(module(path))] for path in in_room(*NEVER)}
    assert {path: forbidden for path, forbidden in found.items() if forbidden} == {}


def test_only_the_named_modules_reach_into_the_spider() -> None:
    """Without it a middleware depends on the spider's class, and no import shows it."""
    reaching = {
        module(path)
        for path in FILES
        if any(isinstance(node, ast.Attribute) and node.attr == "spider" for node in nodes(path))
    }
    assert reaching == SPIDER


def test_parsing_and_storage_import_nothing_of_scrapy() -> None:
    """Without it the parsing cannot be used on a folder of files without Scrapy."""
    assert [name(path) for path in in_room(*WITHOUT_SCRAPY) if packages(path) & {"scrapy", "twisted"}] == []


def test_each_library_is_imported_by_one_part_only() -> None:
    """Without it a new version of one library breaks the project in many places."""
    strangers = [
        (name(path), package)
        for path in FILES
        for package in packages(path) & set(ONE_ROOM)
        if ONE_ROOM[package] != room(module(path))
    ]
    assert strangers == []


def test_a_command_that_is_only_listed_imports_no_work() -> None:
    """Without it each command starts as slowly as the one that needs most."""
    listed = {path: set(imports_of(tree(path).body, CRAWLER.name)) for path in in_room("command_line")}
    ours = {path: {one for one in found if one.startswith("crawler")} for path, found in listed.items()}
    assert {name(path): found - LISTED for path, found in ours.items() if found - LISTED} == {}


def test_only_scrapy_imports_the_command_line() -> None:
    """Without it what a command does cannot be used without its options."""
    others = set(FILES) - set(in_room("command_line"))
    assert [name(path) for path in others if "command_line" in own_rooms(path)] == []


def test_the_project_imports_nothing_of_its_tests() -> None:
    """Without it an installed project fails at its first import."""
    assert [name(path) for path in FILES if packages(path) & {"tests", "pytest", "hypothesis"}] == []


def test_no_module_is_imported_by_a_name_made_at_run_time() -> None:
    """Without it a forbidden import is not found by the tests above."""
    hidden = {"import_module", "__import__"}
    called = {path: {getattr(node, "id", getattr(node, "attr", "")) for node in nodes(path)} for path in FILES}
    assert [name(path) for path in FILES if called[path] & hidden] == []


def test_imports_for_type_checking_and_inside_functions_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it two ways to import are not checked."""
    monkeypatch.setattr("tests.project.source.ROOT", tmp_path)
    path = tmp_path / "crawler" / "kompas" / "text" / "dates.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "from typing import TYPE_CHECKING\nfrom crawler import storage, PARSER_VERSION\nfrom .. import pages\n"
        "from ..loaders import x\nfrom .whitespace import y\n"
        "if TYPE_CHECKING:\n    import crawler.spiders.archived\ndef f():\n    from crawler.pipelines import store\n"
    )
    assert own_rooms(path) == {"storage", "kompas", "kompas.loaders", "spiders", "pipelines"}


def test_every_module_belongs_to_a_known_part() -> None:
    """Without it the project grows a second top level that no row of the tables covers."""
    planned = {*ONLY, *NEVER, "archive", "extensions", "middlewares", "commands", "command_line"}
    planned |= {"settings", "arguments", "download_handler", "exporters", "logformatter", "kompas", ""}
    assert {room(module(path)) for path in FILES} - planned == set(), CRAWLER
