"""The walls between the rooms: who may import whom."""

import ast
from pathlib import Path

import pytest

from tests.project.source import CRAWLER, FILES, imported, imports_of, module, name, room, tree

FACTS = {"__version__", "PARSER_VERSION", "read"}
"""Names of the package itself: no room."""
EVERYWHERE = {"bounds"}
"""A table of numbers, which imports nothing."""
BEFORE_LOADERS = {
    "errors",
    "items",
    "kompas.sections",
    "kompas.address",
    "kompas.urls",
    "kompas.text",
    "kompas.tree",
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
    "errors": set(),
    "items": set(),
    "kompas.sections": set(),
    "kompas.address": set(),
    "kompas.urls": {"errors", "kompas.address", "kompas.sections", "kompas.text"},
    "kompas.text": {"errors"},
    "kompas.markup": {"errors"},
    "kompas.tree": {"errors", "kompas.markup"},
    "kompas.content_hash": {"kompas.text"},
    "kompas.tables": {"kompas.text"},
    "kompas.agencies": {"kompas.tables", "kompas.text"},
    "kompas.geography": {"kompas.tables", "kompas.text"},
    "kompas.cleaning": {"kompas", "kompas.tree", "kompas.text", "kompas.urls", "errors", "items"},
    "kompas.pages": {
        *("kompas", "kompas.cleaning", "kompas.tree", "kompas.text", "kompas.sections", "kompas.urls"),
        *("errors", "items"),
    },
    "kompas.unread": {
        "kompas.cleaning",
        "kompas.pages",
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
"""Modules that take the spider of a crawl: two by a Protocol, one to hand it back to Scrapy."""
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
    """Rooms of the project, other than its own, from which a file imports."""
    found = {room(origin) for origin in imported(path) if origin.split(".")[0] == "crawler"}
    return found - {room(module(path)), *FACTS}


def packages(path: Path) -> set[str]:
    return {origin.split(".")[0] for origin in imported(path)}


def in_room(*rooms: str) -> list[Path]:
    return [path for path in FILES if room(module(path)) in rooms]


@pytest.mark.parametrize("wanted", sorted({*ONLY, *NEVER, *ONE_ROOM.values()}))
def test_every_room_of_the_plan_is_there(wanted: str) -> None:
    """Without it a room that was renamed is guarded by nobody."""
    assert in_room(wanted)


@pytest.mark.parametrize("path", in_room(*ONLY), ids=name)
def test_a_room_imports_only_the_rooms_before_it(path: Path) -> None:
    """Without it reading a stored page depends on the crawl, and a rule cannot be tried out by itself."""
    assert own_rooms(path) - EVERYWHERE <= ONLY[room(module(path))]


@pytest.mark.parametrize("path", in_room(*NEVER), ids=name)
def test_what_decides_and_what_keeps_do_not_know_each_other(path: Path) -> None:
    """Without it the same page is kept or lost depending on the way it came."""
    assert not own_rooms(path) & NEVER[room(module(path))]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_component_reaches_into_the_spider(path: Path) -> None:
    """Without it a middleware depends on the spider's class, and no import shows it."""
    reached = any(isinstance(node, ast.Attribute) and node.attr == "spider" for node in ast.walk(tree(path)))
    assert reached is (module(path) in SPIDER)


@pytest.mark.parametrize("path", in_room(*WITHOUT_SCRAPY), ids=name)
def test_what_reads_and_stores_needs_no_crawl(path: Path) -> None:
    """Without it the parsing cannot be used on a folder of files without Scrapy."""
    assert not packages(path) & {"scrapy", "twisted"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_each_foreign_library_stays_in_its_room(path: Path) -> None:
    """Without it a new version of one library breaks the project in many places."""
    strangers = {package for package in packages(path) & set(ONE_ROOM) if ONE_ROOM[package] != room(module(path))}
    assert not strangers


@pytest.mark.parametrize("path", in_room("command_line"), ids=name)
def test_a_command_that_is_only_listed_imports_no_work(path: Path) -> None:
    """Without it each command starts as slowly as the one that needs most."""
    at_top = ast.Module([node for node in tree(path).body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    assert {origin for origin in imports_of(at_top, CRAWLER.name) if origin.startswith("crawler")} <= LISTED


@pytest.mark.parametrize("path", [path for path in FILES if path not in in_room("command_line")], ids=name)
def test_only_scrapy_imports_the_command_line(path: Path) -> None:
    """Without it what a command does cannot be used without its options."""
    assert "command_line" not in own_rooms(path)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_of_the_tests_is_needed_to_run(path: Path) -> None:
    """Without it an installed project fails at its first import."""
    assert not packages(path) & {"tests", "pytest", "hypothesis"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_module_is_imported_by_a_name_made_up_at_run_time(path: Path) -> None:
    """Without it the walls can be passed without anybody seeing it."""
    called = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(tree(path))}
    assert not called & {"import_module", "__import__"}


def test_imports_for_type_checking_and_inside_functions_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the walls have two doors that nobody watches."""
    monkeypatch.setattr("tests.project.source.ROOT", tmp_path)
    path = tmp_path / "crawler" / "kompas" / "text" / "dates.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "from typing import TYPE_CHECKING\nfrom crawler import storage, PARSER_VERSION\nfrom .. import pages\n"
        "from ..loaders import x\nfrom .whitespace import y\n"
        "if TYPE_CHECKING:\n    import crawler.spiders.archived\ndef f():\n    from crawler.pipelines import store\n"
    )
    assert own_rooms(path) == {"storage", "kompas", "kompas.loaders", "spiders", "pipelines"}


def test_the_rooms_are_packages_or_single_files() -> None:
    """Without it the project grows a second top level that no wall guards."""
    planned = {*ONLY, *NEVER, "archive", "extensions", "middlewares", "commands", "command_line"}
    planned |= {"settings", "arguments", "download_handler", "exporters", "logformatter", "kompas", ""}
    assert {room(module(path)) for path in FILES} - planned == set(), CRAWLER
