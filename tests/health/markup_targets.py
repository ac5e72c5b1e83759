"""Every class, id, meta name and data attribute that pages have and the crawler's selectors name."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from tests.conftest import ROOT

READERS = ("pages", "cleaning")
"""Rooms whose strings say where something stands on a page."""
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_:-]*")
_CSS_NAME = re.compile(r"[.#](-?[A-Za-z_][A-Za-z0-9_-]*)")
_LOOKS_LIKE_CSS = re.compile(r"^[\w\s.#:,>+~*\[\]=^$\"'()|-]+$")


def strings() -> list[str]:
    """String constants of those rooms, docstrings apart."""
    found: list[str] = []
    for room in READERS:
        for path in sorted((ROOT / "crawler" / room).rglob("*.py")):
            found += _strings(path)
    return found


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in documented)
    return [node.value for node in constants if isinstance(node.value, str)]


def words() -> set[str]:
    """Whatever may name a target, in any kind of string: CSS, XPath, a set of marks, the name of a meta tag."""
    return {word for text in strings() for word in _WORD.findall(text)}


def css_names() -> set[str]:
    """Classes and ids that a CSS selector names."""
    return {name for text in strings() if _LOOKS_LIKE_CSS.match(text) for name in _CSS_NAME.findall(text)}


_NAMING = re.compile(rb"""\b(?:class|id|name|property|rel)\s*=\s*("[^"]*"|'[^']*')|\bdata-[\w-]+(?==)|"\w+"(?=\s*:)""")
"""Where a page names things: the values of some attributes, data attributes, keys of JSON-LD."""


def targets_in(pages: Iterable[bytes]) -> set[str]:
    """Names of things on pages."""
    named = (found.group(0) for page in pages for found in _NAMING.finditer(page))
    return {word.decode() for text in named for word in re.findall(rb"[A-Za-z_][\w:-]*", text)}


def renamed(page: bytes, target: str) -> bytes:
    """The page as if the site had given the thing another name, wherever it names things."""
    word = re.compile(rb"(?<![\w:-])" + re.escape(target.encode()) + rb"(?![\w:-])")
    other = f"{target}-lain".encode()
    return _NAMING.sub(lambda found: word.sub(other, found.group(0)), page)
