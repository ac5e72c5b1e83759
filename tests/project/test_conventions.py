"""The project's conventions: small files, documented settings, no disguise."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler import settings
from crawler.arguments import ARGUMENTS
from crawler.own_settings import REPLACED, TABLE
from tests.conftest import SLOWEST
from tests.project.source import CRAWLER, FILES, ROOT, module, name, nodes, text, tree

POLITENESS = (
    "ROBOTSTXT_OBEY",
    "ROBOTSTXT_USER_AGENT",
    "CONCURRENT_REQUESTS",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "DOWNLOAD_DELAY",
    "AUTOTHROTTLE_ENABLED",
    "DOWNLOAD_VERIFY_CERTIFICATES",
    "COOKIES_ENABLED",
    "RETRY_TIMES",
    "dont_obey_robotstxt",
    "custom_settings",
    "download_delay",
)


def words(path: Path) -> set[str]:
    """Return the names, attributes and whole string constants of a file, without comments and docstrings."""
    found = {node.value for node in nodes(path) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    found |= {node.id for node in nodes(path) if isinstance(node, ast.Name)}
    return found | {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}


def settings_read() -> Iterator[str]:
    """Yield the settings that modules read: `settings["X"]`, `settings.get("X")`, `settings.getbool("X")`."""
    for node in (node for path in FILES for node in nodes(path)):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            key: ast.AST = node.slice
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "").startswith("get") and node.args:
            key = node.args[0]
        else:
            continue
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value


def caught_unnamed(path: Path) -> list[int]:
    """Return the lines that catch every error."""
    handlers = [node for node in nodes(path) if isinstance(node, ast.ExceptHandler)]
    return [node.lineno for node in handlers if node.type is None or _names(node.type) & {"Exception", "BaseException"}]


def _names(node: ast.AST) -> set[str]:
    return {getattr(part, "id", getattr(part, "attr", "")) for part in ast.walk(node)}


def test_no_file_is_longer_than_250_lines() -> None:
    """Without it the one file that every change touches grows until changing it is a risk."""
    lengths = {name(path): len(text(path).splitlines()) for path in FILES}
    assert {path: length for path, length in lengths.items() if length > 250} == {}


def test_every_module_has_a_docstring() -> None:
    """Without it a newcomer has to read a file to learn whether it is the right one."""
    assert [name(path) for path in FILES if not ast.get_docstring(tree(path))] == []


def test_no_handler_catches_every_error() -> None:
    """Without it a fault of the project is taken for a fault of a page, and its stories are lost without a word."""
    assert {name(path): lines for path in FILES if (lines := caught_unnamed(path))} == {}


def test_no_comment_leaves_work_for_later() -> None:
    """Without it unfinished work piles up where no user sees it."""
    assert [name(path) for path in FILES if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text(path))] == []


def test_every_setting_and_argument_is_documented() -> None:
    """Without it a user cannot know that it exists."""
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    wanted = [*TABLE, *(f"-a {argument}=" for argument in ARGUMENTS)]
    assert [one for one in wanted if f"| `{one}" not in documented] == []


def test_every_setting_is_read_somewhere() -> None:
    """Without it a user changes a setting that changes nothing."""
    assert set(TABLE) - set(settings_read()) == set()


def test_every_setting_that_is_used_is_in_the_table() -> None:
    """Without it a setting is neither documented nor checked."""
    used = {word for path in FILES for word in words(path) if re.fullmatch(r"KOMPAS_[A-Z_]+", word)}
    assert used == set(TABLE) | set(REPLACED)


@pytest.mark.parametrize("setting", TABLE)
def test_a_default_has_the_form_that_its_setting_demands(setting: str) -> None:
    """Without it a project without any setting is refused."""
    TABLE[setting].read(TABLE[setting].default)


def test_politeness_is_set_in_one_module() -> None:
    """Without it one line somewhere makes the crawler impolite; only an archive may be read without delay.

    `run_settings` only notes what a run had.
    """
    allowed = {"crawler.settings", "crawler.archive.addon", "crawler.extensions.run_settings"}
    assert [name(path) for path in FILES if module(path) not in allowed and words(path) & set(POLITENESS)] == []


def test_the_defaults_are_polite() -> None:
    """Without it a crawl with the defaults is blocked, and deserves it."""
    assert settings.ROBOTSTXT_OBEY is True
    assert settings.DOWNLOAD_DELAY >= 1
    assert settings.CONCURRENT_REQUESTS == settings.CONCURRENT_REQUESTS_PER_DOMAIN == 1
    assert settings.AUTOTHROTTLE_ENABLED is True
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES is True
    assert TABLE["KOMPAS_CONTACT"].default == ""


def test_the_crawler_never_poses_as_a_browser() -> None:
    """Without it the site cannot distinguish a study from an attack."""
    assert [name(path) for path in FILES if "mozilla" in text(path).lower()] == []


def test_every_pipeline_has_a_test_file() -> None:
    """Without it a step that drops data has no test."""
    pipelines = {path.name for path in (CRAWLER / "pipelines").glob("*.py")} - {"__init__.py"}
    assert pipelines
    assert {one for one in pipelines if not (ROOT / "tests" / "pipelines" / f"test_{one}").is_file()} == set()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_pinned(lock: str) -> None:
    """Without it a fresh installation in a year is another program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"]]
    wanted += project["dependency-groups"]["dev"] if "dev" in lock else []
    names = {re.split(r"[<>=!~ \[;]", line)[0].lower().replace("_", "-") for line in wanted}
    pinned = (ROOT / lock).read_text(encoding="utf-8")
    assert names <= set(re.findall(r"^([a-z0-9.-]+)==\d", pinned, re.MULTILINE))
    assert [line for line in pinned.splitlines() if line[:1].isalnum() and "==" not in line] == []


def test_every_file_that_runs_first_exists() -> None:
    """Without it a slow file that was renamed runs last, and one core waits for it."""
    assert [one for one in SLOWEST if not (ROOT / "tests" / one).is_file()] == []
