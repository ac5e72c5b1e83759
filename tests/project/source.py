"""The project's own source as its tests read it: files, and the modules that each imports."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
CRAWLER: Final = ROOT / "crawler"
FILES: Final = sorted(path for path in CRAWLER.rglob("*.py") if "__pycache__" not in path.parts)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), name(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


def module(path: Path) -> str:
    """Return the dotted name of a file's module: `crawler.kompas.pages.article`, a package by its folder."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room(dotted: str) -> str:
    """Return the part of the project that a module belongs to.

    It is `kompas.pages` for `crawler.kompas.pages.article` and "" for `crawler`.
    """
    parts = dotted.split(".")[1:]
    deep = parts[:1] == ["kompas"] or parts[:2] == ["archive", "extract"]
    return ".".join(parts[: 2 if deep else 1])


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the modules that a file imports anywhere in it, also in functions and for type checking only."""
    package = module(path) if path.name == "__init__.py" else module(path).rpartition(".")[0]
    return frozenset(imports_of(nodes(path), package))


def imports_of(parts: Iterable[ast.AST], package: str) -> Iterator[str]:
    """Yield the modules that some nodes of a file import.

    :param package: package of the file, for relative imports.
    """
    for node in parts:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            if origin == "crawler":  # a module or a fact of the package
                yield from (f"crawler.{alias.name}" for alias in node.names)
            else:
                yield origin
