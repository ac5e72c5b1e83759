"""The project's own source as its tests read it: files, and the modules that each imports."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
CRAWLER: Final = ROOT / "crawler"
FILES: Final = sorted(path for path in CRAWLER.rglob("*.py") if "__pycache__" not in path.parts)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name(path))


def module(path: Path) -> str:
    """`crawler.kompas.pages.article` of its file; a package is called by its folder."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room(dotted: str) -> str:
    """Return the room of a module: `kompas.pages` for `crawler.kompas.pages.article`, "" for `crawler`."""
    parts = dotted.split(".")[1:]
    deep = parts[:1] == ["kompas"] or parts[:2] == ["archive", "extract"]
    return ".".join(parts[: 2 if deep else 1])


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere in it, also inside functions and for type checking only."""
    yield from imports_of(tree(path), module(path) if path.name == "__init__.py" else module(path).rpartition(".")[0])


def imports_of(part: ast.AST, package: str) -> Iterator[str]:
    """Every module that a part of a file imports.

    :param package: the package of the file, for relative imports.
    """
    for node in ast.walk(part):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            if origin == "crawler":  # what is taken out of the package is a room, or a fact of the package
                yield from (f"crawler.{alias.name}" for alias in node.names)
            else:
                yield origin
