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
from tests.project.source import CRAWLER, FILES, ROOT, module, name, tree

LEDGER = CRAWLER / "settings.py"
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
    nodes = list(ast.walk(tree(path)))
    found = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    found |= {node.id for node in nodes if isinstance(node, ast.Name)}
    return found | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def readers(setting: str) -> Iterator[str]:
    """Yield the modules that read a setting: `settings["X"]`, `settings.get("X")`, `settings.getbool("X")`."""
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
                asked: ast.AST | None = node.slice
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "").startswith("get") and node.args:
                asked = node.args[0]
            else:
                continue
            if isinstance(asked, ast.Constant) and asked.value == setting:
                yield module(path).removeprefix("crawler.")


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_is_longer_than_250_lines(path: Path) -> None:
    """Without it the one file that every change touches grows until changing it is a risk."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    """Without it a newcomer has to read a file to learn whether it is the right one."""
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_error_is_caught_without_being_named(path: Path) -> None:
    """Without it a fault of the project is taken for a fault of a page, and stories vanish quietly."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}"
            caught = {getattr(part, "id", getattr(part, "attr", "")) for part in ast.walk(node.type)}
            assert not caught & {"Exception", "BaseException"}, f"line {node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_work_is_left_for_later_in_a_comment(path: Path) -> None:
    """Without it unfinished work piles up where no user sees it."""
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("wanted", [*TABLE, *(f"-a {argument}=" for argument in ARGUMENTS)])
def test_every_setting_and_argument_is_documented(wanted: str) -> None:
    """Without it a user cannot know that it exists."""
    assert f"| `{wanted}" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "setting",
    TABLE,
)
def test_every_setting_is_read_somewhere(setting: str) -> None:
    """Without it a user changes a setting that changes nothing."""
    assert list(readers(setting))


def test_every_setting_that_is_used_is_in_the_table() -> None:
    """Without it some settings have no document and no check."""
    used = {word for path in FILES for word in words(path) if re.fullmatch(r"KOMPAS_[A-Z_]+", word)}
    assert used == set(TABLE) | set(REPLACED)


@pytest.mark.parametrize("setting", TABLE)
def test_a_default_has_the_form_that_its_setting_demands(setting: str) -> None:
    """Without it a project without any setting is refused."""
    TABLE[setting].read(TABLE[setting].default)


@pytest.mark.parametrize("path", [path for path in FILES if path != LEDGER], ids=name)
def test_politeness_is_settled_in_one_place(path: Path) -> None:
    """Without it one line somewhere makes the crawler impolite; only an archive may be read without delay.

    `run_settings` only notes what a run had.
    """
    if module(path) not in ("crawler.archive.addon", "crawler.extensions.run_settings"):
        assert not words(path) & set(POLITENESS)


def test_the_defaults_are_polite() -> None:
    """Without it a crawl with the defaults is blocked, and deserves it."""
    assert settings.ROBOTSTXT_OBEY is True
    assert settings.DOWNLOAD_DELAY >= 1
    assert settings.CONCURRENT_REQUESTS == settings.CONCURRENT_REQUESTS_PER_DOMAIN == 1
    assert settings.AUTOTHROTTLE_ENABLED is True
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES is True
    assert TABLE["KOMPAS_CONTACT"].default == ""


@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_crawler_never_poses_as_a_browser(path: Path) -> None:
    """Without it the site cannot tell a study from an attack."""
    assert "mozilla" not in path.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    "path", [path for path in sorted((CRAWLER / "pipelines").glob("*.py")) if path.name != "__init__.py"], ids=name
)
def test_every_pipeline_has_its_test(path: Path) -> None:
    """Without it a step that drops data has no test."""
    assert (ROOT / "tests" / "pipelines" / f"test_{path.name}").is_file()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_pinned(lock: str) -> None:
    """Without it a fresh installation in a year is another program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"]]
    wanted += project["dependency-groups"]["dev"] if "dev" in lock else []
    names = {re.split(r"[<>=!~ \[;]", line)[0].lower().replace("_", "-") for line in wanted}
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert names <= set(re.findall(r"^([a-z0-9.-]+)==\d", text, re.MULTILINE))
    assert [line for line in text.splitlines() if line[:1].isalnum() and "==" not in line] == []
